"""Variants with the calls of people in JSON, as programs write a VCF in it: GA4GH variants, OpenCGA, cyvcf2, Hail's export."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_NODES = 100_000  # values of one document that are looked at
_PLACES = frozenset({"pos", "position", "start", "locus", "POS", "Position", "Start", "chromStart"})
_ALLELES = frozenset(
    {"ref", "reference", "referenceBases", "reference_bases", "alleles", "REF", "Ref", "refAllele", "alternateBases"}
)
_CALLS = (
    "samples",
    "genotypes",
    "calls",
    "samplesData",
    "entries",
    "gts",
    "gt_types",
    "gt_bases",
    "sampleData",
    "studies",
    "genotype_calls",
)
_GENOTYPE = regex(r"(?:\d{1,2}|\.)[/|](?:\d{1,2}|\.)(?::.*)?|[ACGT.][/|][ACGT.]")
_INNER = (dict, list)
_NAMES = ("callSetName", "call_set_name", "callSetId", "sampleId", "sample_id", "sample", "name", "id", "s", "sampleName")


def counted(values: list[Any]) -> tuple[tuple[str, ...], int]:
    """Return the people that have calls, by name or number, and how many variants there are."""
    people: dict[str, None] = {}
    variants = 0
    for each in _variants(values):
        found = [name for key in _CALLS if key in each for name in _people(each[key], numbers=key.startswith("g"))]
        people.update(dict.fromkeys(found))
        variants += bool(found)
    return tuple(people), variants


def _variants(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield objects that have a place, an allele and calls."""
    waiting, left = list(reversed(values)), _NODES
    while waiting and left:
        value = waiting.pop()
        left -= 1
        if isinstance(value, dict):
            if not (_PLACES.isdisjoint(value) or _ALLELES.isdisjoint(value)):
                yield value
            elif "$schema" not in value:
                waiting += [inner for inner in value.values() if isinstance(inner, _INNER)][:left]
        elif isinstance(value, list):
            waiting += [inner for inner in reversed(value[:left]) if isinstance(inner, _INNER)]


def _people(part: Any, depth: int = 0, *, numbers: bool = False) -> list[str]:
    """Return those who have a call in a part: keys of an object, names within, or their numbers; `numbers` can be calls."""
    if isinstance(part, dict):
        return [str(name)[:200] for name, call in part.items() if _is_call(call)] or [
            name for inner in part.values() if depth < 4 for name in _people(inner, depth + 1)
        ]
    if not isinstance(part, list):
        return []
    if numbers and all(isinstance(one, int) and not isinstance(one, bool) and -1 <= one <= 3 for one in part) and len(part) > 1:
        return [str(number) for number in range(len(part))]
    found = []
    for number, one in enumerate(part):
        if _is_call(one):
            name = next((one[key] for key in _NAMES if isinstance(one.get(key), str)), None) if isinstance(one, dict) else None
            found.append(str(name)[:200] if name else str(number))
        elif isinstance(one, dict | list) and depth < 4:
            found += _people(one, depth + 1)
    return found


def _is_call(value: Any) -> bool:
    """Tell whether a value is a genotype, or an object with one."""
    if isinstance(value, str):
        return _GENOTYPE.fullmatch(value) is not None
    if isinstance(value, dict):
        told = next((value[key] for key in ("GT", "gt", "genotype", "call") if key in value), None)
        return told is not None and (_is_call(told) or _is_pair(told))
    return _is_pair(value)


def _is_pair(value: Any) -> bool:
    """Tell whether a value is two numbers of alleles, with whether they are phased or not (cyvcf2)."""
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        return False
    return (
        all(isinstance(one, int) for one in value) and all(-1 <= one < 20 for one in value[:2]) and not isinstance(value[0], bool)
    )
