"""How cards name data under terms without an accession, and accessions that everybody may use: dated data, as in `systems`."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.datause.systems import AOU, BDC, CANCER_GENOME, DBGAP, EGA, FINNGEN, GDC, JGA, MIMIC, TERRA, UKB

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.datause.nouns import Level


class Name(Record):
    """How a card names data of one archive. In code or a README the name alone is no use of them."""

    system: str
    id: str
    anchors: tuple[bytes, ...]  # in lower case, one of which stands wherever the pattern matches
    pattern: bytes
    source: str
    level: Level = "controlled"


# Accessions that everybody may use: the archive's own test data (EGA-archive/ega-download-client, README, 2026-11).
OPEN = frozenset({"EGAD00001003338"})

NAMES: tuple[Name, ...] = (
    Name(
        system="UK Biobank",
        id="uk-biobank",
        anchors=(b"bank", b"ukb"),
        pattern=rb"\bU\.?K\.?[ _-]?[Bb]io[Bb]ank\b|\bUKBB?\b",
        source=UKB,
    ),
    Name(
        system="All of Us",
        id="all-of-us",
        anchors=(b"of us", b"of-us", b"of_us", b"aou"),
        pattern=rb"\bAll[ _-][Oo]f[ _-]Us\b|\bAoU\b",
        source=AOU,
    ),
    Name(
        system="GDC",
        id=CANCER_GENOME,
        anchors=(b"controlled",),
        pattern=rb"(?i)\bcontrolled[ -]access (?:TCGA|(?:the )?cancer genome atlas)\b|\bTCGA controlled\b",
        source=GDC,
    ),
    Name(system="GDC", id="gdc", anchors=(b"controlled",), pattern=rb"\bGDC[ -]controlled\b", source=GDC),
    Name(
        system="TCGA",
        id="tcga",
        anchors=(b"tcga", b"cancer genome"),
        pattern=rb"\bTCGA\b|(?i:\bcancer genome atlas\b)",
        level="unclear",
        source=GDC,
    ),
    Name(system="dbGaP", id="dbgap", anchors=(b"dbgap",), pattern=rb"(?i)\bdbgap\b", source=DBGAP),
    Name(system="dbGaP", id="topmed", anchors=(b"topmed",), pattern=rb"(?i)\btopmed\b", source=BDC),
    Name(system="EGA", id="ega", anchors=(b"genome-phenome",), pattern=rb"(?i)\beuropean genome-phenome archive\b", source=EGA),
    Name(
        system="JGA",
        id="jga",
        anchors=(b"genotype-phenotype",),
        pattern=rb"(?i)\bjapanese genotype-phenotype archive\b",
        source=JGA,
    ),
    Name(system="AnVIL", id="anvil", anchors=(b"anvil",), pattern=rb"\bAnVIL\b", source=TERRA),
    Name(
        system="BioData Catalyst", id="biodata-catalyst", anchors=(b"catalyst",), pattern=rb"(?i)\bbiodata ?catalyst\b", source=BDC
    ),
    Name(system="FinnGen", id="finngen", anchors=(b"finngen",), pattern=rb"(?i)\bfinngen\b", source=FINNGEN),
    Name(
        system="MIMIC", id="mimic", anchors=(b"mimic", b"eicu"), pattern=rb"\bMIMIC[- ]?(?:III|IV|CXR|ED)\b|\beICU\b", source=MIMIC
    ),
)
