"""Data that the policy declares as nobody's: of another species, simulated, or of a public resource. A declaration proves nothing.

So it makes findings of genomic data notes, which are still listed; it ends on a day; it never holds for what is human by its own
contigs, and not in the profile `strict`, where only a waiver that is bound to the content does.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy.globs import Glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Finding
    from pytest_genomic_guard.policy import Policy

SYNTHETIC = "synthetic"
# Of people whatever a declaration says: their exports, records, typing, tables of cohorts, names and ids.
_OF_PEOPLE = frozenset({"GEN106", "GEN109", "GEN116", "GEN206", "GEN304", "GEN306", "GEN501", "GEN502", "GEN503"})


class Declared(Record):
    """One declaration: a pattern of paths, what the data there are, where they are from, and who answers for that until when."""

    path: str
    species: str  # of another species, `SYNTHETIC`, or the name of a public resource
    source: str
    reason: str
    owner: str
    expires: str  # ISO 8601; the last day on which it holds
    line: int = 0


class Declarations:
    """The declarations of a policy, as they hold on a day."""

    def __init__(self, policy: Policy, today: str) -> None:
        """Compile the patterns."""
        self._strict, self._today = policy.profile == "strict", today
        self._entries = [(Glob(entry.path), entry) for entry in policy.samples]

    def noted(self, finding: Finding) -> bool:
        """Tell whether a finding is no more than a note.

        The profile `strict` takes no names, which are a claim; contigs are content, and what no rule forbids claims nothing.
        """
        return bool(finding.known) and (finding.known in {"non-human", "unruled"} or not self._strict)

    def told(self, finding: Finding) -> Finding:
        """Return a finding as declared, or with what keeps its declaration from holding; any other as it is."""
        if not self._entries or finding.known or not finding.code.startswith("GEN"):
            return finding
        path = finding.location.path.decode("utf-8", "surrogateescape")
        entries = [entry for pattern, entry in self._entries if pattern.match(path)]
        if not entries:
            return finding
        entry = max(entries, key=lambda each: each.expires)
        if self._strict:
            why = "which the profile strict does not take for a proof"
        elif entry.expires < self._today:
            why = "which has expired"
        elif finding.code in _OF_PEOPLE and not _made(entry):
            why = "but no other species has such data"
        elif finding.human:
            why = "but its contigs are human, so a waiver is needed"
        else:
            return finding.replace(known="declared", message=f"{finding.message}; the policy declares it as {_words(entry)}")
        return finding.replace(message=f"{finding.message}; the policy declares it as {_words(entry)}, {why}")


def _made(entry: Declared) -> bool:
    """Tell whether data are declared as of people, who are simulated or public, and of no other species."""
    from pytest_genomic_guard.policy.packs.samples import PUBLIC  # noqa: PLC0415 - where something is declared

    return entry.species == SYNTHETIC or entry.species in {pack.name for pack in PUBLIC}


def _words(entry: Declared) -> str:
    """Return what the data are in words of ours."""
    from pytest_genomic_guard.policy.packs.samples import PUBLIC  # noqa: PLC0415 - where something is declared

    if entry.species == SYNTHETIC:
        return "synthetic"
    if entry.species in {pack.name for pack in PUBLIC}:
        return f"of {entry.species}"
    return "of another species"
