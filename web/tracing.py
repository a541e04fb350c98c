"""ARGUMENTS -> WHERE DOCUMENTS STAND: the verbs status, map, cascade, impact and stubs."""

from __future__ import annotations

import argparse

from api.forms import to_json
from web import trace_lines
from web.console import put, tell
from web.finding import save
from web.opening import open_library


def print_status(arguments: argparse.Namespace) -> int:
    """Tell whether a document is in force on a day, and why."""
    with open_library(arguments.library) as library:
        found = library.tracing.status(arguments.query, on=arguments.on)
    put([to_json(found)] if arguments.json else trace_lines.effect_lines(found))
    return 0


def print_map(arguments: argparse.Namespace) -> int:
    """Tell which documents one is related to."""
    with open_library(arguments.library) as library:
        found = library.tracing.relations(arguments.query, limit=arguments.limit)
    put([to_json(found)] if arguments.json else trace_lines.map_lines(found))
    return 0


def print_cascade(arguments: argparse.Namespace) -> int:
    """Tell what carries out a document, level by level."""
    with open_library(arguments.library) as library:
        found = library.tracing.cascade(arguments.query)
    put([to_json(found)] if arguments.json else trace_lines.cascade_lines(found))
    return 0


def print_impact(arguments: argparse.Namespace) -> int:
    """Tell every clause that rests on a document; write all of them where a file is asked for."""
    files = (arguments.xlsx, "write_workbook"), (arguments.csv, "write_csv")
    with open_library(arguments.library) as library:
        found = library.tracing.impact(arguments.query, limit=arguments.limit)
        whole = library.tracing.impact(arguments.query) if any(path for path, _ in files) else None
    if whole is not None:
        from web import impact_register  # noqa: PLC0415 - heavy, and seldom wanted

        for path, writer in files:
            if path is not None:
                save(path, getattr(impact_register, writer)(whole))
                tell(f"Đã ghi {whole.total} đoạn vào {path}.")
    put([to_json(found)] if arguments.json else trace_lines.impact_lines(found))
    return 0


def print_stubs(arguments: argparse.Namespace) -> int:
    """Tell what is cited and not held, the most cited first."""
    with open_library(arguments.library) as library:
        found = library.tracing.stubs(limit=arguments.limit)
    put([to_json(found)] if arguments.json else trace_lines.stub_lines(found))
    return 0
