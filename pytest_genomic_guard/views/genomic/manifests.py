"""Lists of files that are called after the people they are of, and the fields of UK Biobank that hold files.

Sources: UK Biobank's `.bulk` files (a participant, then field, instance and array); lists of files for samtools, GATK and bcftools;
the sample map of GATK's GenomicsDBImport (a sample, a tab, a path).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import givenids, idlists
from pytest_genomic_guard.views.genomic.head import MOST
from pytest_genomic_guard.views.genomic.lists import IdList, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head

_FORMAT = "list of files by person"
_SURE = 3  # participants with a field of UK Biobank, which nothing else has
_BULK = regex(rb"[\"']?([1-6]\d{6})[\"']?[ \t,;]+[\"']?\d{2,6}_\d{1,2}_\d{1,3}[\"']?[ \t\r,;]*")
_FILE = regex(
    rb"(?<![\w.-])([A-Za-z0-9][\w-]{2,60})((?:\.[A-Za-z][\w-]{0,24}){0,5}?)\.(?:bam|cram|sam|g?vcf|bcf|fastq|fq)(?:\.(?:gz|bgz))?"
    rb"(?:\.(?:bai|crai|tbi|csi|md5))?(?![\w./])",
    re.IGNORECASE,
)
_ENDS = (b".bam", b".cram", b".sam", b"vcf", b".bcf", b".fastq", b".fq")
_OF_FIELD = regex(rb"([1-6]\d{6})_\d{2,6}_\d{1,2}_\d{1,3}")
_LANES = regex(rb"(?:_S\d{1,3})?(?:_L00\d)?(?:_R?[12](?:_001)?)?\Z")
_FIRST = regex(rb"[\"']?([A-Za-z0-9][\w.-]{2,60})[\"']?[\t ,;]")


def sniff(head: Head) -> IdList | None:
    """Return the list that a text is."""
    last = head.last()
    low = last[:2000].lower()
    if not _BULK.match(last) and not (any(end in low for end in _ENDS) and _FILE.search(last[:2000])):
        return None
    lines = [line for line in head.lines[:MOST] if line.strip() and not line.startswith(b"#")]
    if len(lines) < _SURE:
        return None
    bulk = [found[1] for line in lines if (found := _BULK.fullmatch(line[:200]))]
    if bulk:
        fits = len(bulk) * 20 >= len(lines) * 19 and len(set(bulk)) >= _SURE
        return told(head, bulk, _FORMAT, weak=False) if fits else None
    return _files(head, lines)


def _files(head: Head, lines: Sequence[bytes]) -> IdList | None:
    """Return a list with a file in each row, called after a person."""
    stems = [(line, file[1]) for line in lines if (file := _FILE.search(line[:2000]))]
    if len(stems) < idlists.FEWEST or len(stems) * 20 < (len(lines) - 1) * 19:
        return None
    fields = [field[1] for _line, stem in stems if (field := _OF_FIELD.fullmatch(stem))]
    if len(fields) * 20 >= len(stems) * 19 and len(set(fields)) >= idlists.FEWEST:
        return told(head, fields, _FORMAT, weak=False)
    first = [found[1] for line, stem in stems if (found := _FIRST.match(line)) and found[1] in stem]
    names = first if len(first) == len(stems) else [_LANES.sub(b"", stem) for _line, stem in stems]
    if not givenids.given(names):
        return None
    return told(head, names, _FORMAT, weak=False)
