"""Clinical genomic documents: phenopackets, FHIR genomics, Beacon records, variants with calls in JSON.

This module only looks whether a document can be one; `clinical` reads it.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import HEAD
from pytest_genomic_guard.views.genomic.may import KEY
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head

_WORDS = (
    *(b"phenotypicFeatures", b"phenotypic_features", b"phenopacket", b"enomicInterpretations", b"resourceType", b"individualId"),
    *(b"biosampleId", b"caseLevelData", b"karyotypicSex", b"matcherMetadata", b'"rs', b"'rs", b"geographicOrigin", b"ethnicity"),
    *(b"diseaseCode", b"resultSets", b'"LocusResults"', b'"RepeatSizes"', b"namedAlleleMatcherVersion", b"hla_typing"),
)
_CALLS = (b"samples", b"enotype", b'"calls"', b'"GT"', b'"gt', b"entries", b"studies")  # beside an allele of a variant
_ALLELES = (b'"ref', b'"REF', b'"Ref', b'"alleles"', b'"alternateBases"')
_FEATURES = regex(
    rb"(?m)^[ \t-]*[\"']?(?:phenotypicFeatures|phenotypic_features|genomicInterpretations|genomic_interpretations)[\"']?:"
)


class ClinicalDocument(Genomic):
    """A document about people in a format of clinical genomics."""


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0].lstrip()
    known = first[:1] in {b"{", b"["}
    if not known and not KEY.match(first):
        return None
    data = head.peek(HEAD)[:HEAD]
    if known and not any(word in data for word in _WORDS):
        if not any(word in data for word in _ALLELES) or not any(word in data for word in _CALLS):
            return None
    elif not known and not _FEATURES.search(data):
        return None
    from pytest_genomic_guard.views.genomic import clinical  # noqa: PLC0415 - for what may be one only

    return clinical.read(head)
