"""Every error that reading a file raises on purpose; messages are for the person at the desk."""

from __future__ import annotations

from pathlib import Path


class DirectiveError(Exception):
    """Base of all errors raised on purpose: catch it to catch whatever is no defect of ours."""


class UnreadableFileError(DirectiveError):
    """No document can be had from a file (không đọc được).

    `reason` says what is wrong, `advice` what to do about it; both Vietnamese sentences.
    """

    def __init__(self, path: Path | str, reason: str, *, advice: str = "") -> None:
        super().__init__(f"{path}: {reason}{' ' if advice else ''}{advice}")
        self.path = path
        self.reason = reason
        self.advice = advice


class EmptyFileError(UnreadableFileError):
    """A file holds no text at all."""


class EncryptedFileError(UnreadableFileError):
    """A file cannot be opened without a password."""


class UnknownFormatError(UnreadableFileError):
    """A file is of no format that the program reads, or not of the one its name claims."""


class OversizeError(UnreadableFileError):
    """A file, or what an archive unpacks to, is larger than the program takes."""


class NotADocumentError(UnreadableFileError):
    """A saved page says that the document does not exist, or there is no document on it."""


class SecretDocumentError(UnreadableFileError):
    """A paper is marked MẬT, TỐI MẬT or TUYỆT MẬT: refused, no copy kept.

    Source: Law 29/2018/QH14 on the protection of state secrets.
    """
