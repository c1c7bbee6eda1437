"""Curves in an SVG, on two logarithmic axes: text as text, and colours that are read on light and on dark ground."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

WIDTH, HEIGHT = 420, 320  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 34, 48  # its margins
LEGEND = 34  # the height of the row below the panels

_STYLE = """\
<style>
  svg { color: #24292f }
  text { font: 12px system-ui, sans-serif; fill: currentColor }
  .title { font-weight: 600 }
  .grid { stroke: currentColor; stroke-opacity: .18 }
  .axis { stroke: currentColor; stroke-opacity: .6; fill: none }
  polyline { stroke-width: 2; fill: none }
  .a polyline { stroke: #0969da } .a circle { fill: #0969da }
  .b polyline { stroke: #bc4c00; stroke-dasharray: 7 3 } .b circle { fill: #bc4c00 }
  .c polyline { stroke: #1a7f37; stroke-dasharray: 2 3 } .c circle { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    svg { color: #d1d7e0 }
    .a polyline { stroke: #58a6ff } .a circle { fill: #58a6ff }
    .b polyline { stroke: #f0883e } .b circle { fill: #f0883e }
    .c polyline { stroke: #56d364 } .c circle { fill: #56d364 }
  }
</style>
"""


class Panel(NamedTuple):
    """A diagram: its title, and the values of each curve, one for each place on the shared axis."""

    title: str
    curves: list[list[float]]


def draw(places: list[int], panels: list[Panel], *, names: list[str], axis: str, about: str) -> str:
    """Return panels side by side as an SVG, with one legend for their curves, three at the most.

    ``axis`` says what the places are, ``about`` what is shown, for those who do not see it.
    """
    width, height = WIDTH * len(panels), HEIGHT + LEGEND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">\n',
        f"<title>{about}</title>\n{_STYLE}",
    ]
    for number, panel in enumerate(panels):
        parts += [f'<g transform="translate({number * WIDTH} 0)">\n', *_draw_panel(places, panel, axis), "</g>\n"]
    for number, (name, kind) in enumerate(zip(names, "abc", strict=False)):
        left = LEFT + number * (width - LEFT) // len(names)
        parts.append(
            f'<g class="{kind}"><polyline points="{left},{HEIGHT + 14} {left + 24},{HEIGHT + 14}"/>'
            f'<circle cx="{left + 12}" cy="{HEIGHT + 14}" r="3"/></g>'
            f'<text x="{left + 32}" y="{HEIGHT + 18}">{name}</text>\n'
        )
    return "".join([*parts, "</svg>\n"])


def _draw_panel(places: list[int], panel: Panel, axis: str) -> list[str]:
    values = [value for curve in panel.curves for value in curve]
    across = _Scale(min(places), max(places), LEFT, WIDTH - RIGHT)
    up = _Scale(10 ** floor(log10(min(values))), 10 ** ceil(log10(max(values))), HEIGHT - BOTTOM, TOP)
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = [f'<text class="title" x="{LEFT}" y="{TOP - 14}">{panel.title}</text>\n']
    for value in up.list_marks():
        parts.append(f'<path class="grid" d="M{LEFT} {up(value):.1f}H{right}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{value:g}</text>\n')
    for value in places:
        parts.append(f'<path class="grid" d="M{across(value):.1f} {TOP}V{bottom}"/>')
        parts.append(f'<text x="{across(value):.1f}" y="{bottom + 18}" text-anchor="middle">{_shorten(value)}</text>\n')
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}"/>\n')
    parts.append(f'<text x="{(LEFT + right) / 2}" y="{bottom + 36}" text-anchor="middle">{axis}</text>\n')
    for curve, kind in zip(panel.curves, "abc", strict=False):
        points = [(across(place), up(value)) for place, value in zip(places, curve, strict=True)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
        parts.append(f'<g class="{kind}"><polyline points="{line}"/>{dots}</g>\n')
    return parts


class _Scale:
    """From values, between two of them, to a coordinate between two."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._least, self._most, self._start, self._end = least, most, start, end

    def __call__(self, value: float) -> float:
        part = log10(value / self._least) / (log10(self._most / self._least) or 1)
        return self._start + part * (self._end - self._start)

    def list_marks(self) -> list[float]:
        """Return the powers of ten; within one or two of them, their halves and fifths as well."""
        powers = [10.0**power for power in range(round(log10(self._least)), round(log10(self._most)) + 1)]
        if len(powers) > 3:
            return powers
        return sorted({*powers, *(low * factor for low, _ in pairwise(powers) for factor in (2, 5))})


def _shorten(value: int) -> str:
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if value >= unit:
            return f"{value / unit:g} {letter}"
    return str(value)
