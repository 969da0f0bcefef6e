"""One interface to find where rules match in a buffer; the engine does not know which matcher works behind it.

All give the same findings, in one pass for all rules: Hyperscan where its databases are at hand or the input is large enough to pay
for compiling them, else an Aho-Corasick automaton, else a trie of the standard library.
"""

from __future__ import annotations

from pytest_genomic_guard.matching.stdlib import StdlibMatcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Protocol

    from pytest_genomic_guard.matching.confirm import Parts, Spans
    from pytest_genomic_guard.model import Rule

    Told = tuple[Collection[str], Collection[str]]  # names of hints, and of all rules that texts are asked by

    class Matcher(Protocol):
        """Find matches of a fixed set of rules."""

        def scan(self, data: bytes, parts: Parts | None = None) -> Mapping[str, Spans]:
            """Return the (start, end) spans of matches in order, by the name of the rule; rules without a match are left out.

            With `parts`, of hints no more than is needed to tell in which of these any rule that is asked for matches.
            """


SMALL = 512 << 10  # bytes to scan up to which an automaton is done before Hyperscan is imported
# Bytes to scan from which compiling databases pays, when there are none in the cache: that takes 0.2 s of all rules, and saves 8 ms
# for each MB over an automaton, 300 ms over the standard library
LARGE = 24 << 20


def matcher(
    rules: Sequence[Rule], size: int = 0, *, hints: Collection[str] = (), asked: Collection[str] = (), cached: bool = True
) -> Matcher:
    """Return the best matcher that this machine has for `size` bytes. Raises ValueError when two rules share a name.

    `hints` are names of rules of which only whether they match is needed, and `asked` of all that tell the same as these.
    """
    told = (hints, asked)
    found = _automaton(rules, told) if size <= SMALL else None
    found = found or _vectorscan(rules, size, told, cached=cached)
    if found is None and size > SMALL:  # without the extra, the next best is so slow that compiling pays at once
        found = _automaton(rules, told) or _vectorscan(rules, LARGE, told, cached=cached)
    return found or StdlibMatcher(rules, *told)


def _vectorscan(rules: Sequence[Rule], size: int, told: Told, *, cached: bool) -> Matcher | None:
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - only for many rules

    if size < LARGE and not (cached and cache.present()):
        return None
    name = cache.key(rules, told[0])
    database = cache.load(name) if cached else None
    if not database and size < LARGE:
        return None
    try:
        import hyperscan  # noqa: PLC0415 - slow to import, and not there on every platform

        from pytest_genomic_guard.matching.vectorscan import VectorscanMatcher  # noqa: PLC0415 - as above
    except ImportError:
        return None
    for given in (database, None) if database else (None,):
        try:
            made = VectorscanMatcher(rules, given, *told)
        except hyperscan.HyperscanError:  # of another version or kind of processor, or damaged; or an anchor that it does not take
            continue
        if cached and not given:
            cache.store(name, made.dump())
        return made
    return None


def _automaton(rules: Sequence[Rule], told: Told) -> Matcher | None:
    try:
        from pytest_genomic_guard.matching.automaton import AutomatonMatcher  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    return AutomatonMatcher(rules, *told)
