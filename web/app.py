"""LIBRARY -> APPLICATION: where API and pages are put together."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.app import create_api
from api.settings import Settings, read_settings
from index.library import Library
from web import (
    answers,
    checking,
    citations,
    correcting,
    duties,
    home,
    lives,
    manual,
    reader,
    readings,
    standing,
    upload,
)
from web.errors import install_error_pages
from web.security import BodyLimit, SecurityHeaders

_STATIC = Path(__file__).parent / "static"


def create_app(library: Library, *, settings: Settings | None = None) -> FastAPI:
    """Return the application that serves *library*: pages at /, the API at /api/v1.

    Args:
        library: Open; whoever opened it closes it.
        settings: Limits; default: as the environment says.
    """
    settings = settings or read_settings()
    app = FastAPI(title="Sáu Rõ", openapi_url=None)
    app.state.library = library
    app.state.settings = settings
    app.state.api = create_api(library, settings)
    app.add_middleware(BodyLimit, limit=settings.request_bytes)
    app.add_middleware(SecurityHeaders)
    install_error_pages(app)
    app.mount("/api/v1", app.state.api)
    app.mount("/static", StaticFiles(directory=_STATIC))
    for noun in (
        home,
        answers,
        readings,
        standing,
        reader,
        duties,
        citations,
        checking,
        correcting,
        upload,
        manual,
        lives,
    ):
        app.include_router(noun.router)
    return app
