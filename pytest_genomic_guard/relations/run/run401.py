"""RUN401: a staged file that pre-commit withholds."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation, Withheld

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN401(Relation):
    """A staged file that pre-commit withholds.

    What it looks for
    -----------------
    Staged files that the `files` and `exclude` patterns of `.pre-commit-config.yaml` keep from the hook. They are found by the
    patterns, so that batches of a long list are not mistaken for withheld files.

    Why it matters
    --------------
    pre-commit withholds files without a word. What a hook was not shown it did not check.

    What to do instead
    ------------------
    Narrow the pattern, or exclude the path in the policy file, where it needs a reason and is counted.

    References
    ----------
    - pre-commit, advanced configuration: top-level and hook-level `files` and `exclude`
    """

    code = "RUN401"
    name = "withheld-file"
    severity = "warning"
    since = "0.1"
    needs = (Withheld,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each withheld path."""
        for path, _fact in facts.of(Withheld):
            yield self.finding(Location(path=path), "a pattern of .pre-commit-config.yaml keeps this staged file from the hook")
