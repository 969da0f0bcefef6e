"""What a run knows about itself, as facts; the RUN rules turn them into findings."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from pytest_genomic_guard.model import Location


class NotRelated(Fact):
    """A relation had facts to compare in a history, where contents of different times stand beside each other."""

    code: str


class PartlyRead(Fact):
    """An artifact of which only schema or printable runs were read."""

    format: str
    line: int | None = None  # of a git-lfs pointer: the line of .gitattributes that makes it one, 0 where none does
    above: int | None = None  # which .gitattributes: None the one at the top, else so many folders above the file's own


class WaiverUnused(Fact):
    """A waiver that removed nothing, at a line of the policy."""

    line: int


class WaiverExpired(Fact):
    """A waiver whose last day is past."""

    line: int


class WaiverVoid(Fact):
    """A waiver whose file has changed since it was written."""

    line: int


class BaselineChanged(Fact):
    """A file whose findings are not those that the baseline has of it, at the first line of the baseline that is about it."""

    line: int
    why: Literal["other", "fewer", "unknown"]  # unknown: there is no rule with that code


class ProjectMissing(Fact):
    """A project of the policy whose root holds nothing, at a line of the policy."""

    line: int


class PolicyLoosened(Fact):
    """Something that a range makes less strict in the policy, or in a file beside it."""

    what: str  # one of `policy.changes.WORDS`
    shows: str  # the difference, in words of closed lists and numbers
    line: int  # 0: gone
    was: int = 0  # the line at the merge base; 0: it was not there
    used: bool = False  # it is in force, as the merge base accepts changes, or as there is none


class AllowComment(Fact):
    """A comment that allows one code on its line; the code is empty where none is written, a family in another tool's comment."""

    at: Location
    code: str
    reasoned: bool
    foreign: bool = False  # of detect-secrets or gitleaks: it allows whatever the family finds, and gives no reason


class AllowVoid(Fact):
    """An allow comment that allows nothing."""

    at: Location
    why: Literal["unknown", "refused", "unreasoned", "unused"]
