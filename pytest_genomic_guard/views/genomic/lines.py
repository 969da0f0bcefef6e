"""The lines of a text beyond those that its head holds: headers, and first records, can be longer than that."""

from __future__ import annotations

from pytest_genomic_guard.views.bounds import HEAD, HEADER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.genomic.head import Head


def lines(head: Head, most: int = HEADER) -> Iterator[bytes]:
    """Yield lines without their ends, from the one that `head.lines` begins with on; none that ends beyond `most` bytes.

    Only as much is read ahead as the lines that are taken need. The last one of a text counts, with or without a line feed.
    """
    data = head.peek(HEAD)
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    blank = len(data) - len(data[mark:].lstrip(b" \t\r\n"))
    at = max(mark, data.rfind(b"\n", 0, blank) + 1)
    while True:
        end = data.find(b"\n", at)
        if end < 0:
            longer = head.peek(len(data) * 4) if len(data) < most else data
            if len(longer) > len(data):
                data = longer
                continue
            if at < len(data) < most:
                yield data[at:].removesuffix(b"\r")
            return
        if end >= most:
            return
        yield data[at : end - 1] if end > at and data[end - 1] == 13 else data[at:end]
        at = end + 1
