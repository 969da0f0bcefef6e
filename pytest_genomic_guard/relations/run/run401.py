"""RUN401: a staged file that pre-commit withholds."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation, Withheld

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


_MESSAGES = {
    "pattern": "a pattern of .pre-commit-config.yaml keeps this staged file from the hook",
    "types": "staged, and not given to the hook, which .pre-commit-config.yaml narrows by types",
    "narrowed": "types, types_or or exclude_types narrow this hook, so staged files of other types are not given to it",
    "unclear": "which staged files its patterns keep from this hook could not be found out",
}


class RUN401(Relation):
    """A staged file that pre-commit withholds.

    What it looks for
    -----------------
    Staged files that the `files` and `exclude` patterns of `.pre-commit-config.yaml` keep from the hook. They are found by the
    patterns, so that batches of a long list are not mistaken for withheld files. Which files `types`, `types_or` and
    `exclude_types` keep from it only pre-commit knows: that they narrow the hook is told at the configuration, and, where there
    are no patterns and few names, the staged files that the hook was not given. Patterns that take longer than five seconds, or
    that stand in YAML merge keys, are told there too, as not found out.

    Why it matters
    --------------
    pre-commit withholds files without a word. What a hook was not shown it did not check.

    What to do instead
    ------------------
    Leave the types as they are shipped and narrow the pattern, or exclude the path in the policy file, where it needs a reason and
    is counted.

    References
    ----------
    - pre-commit, advanced configuration: top-level and hook-level `files` and `exclude`, and `types`
    """

    code = "RUN401"
    name = "withheld-file"
    severity = "warning"
    since = "0.1"
    needs = (Withheld,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each withheld path, and the configuration for what cannot be told by path."""
        for path, fact in facts.of(Withheld):
            yield self.finding(Location(path=path), _MESSAGES[fact.by])
