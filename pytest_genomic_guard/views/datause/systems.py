"""The archives and programmes of data under terms, how they are named, and by which forms their use is told: dated data.

Each row says where it comes from. Another archive is another row here; nothing else has to be changed.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Face
    from pytest_genomic_guard.views.datause.nouns import Level

AS_OF = "2026-11"  # the month in which these rows were last read against their sources


class Sign(Record):
    """A form that stands for data of one archive.

    The pattern is matched where an anchor begins, and a whole token has to stand there.
    """

    name: str
    system: str
    anchors: tuple[bytes, ...]
    pattern: bytes
    source: str
    id: str = ""  # canonical, where the form is a name; empty: what was matched is the accession
    face: Face = "plain"
    level: Level = "controlled"
    beside: bytes = b""  # a pattern that must stand somewhere in the file
    near: bytes = b""  # a pattern that must stand within 300 bytes
    several: int = 1  # so many different ones in a file, unless the pattern `beside` stands there
    behind: bytes = b""  # a pattern that must end where the anchor begins
    said: bool = False  # words of a language, which can be negated; of cards `names` has them


DBGAP = "dbGaP accessions (PubMed 17898773); bioregistry 0.15.6, prefix dbgap"
EGA = "European Genome-phenome Archive, accession identifiers (ega-archive.org)"
JGA = "Japanese Genotype-phenotype Archive (ddbj.nig.ac.jp/jga) and NBDC Human Database (humandbs.dbcls.jp)"
UKB = "UK Biobank, Research Analysis Platform documentation and file-handling utilities (biobank.ndph.ox.ac.uk)"
AOU = "All of Us Researcher Workbench, curated data repository (support.researchallofus.org)"
TERRA = "Terra and AnVIL, workspaces with authorization domains (support.terra.bio, anvilproject.org)"
BDC = "NHLBI BioData Catalyst, data access (bdcatalyst.gitbook.io)"
CANCER_GENOME = f"phs{178:06}"  # the study of The Cancer Genome Atlas, whose controlled tier is under it
GDC = "Genomic Data Commons, data transfer tool and API guides (docs.gdc.cancer.gov)"
FINNGEN = "FinnGen, Sandbox and its libraries (docs.finngen.fi)"
MIMIC = "PhysioNet, credentialed health data (physionet.org)"
SYNAPSE = "Synapse, identifiers (docs.synapse.org); open or controlled by their own conditions"

_UKB_WORD = rb"(?i)ukb|uk[ _-]?biobank|\bdxdata\b|dx[ -](?:run|download|extract|upload)|dnanexus"
_APPLIED = (
    rb"(?:applications?|app(?=[ _-]{0,2}(?:id|no|num|#|[0-9]))|project(?=[ _-]?(?:id|no|num|#)))"
    rb"[ _(-]{0,3}(?:numbers?|nos?\.?|ids?|#)?[^\nA-Za-z0-9.;]{0,8}[0-9]{3,6}(?!\.?[0-9A-Za-z])"
)
_BULK = rb"(?:imp|cal|hap|snp|sqc|rel|mfi|int|con|baf|l2r|bim|wes|exome|ase)"

SIGNS: tuple[Sign, ...] = (
    Sign(
        name="dbgap-study",
        system="dbGaP",
        face="shape",
        anchors=(b"phs000000",),
        pattern=rb"(?i:phs)[0-9]{6}(?:\.(?i:v)[0-9]{1,3}(?:\.(?i:p)[0-9]{1,3}(?:\.(?i:c)[0-9]{1,3})?)?)?(?![0-9A-Za-z])",
        source=DBGAP,
    ),
    Sign(
        name="dbgap-part",
        system="dbGaP",
        id="dbgap",
        face="shape",
        anchors=(b"pht000000", b"phv00000000", b"phg000000"),
        pattern=rb"ph[tvg][0-9]{6,8}\.v[0-9]{1,3}(?:\.p[0-9]{1,3})?(?![0-9A-Za-z])",
        source=DBGAP,
    ),
    Sign(
        name="ega",
        system="EGA",
        face="shape",
        anchors=tuple(b"ega%c00000000000" % letter for letter in b"dsfnrxz"),
        pattern=rb"EGA[DSFNRXZ][0-9]{11}(?![0-9A-Za-z])",
        source=EGA,
    ),
    Sign(
        name="jga",
        system="JGA",
        face="shape",
        anchors=(b"jgad000000", b"jgas000000"),
        pattern=rb"JGA[DS][0-9]{6}(?:[0-9]{5})?(?![0-9A-Za-z])",
        source=JGA,
    ),
    Sign(
        name="nbdc",
        system="JGA",
        face="shape",
        anchors=(b"hum0000",),
        pattern=rb"hum0[0-9]{3}(?:\.v[0-9]{1,3})?(?![0-9A-Za-z])",
        beside=rb"NBDC|JGA|DDBJ|humandbs",
        source=JGA,
    ),
    Sign(
        name="synapse",
        system="Synapse",
        face="shape",
        anchors=(b"syn00000",),
        pattern=rb"syn[1-9][0-9]{4,9}(?![0-9A-Za-z])",
        level="unclear",
        source=SYNAPSE,
    ),
    Sign(
        name="ukb-application",
        system="UK Biobank",
        face="lower",
        anchors=(b"biobank", b"ukb"),
        pattern=rb"(?i)(?:biobank|ukbb?)[^\n0-9.;]{0,60}" + _APPLIED,
        source=UKB,
    ),
    Sign(
        name="ukb-applied",
        system="UK Biobank",
        face="lower",
        anchors=(b"application",),
        pattern=rb"(?i)" + _APPLIED,
        near=rb"(?i)uk[ _-]?biobank|\bukbb?\b",
        source=UKB,
    ),
    Sign(
        name="ukb-files",
        system="UK Biobank",
        id="uk-biobank",
        face="lower",
        anchors=(b"ukb",),
        pattern=rb"(?:ukb(?:conv|unpack|fetch|gene)[ \t]{1,4}(?:-[a-z]|\$|[\w./]{0,40}ukb[0-9]|f\.enc)"
        rb"|ukb[0-9]{3,6}(?:\.(?:enc|enc_ukb|tab|cwa|sav|dta|r|csv|html|fam|bgen|bed)\b"
        rb"|_(?:c[0-9XYxy]{1,3}_b[0-9]|" + _BULK + rb"_))"
        rb"|ukb_" + _BULK + rb"_(?:chr|v[0-9]|[a-z0-9]{1,9}_)|ukb[-_]rap\b|ukbrap[-_/:])",
        source=UKB,
    ),
    Sign(
        name="ukb-bucket",
        system="UK Biobank",
        id="uk-biobank",
        face="lower",
        anchors=(b"ukb", b"uk-biobank", b"uk_biobank", b"ukbiobank"),
        pattern=rb"(?i)uk",
        behind=rb"(?:gs|s3|dx|abfss?|wasbs?)://[A-Za-z0-9._/-]{0,80}$",
        source=UKB,
    ),
    Sign(
        name="ukb-platform",
        system="UK Biobank",
        id="uk-biobank",
        anchors=(b"/mnt/project/Bulk", b"dx extract_dataset"),
        pattern=rb"/mnt/project/Bulk\b|dx extract_dataset\b",
        source=UKB,
    ),
    Sign(
        name="ukb-project",
        system="UK Biobank",
        id="uk-biobank",
        anchors=(b"dxdata.", b"import dxdata", b"/mnt/project/"),
        pattern=rb"dxdata\.[a-z]|import dxdata\b|/mnt/project/",
        beside=rb"(?i)\bukb|uk[ _-]?biobank",
        source=UKB,
    ),
    Sign(
        name="ukb-field",
        system="UK Biobank",
        id="uk-biobank",
        face="shape",
        anchors=(b"_i0",),
        pattern=rb"_i[0-9]{1,2}(?:_a[0-9]{1,3})?(?![0-9A-Za-z_])",
        behind=rb"(?<![0-9A-Za-z_])p[0-9]{2,6}$",
        beside=_UKB_WORD,
        several=3,
        source=UKB,
    ),
    Sign(
        name="ukb-column",
        system="UK Biobank",
        id="uk-biobank",
        face="shape",
        anchors=(b"f.00.0.0", b"f.000.0.0", b"f.0000.0.0", b"f.00000.0.0"),
        pattern=rb"f\.[0-9]{2,5}\.[0-9]\.[0-9]{1,3}(?![0-9A-Za-z.])",
        beside=_UKB_WORD + rb"|\bf\.eid\b",
        several=2,
        source=UKB,
    ),
    Sign(
        name="aou-workspace",
        system="All of Us",
        id="all-of-us",
        anchors=(b"WORKSPACE_CDR", b"fc-aou-datasets-controlled", b"fc-aou-cdr", b"aou-res-curation", b"vwb-aou-datasets"),
        pattern=rb"WORKSPACE_CDR(?![A-Z0-9_])|fc-aou-datasets-controlled|fc-aou-cdr|aou-res-curation|vwb-aou-datasets",
        source=AOU,
    ),
    Sign(
        name="aou-cdr",
        system="All of Us",
        id="all-of-us",
        face="shape",
        anchors=(b"c0000q0r", b"r0000q0r"),
        pattern=rb"[CR]20[0-9]{2}Q[1-4]R[0-9]{1,2}(?![0-9A-Za-z])",
        beside=rb"(?i)all[ _-]?of[ _-]?us|\baou|\bCDR\b",
        source=AOU,
    ),
    Sign(
        name="anvil-workspace",
        system="AnVIL",
        anchors=(b"AnVIL_",),
        pattern=rb"AnVIL_[A-Z0-9][A-Za-z0-9_-]{2,80}",
        source=TERRA,
    ),
    Sign(
        name="terra-secure",
        system="AnVIL",
        id="anvil",
        anchors=(b"gs://fc-secure-",),
        pattern=rb"gs://fc-secure-[0-9a-f-]{8,40}",
        source=TERRA,
    ),
    Sign(
        name="bdc-bucket",
        system="BioData Catalyst",
        id="biodata-catalyst",
        anchors=(b"nih-nhlbi-", b"gen3.biodatacatalyst"),
        pattern=rb"nih-nhlbi-(?:biodata-catalyst|topmed)[a-z0-9-]{0,80}|gen3\.biodatacatalyst\.nhlbi",
        source=BDC,
    ),
    Sign(
        name="gdc-token",
        system="GDC",
        id="gdc",
        anchors=(b"gdc-client", b"gdc-user-token"),
        pattern=rb"gdc-client[ \t]{1,4}download[^\n]{0,200}?[ \t](?:-t|--token-file)\b|gdc-user-token[\w.-]{0,40}\.txt",
        source=GDC,
    ),
    Sign(
        name="gdc-access",
        system="GDC",
        id="gdc",
        anchors=(b'"controlled"', b"'controlled'"),
        pattern=rb"[\"']controlled[\"']",
        near=rb"api\.gdc\.cancer\.gov|GDCquery|cases\.project",
        behind=rb"(?i)\baccess\b[^\n]{0,80}\n?[^\n]{0,80}$",
        source=GDC,
    ),
    Sign(
        name="gdc-words",
        system="GDC",
        id="gdc",
        face="lower",
        anchors=(
            b"gdc controlled",
            b"gdc-controlled",
            b"gdc_controlled",
            b"tcga controlled",
            b"tcga-controlled",
            b"tcga_controlled",
        ),
        pattern=rb"(?i)(?:gdc|tcga)[ _-]controlled(?![0-9a-z])",
        said=True,
        source=GDC,
    ),
    Sign(
        name="bdc-object",
        system="BioData Catalyst",
        id="biodata-catalyst",
        anchors=(b"drs://dg.4503",),
        pattern=rb"drs://dg\.4503[:/][0-9A-Za-z]",
        source=BDC,
    ),
    Sign(
        name="finngen-red",
        system="FinnGen",
        id="finngen",
        anchors=(b"finngen-production-library-red", b"/finngen/library-red", b"finngen_R"),
        pattern=rb"finngen-production-library-red|/finngen/library-red|finngen_R[0-9]{1,2}\.(?:bed|bim|fam|bgen|pgen|pvar|psam)\b",
        source=FINNGEN,
    ),
    Sign(
        name="mimic",
        system="MIMIC",
        id="mimic",
        anchors=(b"physionet.org/files/", b"physionet-data.", b"mimiciv/", b"mimiciii/"),
        pattern=rb"physionet(?:\.org/files/|-data\.)(?!mimic-?i[iv]{1,2}-?demo|mimic[a-z-]*demo)(?:mimic|eicu)[a-z_-]{0,30}"
        rb"|mimici(?:v|ii)/[0-9]\.[0-9]{1,2}/[a-z]",
        source=MIMIC,
    ),
)

RULES: tuple[Rule, ...] = tuple(
    Rule(name=f"data-use-{sign.name}", face=sign.face, anchors=sign.anchors, pattern=sign.pattern) for sign in SIGNS
)
