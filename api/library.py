"""REQUEST -> LIBRARY: hands the routes what the application was created with."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings
from index.library import Library


def get_library(request: Request) -> Library:
    """Return the library that the application was created with."""
    library: Library = request.app.state.library
    return library


def get_settings(request: Request) -> Settings:
    """Return the settings that the application was created with."""
    settings: Settings = request.app.state.settings
    return settings


LibraryDep = Annotated[Library, Depends(get_library)]
SettingsDep = Annotated[Settings, Depends(get_settings)]
