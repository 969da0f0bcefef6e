"""Which column of a study is an id of people, by its name; and whether rows under one that does not say are of a person each."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.views.health import clinicalwords, identitywords, profiles, words
from pytest_genomic_guard.views.health.columns import share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

_MOST = 400  # columns that are looked at
_ENOUGH = 0.6  # of the cells
_ROWS = 3
_AGED = listed("age mo months yr yrs y years dx onset inj injury implant surgery tx enrol enroll baseline bl scan sample op")
_SEXED = 4  # values
_SEXES = frozenset({"sex", "gender"})
_OLDEST = 1300  # months
_GIVEN = regex(r"\d{4,12}|[A-Za-z]{1,8}[-_.]?[A-Za-z0-9]{0,6}[-_.]?\d{3,9}|[0-9a-fA-F]{8,64}|\d{2,4}-\d{2,6}")
_YEAR = regex(r"(?:19|20)\d\d")
_FEW_KINDS = 6  # values of a grade, a stage, or of yes and no
# What a row stands for that is no person, and has figures about health
_PLACES = listed("""
zip postal post postcode plz fips state region district area country iso county city ward block tract lsoa msoa hospital site
clinic facility practice provider trust school year month week model run test task disease condition drug product term
concept code variable question study paper trial gene variant sample image file page order item sku class category group
cluster topic icd
""")
_PERSON = (
    r"(?:pat|pats|patient|patients|patienten|patientin|pasient|paciente|paziente|pacient|pt|ptnt|subj"
    r"|subject|subjects|sub|sbj|participant"
    r"|partic|part|participante|partecipante|prtcpnt|ppt|proband|probanden|person|individual|indiv"
    r"|volunteer|enrollee|client|donor|respondent"
    r"|response|resident|child|infant|mother|maternal|baby|newborn|neonate|woman|recipient|twin"
    r"|couple|kid|pupil|athlete|travell?er|veteran|soldier|inmate|eye|operation|teilnehmer|studienteilnehmer|deelnemer"
    r"|deltager|deltagare|deltaker|sujet"
    r"|sujeto|soggetto|potilas|fall|fallnummer|cas|caso|case|record|study|studie|studien|trial|screen|screening|scrn|enrol|enroll"
    r"|enrolment|enrollment|rand|randomisation|randomization|random|registry|registration|inclusion|hosp"
    r"|hospital|pseudo|pseudonym|anon"
    r"|deid|research|cohort|visit|encounter|admission|stay|icustay|dossier|crf|lop|lab)"
)
_NOUN = (
    r"(?:id|ids|identifier|identifiant|no|nr|nbr|num|number|nummer|numero|n|code|kode|kod|codigo|codice"
    r"|key|uid|uuid|guid|hash|ref|label|barcode|pseudonym|idx)"
)
_STRONG = regex(
    rf"(?:study|trial|site|unique|anon|deid|hashed|hash|id|bl|host)?{_PERSON}{{1,2}}{_NOUN}{{1,2}}|(?:num|nro|nr|cod){_PERSON}"
)
_BARE = listed("""
usubjid subjid subj sbj subject subjects patient patients pat pid ptid patid patno patnr pnr_pseudo proband participant
participants paciente paziente pasient deelnemer deltager deltagare deltaker sujet sujeto soggetto iid eid aln finngenid
pseudonym pseudo pseudoid lopnr lbnr caseno caserecord recordid record mrn patkey responseid respondentid studyid studynr
studienr studiennummer studienummer studieid idpaziente idpaciente numdossier screeningno screeningnr randno randnr kitno
kitnumber teilnehmer idnr idpat idpt idsubject idsubj idparticipant identifiantpatient patientenid pcode pcodeid ssid sid ppid
rid nsrrid ppt idno idstudy idnostudy upn mrd memid ident respnum codpaz codpac icustay hadm pno pxid px
""")
_SITE = regex(
    r"(?:site|hospital|clinic|facility|provider|centre|center|county|country|state|product|drug|lab)(?:id|no|nr|code|number)"
)
_LOOSE = listed(
    "barcode kit kitid uuid guid hash hashid hashedid token idcode code key sample sampleid specimen specimenid index id ids uid"
)
_UNNAMED = regex(r"(?:unnamed0?|index|rownames?|x|)")
_REGISTERS = (("diagnosis", 1.0), ("procedure", 1.0))
_CODED = listed("icd icd9 icd10 icd11 snomed meddra hpo omim orpha orphacode opcs opcs4 cpt hcpcs drg diagnosis diagnose organism")
_COUNTING = frozenset({"no", "nr", "num"})


def strength(name: str, plain: str, at: int) -> bool | None:
    """Return whether a name is that of an id of people: surely, perhaps, or (None) not."""
    if plain in _BARE or _STRONG.fullmatch(plain):
        return None if _SITE.fullmatch(plain) and plain not in _BARE else True
    told = words.named(name)
    if told.other in {"provider", "trade"}:
        return None
    if told.person == "id" or told.identity == "mrn":
        return True
    parts = words.split(name)
    if len(parts) > 1 and parts[-1] in _COUNTING and parts[0] not in _CODED and clinicalwords.spoken(parts[0]) in _REGISTERS:
        return True  # burn_no, ibd_nr: of a register
    if told.person == "weak-id" or plain in _LOOSE or (not at and _UNNAMED.fullmatch(plain)):
        return False
    return (
        False if not at and parts[-1:] and parts[-1] in {"id", "nr", "no", "code", "key"} and not _SITE.fullmatch(plain) else None
    )


def of_each(grid: Grid, at: int) -> bool:
    """Tell whether rows under an id without a word for people are of one each: ids as they are given out, and yes or no of each."""
    if _PLACES & frozenset(words.split(grid.header[at])):
        return False
    cells = grid.column(at)
    given = share(cells, _GIVEN.fullmatch) >= _ENOUGH and len(set(cells)) * 10 >= 9 * len(cells) >= 9 * _ROWS
    if not given or share(cells, _YEAR.fullmatch) >= _ENOUGH:
        return False
    kinds = [set(grid.column(n)) for n in range(min(grid.width, _MOST)) if n != at and clinicalwords.spoken(grid.header[n])[1] == 1]
    return any(1 < len(each) <= _FEW_KINDS and len(each) * 2 < len(cells) for each in kinds)


def trait(grid: Grid, at: int) -> bool:
    """Tell whether a column is of age or sex, or of when somebody was born."""
    told = words.named(grid.header[at])
    if told.person == "age":
        return share(grid.column(at), lambda cell: (profiles.number(cell) or -1) >= 0) >= _ENOUGH
    parts = words.split(grid.header[at])
    if len(parts) > 1 and not told.context and "age" in {parts[0], parts[-1], parts[-2]} and parts[-1] in _AGED:
        return share(grid.column(at), lambda cell: 0 <= (profiles.number(cell) or -1) < _OLDEST) >= _ENOUGH
    if parts[-1:] and parts[-1] in _SEXES and len(parts) > 1 and len(set(grid.column(at))) <= _SEXED:
        return True
    return told.person == "sex" or told.date == "birth" or grid.plain[at] in identitywords.BIRTH
