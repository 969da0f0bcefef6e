"""RUN101: content that was not read."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook


class RUN101(Rulebook):
    """Content that was not read.

    What it looks for
    -----------------
    Everything that should have been read and was not: a file without permission, damaged or truncated compression, an archive of
    a kind that this version does not open, nesting or expansion beyond the bounds, a notebook that is no JSON, a check that
    raised an error. It is listed as a gap with its reason, and a run with gaps never passes.

    Why it matters
    --------------
    A file that nobody could read is not a clean file. A guard that skips what it cannot open reports safety it did not establish.

    What to do instead
    ------------------
    Mend or remove the file, or unpack it beside the archive. Where the content is known and meant to stay, exclude the path in
    the policy with a reason: it is then counted and shown as excluded.

    References
    ----------
    - The reasons, and the bounds behind them, are in the guide on coverage
    """

    code = "RUN101"
    name = "unread-content"
    since = "0.1"
