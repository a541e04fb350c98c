"""The page for programmers: every route of the API with its parameters, from its description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.links import query
from web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/lap-trinh")
def manual(request: Request) -> HTMLResponse:
    """Show what the API offers, and an example of each."""
    described: dict[str, Any] = request.app.state.api.openapi()
    base = f"{request.base_url}api/v1"
    return page(
        request,
        "manual.html",
        description=described["info"]["description"],
        routes=list(_routes(described["paths"], base)),
    )


def _routes(paths: dict[str, Any], base: str) -> Iterator[dict[str, Any]]:
    for path, methods in paths.items():
        for method, route in methods.items():
            parameters = route.get("parameters", [])
            yield {
                "method": method.upper(),
                "path": f"/api/v1{path}",
                "summary": route["summary"],
                "parameters": parameters,
                "example": _example(base, path, parameters) if method == "get" else None,
            }


def _example(base: str, path: str, parameters: list[dict[str, Any]]) -> str:
    values: dict[str, object] = {}
    for parameter in parameters:
        for example in parameter["schema"].get("examples", [])[:1]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(example))
            elif parameter["name"] == "q":
                values["q"] = example
    return f"curl -s '{query(base + path, values)}'"
