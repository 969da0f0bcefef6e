"""Text of one value a line: a list of ids. Its values have one shape, and digits; words, sequences and measurements do not."""

from __future__ import annotations

import re
from collections import Counter

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.plain import Measure, Plain, blocks
from pytest_genomic_guard.views.tables.roles import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.tables.table import DataTable, Page

FEWEST = 20  # values of a list
_LONGEST = 64  # bytes of a value
_HEAD = 1 << 12
_NONE = b"\x1f"  # no delimiter
# digits and letters: a list shows the same signs between them, and how many there are may differ
_KIND = bytes(48 if 48 <= each < 58 else 97 if each > 127 or bytes((each,)).isalpha() else each for each in range(256))
_RUN = regex(rb"[0a]+")
_MEASURED = regex(rb"[-+]?0*\.0+(?:a[-+]?0+)?|[-+]?0+\.?0*a[-+]0+")  # 0.25, 1e-8


def find(page: Page, span: tuple[int, int]) -> DataTable | None:
    """Return the list that a span of a text is, or None."""
    data, (start, end) = page.data, span
    while data.startswith((b"#", b"\n"), start) and start < end:
        start = line_end(data, start) + 1
    head = data[start : min(end, start + _HEAD)]
    lines = [line.strip() for line in head.split(b"\n")[: -1 if start + _HEAD < end else None]]
    values = [line for line in lines[1:] if line]
    if len(values) < FEWEST - 1 or any(b" " in line or b"\t" in line for line in values[:5]) or _NONE in head:
        return None
    header = _header(lines[0], values)
    if header is None or not _alike(Counter(line.translate(_KIND) for line in values)) or len(set(values)) * 2 < len(values):
        return None
    first = line_end(data, start) + 1 if header else start
    shapes: Counter[bytes] = Counter()
    found = Measure()
    for low, high in blocks(data, first, end):
        block = data[low:high].replace(b"\r\n", b"\n")
        kinds = block.translate(_KIND).split(b"\n")
        shapes.update(kinds)
        if b"" not in kinds and b" " not in block and b"\t" not in block:
            found.add(Counter({0: len(kinds)}), low)
    del shapes[b""]
    if sum(shapes.values()) < FEWEST or not _alike(shapes):
        return None
    name = header.decode("utf-8", "replace").strip("\"'")
    return page.table("delimited", (name,), Plain(data, _NONE, (first, end), page.line(first), found))


def _header(line: bytes, values: list[bytes]) -> bytes | None:
    """Return the name above a list; b"" when its first line is a value, None when it is neither."""
    shape = _RUN.sub(b"a", line.translate(_KIND))
    if shape == _RUN.sub(b"a", values[0].translate(_KIND)) and re.search(rb"\d", line):
        return b""
    named = known(line.decode("utf-8", "replace").strip("\"'"))
    return line if named or (0 < len(line) <= _LONGEST and re.fullmatch(rb"[\"']?[A-Za-z_][\w.-]*+[\"']?", line)) else None


def _alike(shapes: Counter[bytes]) -> bool:
    """Tell whether nineteen in twenty values have digits, and the same signs between letters and digits."""
    runs: Counter[bytes] = Counter()
    for shape, number in shapes.items():
        if b"0" in shape and len(shape) <= _LONGEST and not _MEASURED.fullmatch(shape):
            runs[_RUN.sub(b"a", shape)] += number
    most = max(((number, shape) for shape, number in runs.items()), default=(0, b""))
    return most[0] * 20 >= sum(shapes.values()) * 19 and b" " not in most[1] and b"\t" not in most[1]
