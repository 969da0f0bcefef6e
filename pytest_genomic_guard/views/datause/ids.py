"""The canonical id of a data set, from what a file, a card or the policy calls it, and which id covers which."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.datause.systems import CANCER_GENOME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_STUDY = regex(r"(?:dbgap[:/])?(phs\d{6})(?:\.v(\d{1,3})(?:\.p(\d{1,3})(?:\.c(\d{1,3}))?)?)?")
_BIOBANK = regex(r"(?:uk[ _-]?biobank|ukbb?)(?:[ :/#_-]{0,3}(?:rap|application|app)?[ :/#_-]{0,3}(\d{3,6}))?")
_EGA = regex(r"(?:ega[:/])?(ega[a-z]\d{11})")
_OF_US = regex(r"(?:all[ _-]?of[ _-]?us|aou)(?:[ _:/-].{0,60})?")
_TCGA = regex(r"tcga(?:[ _:-]?(?:controlled|protected)(?:[ _-](?:access|tier|data))?)?|(?:the.)?cancer.genome.atlas")
_ANVIL = regex(r"(?:anvil|terra)[:_/](.{1,100})")
_JGA = regex(r"(?:jga[:/])?(jga[ds]\d{6}(?:\d{5})?)")
_SYNAPSE = regex(r"syn\d{5,10}")
_HUM = regex(r"(?:nbdc[:/])?(hum0\d{3})(?:\.v(\d{1,3}))?")
_SHOWN = regex(
    r"phs\d{6}[.vpc\d]{0,20}|EGA[A-Z]\d{11}|JGA[DS]\d{6,11}|hum\d{4}[.v\d]{0,5}|syn\d{5,10}|uk-biobank(?::\d{3,6})?"
    r"|all-of-us|anvil(?::[A-Za-z0-9_-]{1,80})?|[a-z]{3,10}|biodata-catalyst"
)
_CONTROLLED = ("phs", "EGA", "JGA", "hum0", "uk-biobank", "all-of-us", "anvil", "gdc", "finngen", "mimic", "biodata-catalyst")
_WORDS = {
    "dbgap": "dbgap",
    "ega": "ega",
    "jga": "jga",
    "nbdc": "jga",
    "gdc": "gdc",
    "topmed": "topmed",
    "finngen": "finngen",
    "mimic": "mimic",
    "anvil": "anvil",
    "biodata-catalyst": "biodata-catalyst",
    "biodatacatalyst": "biodata-catalyst",
    "bdc": "biodata-catalyst",
}
# A name of a whole archive is answered for by any entry of that archive, of which the form of the id tells.
_ARCHIVES = {"dbgap": "phs", "topmed": "phs", "gdc": "phs", "biodata-catalyst": "phs", "anvil": "phs", "ega": "EGA", "jga": "JGA"}


_SYSTEMS = (
    *(("phs", "dbGaP"), ("dbgap", "dbGaP"), ("topmed", "dbGaP"), ("EGA", "EGA"), ("ega", "EGA"), ("JGA", "JGA"), ("jga", "JGA")),
    *(("hum0", "JGA"), ("uk-biobank", "UK Biobank"), ("all-of-us", "All of Us"), ("anvil", "AnVIL"), ("gdc", "GDC")),
    *(("biodata-catalyst", "BioData Catalyst"), ("finngen", "FinnGen"), ("mimic", "MIMIC"), ("syn", "Synapse")),
)


class Id(Record):
    """An id in its parts."""

    base: str  # without version, application or workspace
    part: str = ""  # of UK Biobank the application, of AnVIL the workspace
    version: tuple[int, ...] = ()  # of dbGaP: data and participants
    consent: int | None = None  # of dbGaP: the consent group
    known: bool = True  # it has the form of an archive that we look for

    @property
    def text(self) -> str:
        """Return the canonical text."""
        numbers = "".join(f".{letter}{number}" for letter, number in zip("vp", self.version, strict=False))
        consent = "" if self.consent is None else f".c{self.consent}"
        return f"{self.base}:{self.part}" if self.part else f"{self.base}{numbers}{consent}"


def parse(text: str) -> Id:
    """Return the parts of an id, as anybody writes it."""
    low = text.strip().lower()
    for form, make in _FORMS:
        found = form.fullmatch(low)
        if found:
            return make(found)
    word = re.split(r":|-(?=(?:iii|iv|cxr|ed)\b)", low)[0].replace("_", "-").replace(" ", "-")
    return Id(base=_WORDS[word]) if word in _WORDS else Id(base=low, known=False)


def _study(found: re.Match[str]) -> Id:
    numbers = tuple(int(each) for each in found.group(2, 3) if each)
    return Id(base=found[1], version=numbers, consent=int(found[4]) if found[4] else None)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Id]], ...] = (
    (_STUDY, _study),
    (_BIOBANK, lambda found: Id(base="uk-biobank", part=found[1] or "")),
    (_EGA, lambda found: Id(base=found[1].upper())),
    (_JGA, lambda found: Id(base=found[1].upper())),
    (_HUM, lambda found: Id(base=found[1], version=(int(found[2]),) if found[2] else ())),
    (_OF_US, lambda _found: Id(base="all-of-us")),
    (_TCGA, lambda _found: Id(base=CANCER_GENOME)),
    (_ANVIL, lambda found: Id(base="anvil", part=found[1].removeprefix("anvil_"))),
    (_SYNAPSE, lambda found: Id(base=found[0])),
)


def canonical(text: str) -> str:
    """Return the canonical text of an id."""
    return parse(text).text


def controlled(text: str) -> bool:
    """Tell whether an id is that of data under controlled access, by its form."""
    each = parse(text)
    return each.known and each.base.startswith(_CONTROLLED)


def numbered(text: str) -> bool:
    """Tell whether an id is an accession or an application, and not the name of a source."""
    each = parse(text)
    return each.known and any(letter.isdigit() for letter in each.base + each.part) and each.base != "anvil"


def system(text: str) -> str:
    """Return the archive of an id, as `systems` names it."""
    base = parse(text).base
    return next((name for start, name in _SYSTEMS if base.startswith(start)), "another archive")


def shown(text: str) -> str:
    """Return an id as a message may have it: public accessions and names of archives, and nothing that somebody made up."""
    each = parse(text)
    return each.text if each.known and _SHOWN.fullmatch(each.text) else ""


def covers(entry: str, named: str) -> bool:
    """Tell whether an entry is about what is named, whichever version that is: `newer` tells of those."""
    mine, other = parse(entry), parse(named)
    if mine.base != other.base:
        return other.base in _ARCHIVES and mine.known and not other.part and mine.base.startswith(_ARCHIVES[other.base])
    if mine.part and other.part and mine.part != other.part:
        return False
    return mine.consent is None or other.consent in {None, mine.consent}


def newer(entry: str, named: str) -> bool:
    """Tell whether what is named is a later version than the entry's."""
    mine, other = parse(entry).version, parse(named).version
    return bool(mine and other) and other[: len(mine)] > mine[: len(other)]
