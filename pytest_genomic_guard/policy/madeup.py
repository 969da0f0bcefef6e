"""Files that the policy declares as made up: each by its path and digest, with its generator. A declaration proves nothing.

So it makes the PHI findings of exactly that content notes, which are still listed. It ends on a day; it never holds for values that
contradict it, such as an issued number beside a telephone number in service, and not in the profile `strict`.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_genomic_guard.model import Finding
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.policy.schema import Block


class MadeUp(Record):
    """One declaration: a file with its SHA-256, what made it, and who answers for that until when."""

    path: bytes
    sha256: str
    generator: str
    reason: str
    owner: str
    expires: str  # ISO 8601; the last day on which it holds
    line: int = 0
    file: bytes | None = None  # the register in which it stands, where that is not the policy


def entries(items: Iterable[Block], file: bytes | None = None) -> Iterator[MadeUp]:
    """Yield the entries of `synthetic`."""
    for item in items:
        path = item["path"].encode("utf-8", "surrogateescape")
        yield MadeUp(**{**item, "path": path}, line=item.line, file=file)


class MadeUps:
    """The declared files of a policy, as they hold on a day."""

    def __init__(self, policy: Policy, today: str) -> None:
        """Order the declarations by path."""
        self._strict, self._today = policy.profile == "strict", today
        self._entries: dict[bytes, list[MadeUp]] = {}
        for entry in policy.synthetic:
            self._entries.setdefault(entry.path, []).append(entry)

    def told(self, finding: Finding, digest: Callable[[], str], *, copy: bool = False) -> Finding:
        """Return a finding as declared, or with what keeps its declaration from holding; any other as it is.

        `digest` gives the SHA-256 of the content that is judged; `copy` says that only the working copy has the finding.
        """
        if finding.known or not finding.code.startswith("PHI"):
            return finding
        declared = self._entries.get(finding.location.path)
        if not declared:
            return finding
        same = [] if copy else [entry for entry in declared if entry.sha256 == digest()]
        entry = max(same or declared, key=lambda each: each.expires)
        if not same:
            why = "but its content is another by now"
        elif self._strict:
            why = "which the profile strict does not take for a proof"
        elif entry.expires < self._today:
            why = "which has expired"
        elif finding.human:
            why = "but values that are in use contradict that"
        else:
            return finding.replace(known="declared", message=f"{finding.message}; the policy declares it as synthetic")
        return finding.replace(message=f"{finding.message}; the policy declares it as synthetic, {why}")
