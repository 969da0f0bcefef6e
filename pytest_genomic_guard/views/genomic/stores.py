"""Directories of arrays told by their metadata: Zarr of both versions, Hail.

Sources: the VCF Zarr specification and sgkit (``call_genotype``, ``sample_id``), Zarr specifications 2 and 3, Hail's file format
1.7 (``matrix_type``, ``table_type``) and its first one (``genotype_schema``). Nothing is decoded: words of our own lists are looked
for in the first 4 MiB, so that neither depth nor cycles of a document matter.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import hdf5
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, SingleCell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_MOST = 4 << 20
_HAIL = regex(rb'"(matrix|table)_type"\s*:\s*"(?:Matrix|Table)\{')
_KEY = regex(rb"\b(?:col_)?key:\s*\[+([^\]\"{}]{0,200})\]")
_PERSON = regex(
    rb"`?(?:s|sample\w*|iid|fid|eid|participant\w*|subject\w*|individual\w*|person\w*|patient\w*|donor\w*)`?", re.IGNORECASE
)
_CALL = regex(rb"\b\w+:\+?Call\b|\b(?:GT|LGT|DS|GP|PL|LPL|dosage):")
_PARTS = (b"/cols/metadata.json", b"/rows/metadata.json", b"/entries/metadata.json", b"/globals/metadata.json")
_FIRST_HAIL = (b'"genotype_schema"', b'"sample_annotations"')
_ARRAY = regex(rb'"((?:[^"/]{1,80}/)*)(call_\w{1,40}|sample_id|GT|samples|genotypes?)(?:/\.z(?:array|attrs))?"\s*:\s*\{')
_SHAPE = regex(rb'"shape"\s*:\s*\[\s*(\d{1,18})\s*,\s*(\d{1,18})')
_DIMENSIONS = regex(
    rb'"(?:_ARRAY_DIMENSIONS|dimension_names)"\s*:\s*\[\s*"variants"\s*,\s*"samples"\s*(?:,\s*"(?:ploidy|genotypes|alt_alleles)"\s*)?\]'
)
_CALLS_PATH = regex(rb"(?:^|/)(?:calldata/GT|call_(?:genotype|GT|dosage|DS|GP))/(?:\.zarray|zarr\.json)(?:\.gz)?$")
_BESIDE = regex(rb"(?:^|/)call_(?!genotype/)\w+/[^/]+$")  # further arrays of the same store: one of them says enough
_OBS = regex(rb'"column-order"\s*:\s*\[([^\]]{0,100000})\]')
_COLUMN = regex(rb'"([^"]{1,100})"')


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    data = head.peek(_MOST)[:_MOST]
    if b'"hail_version"' in data or _FIRST_HAIL[0] in data:
        return _hail(head, data)
    if b"zarr" in data or b'"_ARRAY_DIMENSIONS"' in data:
        return _zarr(head, data)
    return None


def _hail(head: Head, data: bytes) -> Genomic | None:
    if all(word in data for word in _FIRST_HAIL):
        names = tuple(re.findall(rb'"id"\s*:\s*"([^"]{1,200})"', data))
        return head.seen(GenotypeFile, "Hail VDS", people=len(names), names=names, final=False) if names else None
    found = _HAIL.search(data)
    if not found or head.name.removesuffix(b".gz").endswith(_PARTS):  # a part of a matrix, which says itself what it is
        return None
    schema = data[found.start() : found.start() + (1 << 20)]
    key = _KEY.search(schema)
    person = key is not None and any(_PERSON.fullmatch(name.strip()) for name in key[1].split(b","))
    if found[1] == b"matrix":
        entry = schema.rfind(b",entry:")
        return (
            head.seen(GenotypeFile, "Hail MatrixTable", final=False)
            if person or _CALL.search(schema[entry if entry > 0 else len(schema) :])
            else None
        )
    return head.seen(GenotypeFile, "Hail Table", final=False).replace(said="list") if person else None


def _zarr(head: Head, data: bytes) -> Genomic | None:
    if b'"anndata"' in data and b'"encoding-type"' in data:
        columns = [name.decode("utf-8", "replace") for part in _OBS.findall(data) for name in _COLUMN.findall(part)]
        donors, genotyped = hdf5.whose(columns)
        return head.seen(SingleCell, "AnnData", donors=donors, genotyped=genotyped, final=False)
    if b"zarr_consolidated_format" in data or b'"consolidated_metadata"' in data:
        for array in _ARRAY.finditer(data):
            calls = array[2].startswith(b"call_") or array[2] == b"sample_id" or b"calldata/" in array[1]
            if calls:
                return head.seen(
                    GenotypeFile, "VCF Zarr" if b"calldata/" not in array[1] else "Zarr genotype array", *_counts(data), final=False
                )
        return None
    alone = b'"node_type"' in data and b'"array"' in data
    if _DIMENSIONS.search(data) and (alone or b"zarr_format" not in data) and not _BESIDE.search(head.name):
        return head.seen(GenotypeFile, "VCF Zarr", *_counts(data), final=False)
    if _CALLS_PATH.search(head.name) and (shape := _SHAPE.search(data)):
        return head.seen(GenotypeFile, "Zarr genotype array", people=int(shape[2]), variants=int(shape[1]), final=False)
    return None


def _counts(data: bytes) -> tuple[int, int]:
    """Return people and variants by the shape of the genotypes, or 0."""
    for array in _ARRAY.finditer(data):
        if array[2] in {b"call_genotype", b"GT"}:
            shape = _SHAPE.search(data, array.end(), array.end() + 2000)
            if shape:
                return int(shape[2]), int(shape[1])
    alone = _SHAPE.search(data) if b'"dimension_names"' in data and b"consolidated_metadata" not in data else None
    return (int(alone[2]), int(alone[1])) if alone else (0, 0)
