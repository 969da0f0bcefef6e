"""SEC403: what the patterns of detect-secrets find beyond our own."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.adapters import detected
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.relations.run.facts import PartlyRead
from pytest_genomic_guard.views.secrets import names, values
from pytest_genomic_guard.views.secrets.elsewhere import public, sealed
from pytest_genomic_guard.views.secrets.vendors.found import wrapped
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_BEFORE, _AFTER = 160, 480  # bytes around a match that are shown to the plugins
_MOST = 50  # findings of one text; more would say no more
_HASH = regex(rb"(?i)(?:hash(?:ed)?|digest|checksum)[_-]?\Z")
_NAME_BEFORE, _NAME_BEHIND = regex(rb"[\w.-]{0,64}\Z"), regex(rb"[\w.-]{0,64}")
_LONG = 8192  # bytes of a line from which its parts are looked at by themselves
_LINES = 4000  # lines of one text that are shown to them


class SEC403(Check[Text]):
    """What detect-secrets takes for a secret.

    What it looks for
    -----------------
    Lines in which a plugin of detect-secrets finds a secret that none of our own rules names: a value behind one of its keywords,
    keys told by their length behind a name. Its patterns are used, over lines decoded by us, and nothing else of it: no filter that
    drops a secret because it is an argument, no file that it cannot decode. Values that stand for one, such as `changeme`, a
    template, a look-up or a word of prose, are none. Its entropy plugins and public addresses are left out.

    Comments with `pragma: allowlist secret` hold, for this and every other code of credentials.

    Why it matters
    --------------
    Who comes from detect-secrets should not lose what it found.

    What to do instead
    ------------------
    Take the value from the environment or a keyring. Where it is no secret, say so beside it, with a reason.

    References
    ----------
    - detect-secrets 1.5, `detect_secrets/plugins`
    """

    code = "SEC403"
    name = "detected-by-detect-secrets"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    inline = True
    gives_way = ("SEC1", "SEC2", "SEC3", "SEC401", "SEC402")
    mend = KEY
    rules = detected.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding | PartlyRead]:  # noqa: ARG002 - it has none
        """Report each line once, with the kind as detect-secrets calls it."""
        path = view.artifact.path.decode("utf-8", "replace")
        seen: set[tuple[int, int]] = set()
        found = 0
        for at in sorted(start for rule in self.rules for start, _end in view.matches(rule)):
            part, line = _line(view, at)
            if part in seen or found > _MOST:
                continue
            if len(seen) > _LINES:
                yield PartlyRead(format="text")  # more lines than the plugins are asked about
                return
            seen.add(part)
            if _HASH.search(view.data, max(0, at - 20), at):
                continue  # what a baseline of detect-secrets holds
            kind = next((kind for kind, value in detected.values(line, path) if _is_secret(view, at, kind, value)), None)
            if kind is not None:
                found += 1
                called = f"what detect-secrets calls {kind}" if kind else "what a plugin of detect-secrets takes for a secret"
                yield self.finding(view.locate(at), called, subject=kind or None)


def _is_secret(view: Text, at: int, kind: str, written: str) -> bool:
    """Tell whether a value is one that somebody has drawn or chosen, and stands for nothing else."""
    value = written.encode().removeprefix(b"AccountKey=")
    if kind.startswith("Artifactory") and not (
        values.drawn(value[3:]) and all(re.search(each, value[3:]) for each in (rb"[a-z]", rb"[A-Z]", rb"\d"))
    ):
        return False  # names of places and numbers of people begin so as well
    if values.placeholder(value) or values.identifier(value) or sealed(view.data, at, value):
        return False
    if wrapped(view.data, at, at + len(value)) or public(view.data, at, at + len(value)):
        return False
    return values.drawn(value) or (values.strong(value) and bool(kind != "Secret Keyword" or _is_named(view.data, at)))


def _is_named(data: bytes, at: int) -> bool:
    """Tell whether the word at a place is a name of a secret: a channel that is secret is none."""
    before, behind = _NAME_BEFORE.search(data, max(0, at - 64), at), _NAME_BEHIND.match(data, at, at + 64)
    return bool(names.kind((before[0] if before else b"") + (behind[0] if behind else b"")))


def _line(view: Text, at: int) -> tuple[tuple[int, int], str]:
    """Return which part of which line a match begins in, and as much of it as the plugins are shown."""
    segment = view.segment(at)
    least = max(segment.start, at - _LONG)
    feed = view.data.rfind(b"\n", least, at)
    begin = max(feed + 1, least)
    end = view.data.find(b"\n", at, at + _AFTER)
    end = min(view.end(segment), len(view.data) if end < 0 else end)
    shown = view.data[max(begin, at - _BEFORE) : min(end, at + _AFTER)]
    part = (begin, (at - begin) // _AFTER) if feed >= 0 or least == segment.start else (-1, at // _AFTER)
    return part, shown.decode("utf-8", "replace").rstrip("\r")
