"""MEASURES BY SIZE -> A PLOT: both axes logarithmic, drawn by hand as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

_WIDTH, _HEIGHT = 860, 520
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 30, 300, 50
_COLOURS = ("#0b57a4", "#b3261e", "#1b7f3b", "#8a5a00", "#6a3fa0", "#00707a", "#8a8a8a", "#c06090")

Series = Mapping[str, Mapping[int, float]]  # name -> clauses -> milliseconds


def plot(series: Series, *, title: str) -> str:
    """Return milliseconds against clauses as an SVG; each series has its own colour and mark."""
    sizes = sorted({size for points in series.values() for size in points})
    values = [value for points in series.values() for value in points.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def place(size: int, value: float) -> tuple[float, float]:
        across = (math.log10(size) - first) / ((last - first) or 1)
        up = (math.log10(value) - low) / ((high - low) or 1)
        x = _LEFT + across * (_WIDTH - _LEFT - _RIGHT)
        return round(x, 1), round(_HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">',
        f'<g font-family="sans-serif" font-size="12"><title>{escape(title)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="18" font-size="14">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        (x, y), (end, _) = place(sizes[0], 10.0**power), place(sizes[-1], 10.0**power)
        parts.append(f'<path d="M{x} {y}H{end}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} ms</text>')
    for size in sizes:
        x, y = place(size, 10.0**low)
        parts.append(f'<text x="{x}" y="{y + 20}" text-anchor="middle">{size:,}</text>')
    for at, (name, points) in enumerate(series.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        dots = [place(size, value) for size, value in sorted(points.items())]
        line = " ".join(f"{x},{y}" for x, y in dots)
        dash = ' stroke-dasharray="5 4"' if name.startswith("rival") else ""
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        )
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in dots]
        y = _TOP + 20 + 22 * at
        x = _WIDTH - _RIGHT + 20
        parts.append(f'<path d="M{x} {y - 4}h22" stroke="{colour}" stroke-width="2"{dash}/>')
        parts.append(f'<text x="{x + 28}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</g></svg>\n"])
