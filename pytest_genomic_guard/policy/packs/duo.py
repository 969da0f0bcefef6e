"""The Data Use Ontology as rules: of each of its 25 codes what it means, and which declared use decides it.

The numbers, abbreviations and labels are those of `duo.csv`; what a code means is told in our words. How a code is held against a
use follows its definition there, and where that leaves a question open the matching that DUO's own README describes. Where neither
answers, nothing is decided, and the row says what a project has to declare so that it is.

A condition is one of: `key=a|b` (declared as one of these), `key=*` (declared), `-key` (not declared), `key=limit` (declared as the
entry's limit, or as a part of it, as `EU/DE` is of `EU`), `key!limit` (declared as something else than the limit that the entry
names), `today>until`, `today<=until`, `today>=from`, `published<from`, `published>=from` (dates), `without CC` (no such code).
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Rule = tuple[tuple[str, ...], ...]  # alternatives, each of conditions that hold together

SOURCE = "Data Use Ontology (EBISPOT/DUO), duo.csv"
MATCHING = "Data Use Ontology (EBISPOT/DUO), README, Research Purpose to Query"
CONSENT = "Dyke et al. 2016, Consent Codes (doi:10.1371/journal.pgen.1005772)"
DATE = "2022-09"  # of the snapshot that was read; the ontology itself has been as it is since 2021
LICENCE = "CC-BY-4.0"


class Term(Record):
    """A code of the ontology."""

    number: int
    short: str  # empty for the two classes
    label: str
    kind: Literal["permission", "modifier", "class"]
    means: str
    forbids: Rule = ()
    allows: Rule = ()  # `((),)`: whatever the use is
    asks: str = ""  # what would decide it where nothing does
    why: str = ""  # why no file can decide it without that
    source: str = SOURCE

    @property
    def id(self) -> str:
        """Return its id in the ontology."""
        return f"DUO:{self.number:07d}"


_CARE = ("clinical-care=true", "without CC")
_PURPOSE = "`use: purpose` of the entry"
_WHO = "a repository does not tell who uses the data"
_LIMIT = "the code names no {0}: the entry has to, and the use with it"


def _limited(what: str) -> str:
    return _LIMIT.format(what)


TERMS: tuple[Term, ...] = (
    Term(
        number=4,
        short="NRES",
        label="no restriction",
        kind="permission",
        means="any use is allowed",
        allows=((),),
    ),
    Term(
        number=42,
        short="GRU",
        label="general research use",
        kind="permission",
        means="research for any purpose is allowed, and care is no research",
        forbids=(_CARE,),
        allows=(("purpose=*",), ("disease=*",)),
        asks=_PURPOSE,
        why="without a purpose it is not told that the use is research",
    ),
    Term(
        number=6,
        short="HMB",
        label="health or medical or biomedical research",
        kind="permission",
        means="research on health, medicine and biomedicine is allowed, that on origins and ancestry is not",
        forbids=(("purpose=ancestry|general",), ("ancestry=true",), _CARE),
        allows=(("purpose=health|disease|methods|control",), ("-purpose", "disease=*")),
        asks=_PURPOSE,
        why="without a purpose it is not told that the use is biomedical",
        source=f"{SOURCE}; methods and controls: {MATCHING}",
    ),
    Term(
        number=7,
        short="DS",
        label="disease specific research",
        kind="permission",
        means="research that is related to the disease it names is allowed, and no other",
        forbids=(("purpose=general|ancestry",), ("purpose=health|control", "-disease"), ("disease!limit",), _CARE),
        allows=(("purpose=health|disease|methods|control", "disease=limit"), ("-purpose", "disease=limit")),
        asks="`use: purpose` and `use: disease`, beside `limits: disease` of the entry or a consent group such as DS-CA",
        why=_limited("disease"),
        source=f"{SOURCE}; controls: {MATCHING}",
    ),
    Term(
        number=11,
        short="POA",
        label="population origins or ancestry research only",
        kind="permission",
        means="the study of origins and ancestry is allowed, and nothing else",
        forbids=(("purpose=general|health|disease|methods|control",), _CARE),
        allows=(("purpose=ancestry",),),
        asks=_PURPOSE,
        why="without a purpose it is not told what is studied",
    ),
    Term(
        number=15,
        short="NMDS",
        label="no general methods research",
        kind="modifier",
        means="research that develops methods, such as software, algorithms and models, is not allowed",
        forbids=(("purpose=methods",), ("methods=true",)),
        allows=(("methods=false",),),
        asks="`use: methods` of the entry",
        why="whether a program or a model is the aim of the research or its tool stands in no file",
    ),
    Term(
        number=44,
        short="NPOA",
        label="population origins or ancestry research prohibited",
        kind="modifier",
        means="research on population, origin or ancestry is not allowed",
        forbids=(("purpose=ancestry",), ("ancestry=true",)),
        allows=(("ancestry=false",), ("purpose=health|disease|methods|control",)),
        asks="`use: ancestry` or `use: purpose` of the entry",
        why="ancestry is estimated in most studies, to adjust for it and to study it",
    ),
    Term(
        number=16,
        short="GSO",
        label="genetic studies only",
        kind="modifier",
        means="studies of genotypes are allowed, with or without phenotypes, those of phenotypes alone are not",
        forbids=(("genetic=false",),),
        allows=(("genetic=true",),),
        asks="`use: genetic` of the entry",
        why="which of the data a study uses stands in no file",
    ),
    Term(
        number=46,
        short="NCU",
        label="non-commercial use only",
        kind="modifier",
        means="use for profit is not allowed",
        forbids=(("commercial=true",),),
        allows=(("commercial=false",),),
        asks="`use: commercial` of the entry",
        why="for what a program or a model will be used stands in no file",
    ),
    Term(
        number=45,
        short="NPU",
        label="not for profit organisation use only",
        kind="modifier",
        means="use by an organisation for profit is not allowed, and a commercial use counts as one unless `for-profit` denies it",
        forbids=(("for-profit=true",), ("commercial=true", "-for-profit")),
        allows=(("for-profit=false", "commercial=false"), ("for-profit=false", "-commercial")),
        asks="`use: for-profit` of the entry; a commercial use by others than a firm is a question for the committee",
        why=_WHO,
    ),
    Term(
        number=18,
        short="NPUNCU",
        label="not for profit, non commercial use only",
        kind="modifier",
        means="neither use by an organisation for profit nor use for profit is allowed",
        forbids=(("for-profit=true",), ("commercial=true",)),
        allows=(("for-profit=false", "commercial=false"),),
        asks="`use: for-profit` and `use: commercial` of the entry",
        why=_WHO,
    ),
    Term(
        number=21,
        short="IRB",
        label="ethics approval required",
        kind="modifier",
        means="who uses the data has to document the approval of an ethics committee",
        forbids=(("irb=false",),),
        allows=(("irb=true",),),
        asks="`irb` of the entry: the number of the approval",
        why="no approval is declared",
    ),
    Term(
        number=20,
        short="COL",
        label="collaboration required",
        kind="modifier",
        means="who uses the data has to agree to work with those who made the study",
        forbids=(("collaboration=false",),),
        allows=(("collaboration=true",),),
        asks="`use: collaboration` of the entry",
        why="an agreement with the study's investigators stands in no file",
    ),
    Term(
        number=19,
        short="PUB",
        label="publication required",
        kind="modifier",
        means="results have to be made available to the scientific community",
        forbids=(("publication=false",),),
        allows=(("publication=true",),),
        asks="`use: publication` of the entry",
        why="what will be published stands in no file",
    ),
    Term(
        number=24,
        short="MOR",
        label="publication moratorium",
        kind="modifier",
        means="results are not published before a day",
        forbids=(("published<from",),),
        allows=(("today>=from",), ("published>=from",), ("publication=false",)),
        asks="`limits: publish-from` of the entry, and `use: published`, the day on which results are published",
        why="the code names no day, and the day of publication stands in no file",
    ),
    Term(
        number=25,
        short="TS",
        label="time limit on use",
        kind="modifier",
        means="use is approved for some months, and ends with them",
        forbids=(("today>until",),),
        allows=(("today<=until",),),
        asks="`limits: until` or `closes` of the entry",
        why="the code names no day, and from when its months count is in the approval",
    ),
    Term(
        number=26,
        short="US",
        label="user specific restriction",
        kind="modifier",
        means="use by approved people is allowed",
        forbids=(("approved-users=false",),),
        allows=(("approved-users=true",),),
        asks="`use: approved-users` of the entry",
        why=_WHO,
    ),
    Term(
        number=27,
        short="PS",
        label="project specific restriction",
        kind="modifier",
        means="use within an approved project is allowed",
        forbids=(("approved-project=false",),),
        allows=(("approved-project=true",),),
        asks="`use: approved-project` of the entry",
        why="whether this is the project that was approved stands in no file",
    ),
    Term(
        number=28,
        short="IS",
        label="institution specific restriction",
        kind="modifier",
        means="use within an approved institution is allowed",
        forbids=(("approved-institution=false",), ("institution!limit",)),
        allows=(("approved-institution=true",), ("institution=limit",)),
        asks="`use: approved-institution`, or `use: institution` beside `limits: institution` of the entry",
        why=_WHO,
    ),
    Term(
        number=22,
        short="GS",
        label="geographical restriction",
        kind="modifier",
        means="use within a region is allowed",
        forbids=(("region!limit",),),
        allows=(("region=limit",),),
        asks="`use: region`, such as EU/DE, beside `limits: region` of the entry",
        why=_limited("region"),
    ),
    Term(
        number=29,
        short="RTN",
        label="return to database or resource",
        kind="modifier",
        means="data that are derived have to be returned to the resource",
        forbids=(("return=false",),),
        allows=(("return=true",),),
        asks="`use: return` of the entry",
        why="what was returned to the resource stands in no file",
    ),
    Term(
        number=43,
        short="CC",
        label="clinical care use",
        kind="modifier",
        means="use for clinical care is allowed beside research",
        allows=((),),
    ),
    Term(
        number=12,
        short="RS",
        label="research specific restrictions",
        kind="modifier",
        means="studies of one type of research are allowed",
        forbids=(("research!limit",),),
        allows=(("research=limit",),),
        asks="`use: research` beside `limits: research` of the entry",
        why=_limited("type of research"),
        source=f"{SOURCE}; types of it: {CONSENT}",
    ),
    Term(
        number=1,
        short="",
        label="data use permission",
        kind="class",
        means="the class of the permissions; by itself it allows nothing",
        asks="the code of the permission that was meant",
        why="it is a class of codes and says of no use whether it is allowed",
    ),
    Term(
        number=17,
        short="",
        label="data use modifier",
        kind="class",
        means="the class of the modifiers; by itself it asks nothing",
        asks="the code of the modifier that was meant",
        why="it is a class of codes and says of no use whether it is allowed",
    ),
)
BY_NAME: dict[str, Term] = {name: term for term in TERMS for name in (term.id, term.short) if name}
# In what dbGaP writes of a consent group MDS says that the development of methods is included. It is no NMDS.
PERMITTED = frozenset({"MDS"})
