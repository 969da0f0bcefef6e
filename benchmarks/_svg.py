"""Plots as SVG, written by hand: bars on a logarithmic scale, and curves on two. No picture tells anything by colour alone."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_INK, _PAPER, _RULE = "#222222", "#ffffff", "#d0d0d0"
_FILLS = {"floor": "#bbbbbb", "peer": "url(#peer)", "sum": "url(#sum)", "ours": "#1b7837"}  # told by pattern and by name too
_PATTERNS = """<defs>
<pattern id="peer" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#ffffff"/><rect width="2.5" height="6" fill="#b2182b"/></pattern>
<pattern id="sum" width="5" height="5" patternUnits="userSpaceOnUse">
<rect width="5" height="5" fill="#ffffff"/><circle cx="2.5" cy="2.5" r="1.6" fill="#b2182b"/></pattern>
</defs>"""
_DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 3", "10 4")
_COLOURS = ("#1b7837", "#762a83", "#b2182b", "#2166ac", "#8c510a", "#555555")
_MARKS = "osdtxp"  # circle, square, diamond, triangle, cross, plus


class Bar(NamedTuple):
    """One bar."""

    name: str
    kind: str
    value: float
    label: str


class Line(NamedTuple):
    """One curve."""

    name: str
    points: Sequence[tuple[float, float]]


def bars(title: str, text: str, groups: Sequence[tuple[str, Sequence[Bar]]]) -> str:
    """Draw groups of bars from left to right, a line each, on one logarithmic scale of seconds."""
    left, width, step = 250, 430, 17
    every = [bar.value for _, some in groups for bar in some]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    drawn: list[str] = []
    down = 64
    ends = []
    for name, some in groups:
        drawn.append(_text(10, down, name, weight="bold"))
        down += 8
        for bar in some:
            long = max(1.5, (math.log10(bar.value) - low) / (high - low) * width)
            fill = _FILLS[bar.kind]
            drawn += [
                _text(left - 8, down + 11, bar.name, anchor="end"),
                f'<rect x="{left}" y="{down + 2}" width="{long:.1f}" height="{step - 5}" fill="{fill}" stroke="{_INK}"/>',
                _text(left + long + 5, down + 11, bar.label),
            ]
            down += step
        ends.append(down)
        down += 24
    ticks = [
        f'<path d="M{left + width * (power - low) / (high - low):.1f} 48V{ends[-1]}" stroke="{_RULE}"/>'
        + _text(left + width * (power - low) / (high - low), 42, _power(power) + " s", anchor="middle")
        for power in range(low, high + 1)
    ]
    return _svg(title, text, 780, down - 10, [*ticks, *drawn])


def curves(title: str, text: str, panels: Sequence[tuple[str, str, Sequence[Line]]]) -> str:
    """Draw panels of curves, two in a row, each with both scales logarithmic and its curves named at their ends."""
    wide, tall = 480, 300
    drawn = []
    for number, (name, unit, lines) in enumerate(panels):
        x, y = number % 2 * wide, 30 + number // 2 * tall
        drawn.append(f'<g transform="translate({x} {y})">{_panel(name, unit, lines)}</g>')
    return _svg(title, text, 2 * wide, 40 + (len(panels) + 1) // 2 * tall, drawn)


def _panel(name: str, unit: str, lines: Sequence[Line]) -> str:
    left, top, width, height = 60, 30, 290, 200
    xs = [math.log10(x) for line in lines for x, _ in line.points]
    ys = [math.log10(y) for line in lines for _, y in line.points]
    x0, x1, y0, y1 = (math.floor(min(xs)), math.ceil(max(xs)), math.floor(min(ys)), math.ceil(max(ys)))
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (math.log10(x) - x0) / (x1 - x0) * width, top + height - (math.log10(y) - y0) / (y1 - y0) * height

    made = [_text(left, 18, name, weight="bold"), _text(left + width / 2, top + height + 36, unit, anchor="middle")]
    for power in range(x0, x1 + 1):
        x, _ = at(10**power, 10**y0)
        made += [
            f'<path d="M{x:.1f} {top}V{top + height}" stroke="{_RULE}"/>',
            _text(x, top + height + 16, _power(power), anchor="middle"),
        ]
    for power in range(y0, y1 + 1):
        _, y = at(10**x0, 10**power)
        made += [
            f'<path d="M{left} {y:.1f}H{left + width}" stroke="{_RULE}"/>',
            _text(left - 6, y + 4, f"{_power(power)} s", anchor="end"),
        ]
    taken: list[float] = []
    for number, line in sorted(enumerate(lines), key=lambda each: -each[1].points[-1][1]):
        places = [at(x, y) for x, y in line.points]
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dash = _DASHES[number % len(_DASHES)]
        made.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dash}"/>')
        made += [_mark(_MARKS[number % len(_MARKS)], x, y, colour) for x, y in places]
        x, y = places[-1]
        beside = max([y + 4, *(each + 12 for each in taken if each > y - 8)])
        taken.append(beside)
        made.append(_text(x + 8, beside, line.name))
    return "".join(made)


def _mark(mark: str, x: float, y: float, colour: str) -> str:
    if mark == "o":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    shapes = {
        "s": "M-3 -3h6v6h-6z",
        "d": "M0 -4l4 4l-4 4l-4 -4z",
        "t": "M0 -4l4 7h-8z",
        "x": "M-3 -3l6 6M3 -3l-6 6",
        "p": "M-4 0h8M0 -4v8",
    }
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{shapes[mark]}" fill="{colour}" stroke="{colour}" stroke-width="1.4"/>'


def _power(power: int) -> str:
    return f"{10**power:,}" if -1 < power < 4 else f"{10.0**power:g}" if -4 < power < 0 else f"10^{power}"


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">{escape(text)}</text>'


def _svg(title: str, text: str, width: int, height: int, drawn: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc"'
    font = f'font-family="sans-serif" font-size="11" fill="{_INK}"'
    told = f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(text)}</desc>'
    paper = f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>' + _text(10, 20, title, weight="bold")
    return "\n".join([f"{head} {font}>", told, _PATTERNS, paper, *drawn, "</svg>", ""])
