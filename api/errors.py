"""ERROR -> STATUS: the one table of what goes wrong on purpose and how HTTP calls it."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from index.errors import (
    ConflictError,
    EmptyQueryError,
    LibraryAccessError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryFullError,
    ModelMismatchError,
    UnknownClauseError,
    UnknownCorrectionError,
    UnknownDocumentError,
    UnknownFindingError,
    WrongCorrectionError,
)
from ingest.errors import DirectiveError, OversizeError, UnreadableFileError

STATUS: dict[type[DirectiveError], int] = {
    EmptyQueryError: 422,
    UnknownDocumentError: 404,
    UnknownClauseError: 404,
    UnknownFindingError: 404,
    UnknownCorrectionError: 404,
    WrongCorrectionError: 422,
    ConflictError: 409,
    OversizeError: 413,
    UnreadableFileError: 422,
    LibraryBusyError: 503,
    LibraryFullError: 507,
    LibraryAccessError: 503,
    LibraryDamagedError: 503,
    ModelMismatchError: 503,
}


def status_of(error: DirectiveError) -> int:
    """Return the HTTP status of *error*, by its own class or the nearest one above it.

    An error that is not in the table is our fault: 500.
    """
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def install_error_handlers(app: FastAPI) -> None:
    """Make *app* answer each error of `STATUS` with its status and its message.

    Any other error is our fault, not the caller's, and stays a logged 500.
    """
    for kind in STATUS:
        app.add_exception_handler(kind, _answer)


def _answer(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, DirectiveError):
        raise error
    return JSONResponse({"detail": str(error)}, status_of(error))
