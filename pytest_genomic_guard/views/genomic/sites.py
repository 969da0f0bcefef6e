"""Variant calls without people: sites with the figures of INFO that tell how many people they were seen in, and how often.

Sources: VCFv4.3, sections 1.4.2 (INFO fields AC, AN, AF, NS), 1.6 (rows), 6.3 (records of BCF2).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Unreadable, View
from pytest_genomic_guard.views.genomic import containers
from pytest_genomic_guard.views.genomic.layouts import number
from pytest_genomic_guard.views.genomic.species import of_contigs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact, Location
    from pytest_genomic_guard.views.genomic.layouts import Site
    from pytest_genomic_guard.views.genomic.seen import Species
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.variants import VariantCalls

READ = 4 << 20  # bytes of rows that are looked at
_KEYS = regex(rb"(?:^|;)(AC|AN|AF|NS)=([\d.,eE+-]{1,400})")
_KNOWN = regex(rb"[\w.]{1,40}")
_CONTIG = regex(rb"^##contig=<ID=([^,>\n]{1,200})(?:[^>\n]{0,200}?length=(\d{1,12}))?", re.MULTILINE)
_CHROMOSOME = regex(rb"^([^#\s]\S{0,60})[\t ]", re.MULTILINE)
_DECLARED = regex(rb"^##INFO=<ID=([\w.]{1,40})[,>]", re.MULTILINE)


class Sites(View):
    """Variant calls with nobody in them. `fields` are the names of INFO fields that the header declares; `data` are rows."""

    format: str
    at: Location
    fields: tuple[str, ...] = ()
    data: bytes = b""
    binary: tuple[str, ...] = ()  # of a BCF: the names that its records number
    contigs: tuple[str, ...] = ()
    species: Species = ""
    more: bool = False  # only its beginning is looked at

    def locate(self, start: int = 0, end: int | None = None) -> Location:  # noqa: ARG002 - the contract of a view
        """Return the place of the column line."""
        return self.at

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation needs to set people beside the variants."""
        rows = _CHROMOSOME.findall(self.data) if self.format == "VCF" else []
        other = self.species == "other" or (not self.species and containers.species(set(rows)) == "other")
        yield containers.SitesFact(variants=0 if self.more else len(rows), other=other)

    def rows(self) -> Iterator[Site]:
        """Yield the sites whose rows can be read."""
        if self.format == "BCF":
            from pytest_genomic_guard.views.genomic import bcfsites  # noqa: PLC0415 - for binary call sets only

            yield from bcfsites.records(self.data, self.binary, self.contigs)
        else:
            yield from _lines(self.data)


def _lines(data: bytes) -> Iterator[Site]:
    """Yield the sites of the rows of a VCF."""
    at = 0
    while (end := data.find(b"\n", at)) >= 0:
        if end > at and data[at] != 35:
            fields = data[at : min(end, at + (1 << 16))].split(b"\t", 8)
            if len(fields) >= 8 and fields[1].isdigit() and len(fields[1]) <= 12:
                info = {key.decode(): value.decode() for key, value in _KEYS.findall(fields[7])}
                yield site(fields[0].decode("latin-1"), int(fields[1]), info)
        at = end + 1


def site(name: str, position: int, info: dict[str, str]) -> Site:
    """Return a site by its INFO fields. Counts of several alternate alleles: the one nearest to a half of all counts."""
    total = number(info.get("AN", "")) or 0
    people = total / 2 or number(info.get("NS", "")) or 0
    counts = [count for each in info.get("AC", "").split(",")[:64] if (count := number(each)) is not None]
    rates = [rate for each in info.get("AF", "").split(",")[:64] if (rate := number(each)) is not None and 0 <= rate <= 1]
    total = total or 2 * people
    if counts and total:
        rates = [min(1.0, count / total) for count in counts]
    elif rates and total:
        counts = [rate * total for rate in rates]
    single = any(0.5 < min(count, total - count) < 1.5 for count in counts) if total else False
    rate = min(rates, key=lambda each: abs(each - 0.5)) if rates else None
    return "", name, position, rate, round(people), single


def of(stream: Peek, calls: VariantCalls) -> Sites:
    """Return the sites of a text that is a VCF without people."""
    data = stream.peek(READ)
    return Sites(
        artifact=calls.artifact,
        trail=calls.trail,
        format="VCF",
        at=calls.at,
        fields=_fields(data),
        species=_species(data),
        data=data if data.endswith(b"\n") or len(data) >= READ else data + b"\n",
        more=len(data) >= READ,
    )


def of_binary(stream: Peek, calls: VariantCalls) -> Sites:
    """Return the sites of a BCF without people; of one that ends too early, as many as are there."""
    from pytest_genomic_guard.views.genomic import bcfsites  # noqa: PLC0415 - as above

    length = int.from_bytes(stream.peek(9)[5:9], "little")
    header = stream.peek(9 + length)[9:]
    try:
        data = stream.peek(9 + length + READ)[9 + length :]
    except Unreadable:
        data = b""
    names, contigs = bcfsites.dictionaries(header[:length])
    return Sites(
        artifact=calls.artifact,
        trail=calls.trail,
        format="BCF",
        at=calls.at,
        fields=_fields(header[:length]),
        species=_species(header[:length]),
        data=data,
        binary=names,
        contigs=contigs,
        more=len(data) >= READ,
    )


def _fields(header: bytes) -> tuple[str, ...]:
    return tuple(name.decode() for name in _DECLARED.findall(header)[:1000])


def _species(header: bytes) -> Species:
    return of_contigs((name, int(length) if length else None) for name, length in _CONTIG.findall(header))
