"""Write the page on speed and its plots from the JSON of `compare.py` and `growth.py`.

    python benchmarks/plots.py [--compare FILE] [--growth FILE] [--page docs/speed.md]

Of the page, only what stands between the markers `<!-- compare -->` and `<!-- /compare -->`, and those of `growth`, is written; the
plots lie beside it. What is not given stays as it is.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _svg import Bar, Line, bars, curves

if TYPE_CHECKING:
    from collections.abc import Sequence

Told = dict[str, Any]
_DRAWN = (  # the beginnings of the rows that the plot shows; the tables have all
    "read every file",
    "git cat-file",
    "ripgrep -F",
    "detect-secrets",
    "bandit",
    "pip-licenses",
    "phi-scan",
    "kingfisher",
    "peers, chained",
    "ours, no cache",
    "ours, cached, one",
)
_NOT_DRAWN = ("kingfisher, ",)


def main() -> int:
    """Write what is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--compare", type=Path)
    parser.add_argument("--growth", type=Path)
    parser.add_argument("--page", type=Path, default=Path(__file__).parent.parent / "docs" / "speed.md")
    given = parser.parse_args()
    if given.compare:
        told = json.loads(given.compare.read_text("utf-8"))
        _fill(given.page, "compare", _compared(told, given.page.stem))
        given.page.with_suffix(".svg").write_text(_bars(told), encoding="utf-8")
    if given.growth:
        told = json.loads(given.growth.read_text("utf-8"))
        _fill(given.page, "growth", _grown(told, given.page.stem))
        given.page.with_name(f"{given.page.stem}-growth.svg").write_text(_curves(told), encoding="utf-8")
    return 0


def _fill(page: Path, name: str, text: str) -> None:
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    whole = page.read_text("utf-8")
    if len(re.findall(f"{begin}\n.*?{end}", whole, re.DOTALL)) != 1:
        raise SystemExit(f"{page}: the markers of {name} are not there, once each")
    head, tail = whole.partition(begin)[0], whole.partition(end)[2]
    page.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruled = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ruled, *rows))


def _where(told: Told) -> str:
    parts = [told["machine"], told["versions"]]
    lines = ["Measured on: " + "; ".join(f"{name} {value}" for name, value in part.items()) + "." for part in parts[:1]]
    lines.append("Versions: " + ", ".join(f"{name} {value}" for name, value in parts[1].items()) + ".")
    lines += [f"Left out: {name}, {why}." for name, why in told.get("left_out", {}).items()]
    if float(told["machine"]["load at the start"]) > 1:
        lines.append("**The machine was busy with other work: the figures are of a trial, and times too long, for all tools.**")
    return "\n".join(lines)


def _compared(told: Told, stem: str) -> str:
    parts = [_where(told), f"![Time of each tool, as told in the tables below]({stem}.svg)"]
    behind = []
    for tree in told["trees"]:
        read = next(row["seconds"] for row in tree["rows"] if row["name"] == "read every file")
        kinds = ", ".join(f"{name or 'without suffix'} {size / 1e6:.1f}" for name, size in tree["kinds"].items())
        parts.append(f"### {tree['name']}\n\n{tree['files']:,} files, {tree['bytes'] / 1e6:.1f} MB (of it, in MB: {kinds}).")
        head = ["", "seconds", "x read", "MB/s", "processor s", "memory MB", "findings"]
        parts.append(_table(head, [_row(row, tree["bytes"], read) for row in tree["rows"]]))
        notes = [f"- {row['name']}: {row['note']}" for row in tree["rows"] if row["note"]]
        parts += ["\n".join(notes)] if notes else []
        parts.append(_ratios(tree))
        behind += [f"- {tree['name']}: {line}" for line in _behind(tree)]
    for past in told.get("histories", ()):
        parts.append(f"### {past['name']}, its history\n\nEvery blob of {past['commits']:,} commits, once.")
        alone = past["rows"][0]["seconds"]
        rows = [_row(row, 0, alone) for row in past["rows"]]
        parts.append(_table(["", "seconds", "x git", "processor s", "memory MB", "findings"], [row[:3] + row[4:] for row in rows]))
        parts.append(_ratios(past))
        behind += [f"- {past['name']}: {line}" for line in _missed(past)]
    parts.append("### Where ours is behind\n\n" + ("\n".join(behind) or "Nowhere: no bar is missed, and no peer is faster."))
    return "\n\n".join(parts)


def _row(row: Told, size: int, read: float) -> list[str]:
    seconds, mark = row["seconds"], "*" if row["note"] else ""
    peak, found = (f"{row[name]:,.0f}" if row[name] is not None else "" for name in ("peak", "found"))
    name = f"**{row['name']}**" if row["kind"] == "ours" else row["name"]
    speed = f"{size / 1e6 / seconds:,.1f}"
    return [name + mark, f"{seconds:,.2f}", f"{seconds / read:,.1f}", speed, f"{row['processor']:,.2f}", peak, found]


def _ratios(part: Told) -> str:
    rows = [[each["what"], f"{each['value']:.3g}", each["bar"], _held(each["held"])] for each in part["ratios"]]
    return _table(["ratio", "measured", "bar", ""], rows)


def _held(held: bool | None) -> str:  # noqa: FBT001 - a value of JSON
    return {None: "", True: "held", False: "missed"}[held]


def _behind(tree: Told) -> list[str]:
    """Return the bars that are missed, and the peers that are faster than our cold scan with all families."""
    ours = min(row["seconds"] for row in tree["rows"] if row["name"].startswith("ours, no cache"))
    faster = [row for row in tree["rows"] if row["kind"] == "peer" and row["seconds"] < ours and not row["note"]]
    return _missed(tree) + [f"{row['name']} takes {row['seconds']:.2f} s, ours without a cache {ours:.2f} s" for row in faster]


def _missed(part: Told) -> list[str]:
    return [f"{each['what']}: {each['value']:.3g}, bar {each['bar']}" for each in part["ratios"] if each["held"] is False]


def _grown(told: Told, stem: str) -> str:
    rows = []
    for curve in told["curves"]:
        first, last = curve["points"][0], curve["points"][-1]
        slope = "too little to say" if curve["exponent"] is None else f"{curve['exponent']:.2f}"
        sizes = f"{first['x']:,} to {last['x']:,} {curve['unit']}"
        peak = f"{last['peak']:,.0f}" if last["peak"] else ""
        mark = "superlinear" if curve["superlinear"] else ""
        took = f"{first['processor']:.2f} to {last['processor']:,.2f}"
        rows.append([curve["name"], sizes, took, peak, slope, mark or last.get("note", "")])
    head = ["what grows", "from, to", "processor s", "memory MB at the last", "exponent", ""]
    picture = f"![Time against size, a panel for each kind of growth]({stem}-growth.svg)"
    return "\n\n".join([_where(told), picture, _table(head, rows)])


def _bars(told: Told) -> str:
    groups = []
    for tree in told["trees"]:
        made = [
            Bar(row["name"], row["kind"], row["seconds"], f"{row['seconds']:,.2f} s" + (" *" if row["note"] else ""))
            for row in tree["rows"]
            if row["seconds"] > 0 and row["name"].startswith(_DRAWN) and not row["name"].startswith(_NOT_DRAWN)
        ]
        groups.append((f"{tree['name']} ({tree['files']:,} files, {tree['bytes'] / 1e6:.1f} MB)", made))
    text = "Bars from left to right on a logarithmic scale of seconds, shorter is faster: grey reading alone, hatched the peers, "
    text += "dotted the peers one after the other, plain and dark ours. * did not run to its end. " + _told(told)
    return bars("Seconds to read or scan the same files (logarithmic)", text, groups)


def _told(told: Told) -> str:
    """Return the figures of ours and of all peers together, for those who do not see the plot."""
    lines = []
    for tree in told["trees"]:
        some = [f"{row['name']} {row['seconds']:.2f} s" for row in tree["rows"] if row["kind"] in {"ours", "sum"}]
        lines.append(f"{tree['name']}: {', '.join(some)}.")
    return " ".join(lines)


def _curves(told: Told) -> str:
    panels: dict[str, list[Line]] = {}
    units = {}
    for curve in told["curves"]:
        name = curve["name"].partition(":")[0].partition(" in ")[0]
        label = curve["name"].partition(": ")[2] or curve["name"]
        slope = "" if curve["exponent"] is None else f" ({curve['exponent']:.2f})"
        points = [(point["x"], point["processor"]) for point in curve["points"] if point["processor"] > 0 and "note" not in point]
        if points:
            panels.setdefault(name, []).append(Line(f"{label}{slope}", points))
            units[name] = curve["unit"]
    text = "Curves of processor time against size, both scales logarithmic, each named at its end with its exponent; 1 is in line. "
    text += "; ".join(f"{curve['name']}: {curve['exponent'] or 'too little to say'}" for curve in told["curves"])
    return curves(
        "How the time of a scan grows (processor seconds)", text, [(name, units[name], some) for name, some in panels.items()]
    )


if __name__ == "__main__":
    raise SystemExit(main())
