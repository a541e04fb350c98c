"""ENVIRONMENT -> SETTINGS: what the way in may be told from outside, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits of what is taken in."""

    upload_bytes: int = 100 * _MEGABYTE  # of one file
    request_bytes: int = 1024 * _MEGABYTE  # of all files sent at once
    home: str | None = None  # what "tỉnh tôi" is: "tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that the environment asks for.

    `SAURO_UPLOAD_MB`: the largest file that may be uploaded, in megabytes. `SAURO_HOME`: where
    those work who ask, for questions of "tỉnh tôi".

    Raises:
        ValueError: A value is no positive number.
    """
    megabytes = float(environment.get("SAURO_UPLOAD_MB", "100"))
    if not megabytes > 0:
        raise ValueError(f"SAURO_UPLOAD_MB must be above 0, not {megabytes}")
    home = " ".join(environment.get("SAURO_HOME", "").split())
    return Settings(upload_bytes=int(megabytes * _MEGABYTE), home=home or None)


def default_library(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the library lies when nobody says: `SAURO_LIBRARY`, else ./library."""
    return Path(environment.get("SAURO_LIBRARY") or "library")
