"""Columns of clinical codes and measures that need no name: a check digit, or a form that no other trade has, tells them.

ICD-10-CM and ICD-10-GM, ICD-O-3, LOINC, SNOMED CT, ATC, NDC, units of laboratories, blood pressures; and, as forms that other codes
have too, ICD-9, ICD-10 without its dot, CPT, HCPCS and CDT.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import luhn, words
from pytest_genomic_guard.identifiers.sums import verhoeff
from pytest_genomic_guard.views.health.columns import mostly, share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

SURE = 0.8  # of the cells
_DOTTED = regex(r"[A-TV-Z][0-9][0-9AB]\.[0-9A-Z]{1,4}[*+†!GVZLRB]{0,2}")
_CATEGORY = regex(r"[A-TV-Z][0-9][0-9AB]")
_UNDOTTED = regex(r"[A-TV-Z][0-9][0-9AB](?:[0-9][0-9A-Z]{0,2}|[0-9X]{1,3}[ADS])?")
_ICD_9 = regex(r"(?:[0-9]{3}|V[0-9]{2})(?:\.[0-9]{1,2})?|E[89][0-9]{2}(?:\.[0-9])?")
_LOINC = regex(r"([0-9]{1,5})-([0-9])")
_ATC = regex(r"[ABCDGHJLMNPRSV][01][0-9][A-Z]{2}[0-9]{2}")
_NDC = regex(r"[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}")
_SNOMED = regex(r"[1-9][0-9]{2,14}[01]0[0-9]")
_MORPHOLOGY = regex(r"[89][0-9]{3}/[0123689]")
_PROCEDURE = regex(r"99[2-4][0-9]{2}|[0-9]{4}[FTU]|[A-EGHJ-MP-V][0-9]{4}")
_PRESSURE = regex(r"(1?[0-9]{2}|2[0-6][0-9])\s?/\s?(1?[0-9]{2})(?:\s?mm\s?Hg)?")
_UDI = regex(r"\(01\)[0-9]{14}.{0,80}")
_UNITS = words("""
mg/dl g/dl g/l mmol/l umol/l µmol/l μmol/l nmol/l pmol/l meq/l mval/l u/l iu/l iu/ml miu/l miu/ml uiu/ml µiu/ml ng/ml ng/dl ng/l
pg/ml ug/dl µg/dl μg/dl ug/l µg/l μg/l mg/l ml/min ml/min/1.73m2 ml/min/1.73 k/ul m/ul 10*3/ul 10^3/ul 10*6/ul 10^6/ul 10*9/l 10^9/l
10*12/l 10e9/l 10e3/ul x10^9/l x10e9/l cells/ul /ul /hpf fl mmhg mm/h mm/hr bpm mosm/kg mmol/mol sec inr mg/g mcg/dl mcg/l kpa
""")
_LOOSE = words("% ratio units pg s g kg cm °c c f °f count index")


def _loinc(text: str) -> bool:
    found = _LOINC.fullmatch(text)
    return found is not None and luhn(found[1] + found[2])


def _snomed(text: str) -> bool:
    return _SNOMED.fullmatch(text) is not None and verhoeff(text)


def _pressure(text: str) -> bool:
    found = _PRESSURE.fullmatch(text)
    return found is not None and int(found[1]) >= 60 and 30 <= int(found[2]) < int(found[1])


def dotted(text: str) -> bool:
    """Tell whether a cell is a code of ICD-10 with its dot."""
    return _DOTTED.fullmatch(text) is not None


def _unit(text: str) -> bool:
    return text.lower() in _UNITS


def _units(cells: Counter[str]) -> bool:
    if not mostly(cells, _unit, 0.4):
        return False
    return share(cells, _unit) + share(cells, lambda cell: cell.lower() in _LOOSE) >= SURE


def _diagnoses(cells: Counter[str]) -> bool:
    """Tell whether cells are codes of ICD-10: some of them with the dot, the others categories of three places."""
    return mostly(cells, dotted, 0.2) and share(cells, dotted) + share(cells, _CATEGORY.fullmatch) >= 0.9


_FIRM: tuple[tuple[Callable[[Counter[str]], bool], str], ...] = (
    (lambda cells: _diagnoses(cells) or mostly(cells, _MORPHOLOGY.fullmatch, SURE), "diagnosis"),
    (lambda cells: mostly(cells, _loinc, SURE) or _units(cells), "laboratory result"),
    (lambda cells: mostly(cells, _pressure, SURE), "vital signs"),
    (lambda cells: mostly(cells, _ATC.fullmatch, SURE) or mostly(cells, _NDC.fullmatch, SURE), "medication"),
    (lambda cells: mostly(cells, _snomed, SURE), "diagnosis"),
    (lambda cells: mostly(cells, _UDI.fullmatch, SURE), "procedure"),
)


def firm(cells: Counter[str]) -> str:
    """Return what of health a column holds whose cells are like nothing else, or ""."""
    if max(map(len, cells), default=0) > 100:
        return ""
    return next((context for test, context in _FIRM if test(cells)), "")


def soft(cells: Counter[str]) -> str:
    """Return what of health a column may hold whose cells have a form that other codes have, too; "" for none."""
    if max(map(len, cells), default=0) > 8:
        return ""
    if mostly(cells, _UNDOTTED.fullmatch, 0.9):
        return "diagnosis" if len(set(map(len, cells))) > 1 else ""
    if mostly(cells, _ICD_9.fullmatch, 0.9):
        forms = {len(cell.partition(".")[2]) for cell in cells}  # prices have two places each
        lettered = any(cell[0] in "VE" for cell in cells)
        return "diagnosis" if lettered or (len(forms) > 1 and len(cells) < cells.total()) else ""
    return "procedure" if mostly(cells, _PROCEDURE.fullmatch, SURE) else ""
