"""Data sets on health that everybody may have, by the names of their columns and their number of rows.

Where each is from, under which licence and as of when, stands in `policy.packs.open_sets`, under the same names. A line is: name |
rows at most | columns; one that begins with a blank goes on. All columns have to be there, and few others; no capitals, no signs.
"""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import openrows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

_SETS = """
Wisconsin breast cancer, diagnostic | 569 | radiusmean texturemean perimetermean areamean smoothnessmean compactnessmean
Wisconsin breast cancer, diagnostic | 569 | meanradius meantexture meanperimeter meanarea meansmoothness meancompactness
Wisconsin breast cancer, original | 699 | clumpthickness uniformityofcellsize uniformityofcellshape marginaladhesion
 barenuclei mitoses
Wisconsin breast cancer, original | 699 | clumpthickness cellsizeuniformity cellshapeuniformity marginaladhesion mitoses
Wisconsin breast cancer, original | 699 | id v1 v2 v3 v4 v5 v6 v7 v8 v9 class
Coimbra breast cancer | 116 | age bmi glucose insulin homa leptin adiponectin resistin mcp1
Haberman survival | 306 | age operationyear axillarynodes survival
Pima Indians diabetes | 2000 | pregnancies glucose bloodpressure skinthickness insulin bmi diabetespedigreefunction age
Pima Indians diabetes | 768 | preg plas pres skin test mass pedi age class
Pima Indians diabetes | 768 | npreg glu bp skin bmi ped age type
Pima Indians diabetes | 768 | pregnant glucose pressure triceps insulin mass pedigree age diabetes
Cleveland heart disease | 1025 | age sex cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal
Cleveland heart disease | 920 | age sex cp trestbps chol fbs restecg thalch exang oldpeak slope ca thal num
Cleveland heart disease | 920 | age sex chestpain restbp chol fbs restecg maxhr exang oldpeak slope ca thal
Statlog heart disease | 1190 | age sex chestpaintype restingbps cholesterol fastingbloodsugar restingecg maxheartrate
 exerciseangina oldpeak stslope
Heart failure prediction | 918 | age sex chestpaintype restingbp cholesterol fastingbs restingecg maxhr exerciseangina oldpeak
 stslope
Heart failure clinical records | 5000 | age anaemia creatininephosphokinase diabetes ejectionfraction highbloodpressure
 platelets serumcreatinine serumsodium
Framingham teaching data | 4240 | age currentsmoker cigsperday bpmeds prevalentstroke prevalenthyp diabetes totchol sysbp
 diabp bmi heartrate tenyearchd
Framingham teaching data | 11627 | randid sex totchol age sysbp diabp cursmoke cigpday bmi diabetes bpmeds heartrte
Stroke prediction | 5110 | gender age hypertension heartdisease evermarried worktype residencetype avgglucoselevel bmi
 smokingstatus stroke
Diabetes 130 hospitals | 101766 | encounterid patientnbr race gender age admissiontypeid timeinhospital numlabprocedures
 numprocedures nummedications
Diabetes 130 hospitals | 101766 | race gender age admissiontypeid dischargedispositionid admissionsourceid timeinhospital
 numlabprocedures a1cresult
Diabetes of Efron | 442 | age sex bmi bp s1 s2 s3 s4 s5 s6
Diabetes prediction | 100000 | gender age hypertension heartdisease smokinghistory bmi hba1clevel bloodglucoselevel diabetes
Diabetes of Iraq | 1000 | nopation gender age urea cr hba1c chol tg hdl ldl vldl bmi class
Early diabetes risk | 520 | age gender polyuria polydipsia suddenweightloss weakness polyphagia genitalthrush visualblurring
 class
Cardiovascular examination | 70000 | age gender height weight aphi aplo cholesterol gluc smoke alco active cardio
Indian liver patients | 583 | age gender totalbilirubin directbilirubin alkalinephosphotase alamineaminotransferase
 aspartateaminotransferase
Indian liver patients | 583 | age gender tb db alkphos sgpt sgot tp alb agratio
Hepatitis C of the UCI archive | 615 | category age sex alb alp alt ast bil che chol crea ggt prot
Hepatitis of the UCI archive | 155 | age sex steroid antivirals fatigue malaise anorexia liverbig liverfirm spleenpalpable
 spiders ascites varices
Chronic kidney disease of the UCI archive | 400 | age bp sg al su rbc pc pcc ba bgr bu sc sod pot hemo
Thyroid disease of the UCI archive | 9172 | age sex onthyroxine queryonthyroxine onantithyroidmedication sick pregnant
 thyroidsurgery
Thyroid cancer recurrence | 383 | age gender smoking hxsmoking hxradiothreapy thyroidfunction adenopathy pathology recurred
Parkinsons of the UCI archive | 195 | name mdvpfohz mdvpfhihz mdvpflohz status rpde dfa spread1 spread2 d2 ppe
Parkinsons telemonitoring | 5875 | subject age sex testtime motorupdrs totalupdrs nhr hnr rpde dfa ppe
Cervical cancer risk | 858 | age numberofsexualpartners firstsexualintercourse numofpregnancies smokes stdsnumber dxcancer
Lung cancer survey | 3000 | gender age smoking yellowfingers anxiety peerpressure chronicdisease fatigue allergy wheezing
Medical cost | 2772 | age sex bmi children smoker region charges
Obesity levels | 2111 | gender age height weight familyhistorywithoverweight favc fcvc ncp caec smoke ch2o scc faf tue calc
 mtrans
Sleep health | 400 | personid gender age occupation sleepduration qualityofsleep physicalactivitylevel stresslevel bmicategory
 bloodpressure
Medical appointments | 110527 | patientid appointmentid gender scheduledday appointmentday age neighbourhood scholarship
 hipertension diabetes
Alzheimer's disease of R. El Kharoua | 2149 | patientid age gender ethnicity educationlevel bmi smoking alcoholconsumption
 doctorincharge diagnosis
Healthcare data set of P. Patil | 55500 | name age gender bloodtype medicalcondition dateofadmission doctor hospital
 insuranceprovider billingamount roomnumber
Behavioral Risk Factor Surveillance System | 450000 | heartdisease bmi smoking alcoholdrinking stroke physicalhealth
 mentalhealth diffwalking
Behavioral Risk Factor Surveillance System | 450000 | highbp highchol cholcheck bmi smoker stroke heartdiseaseorattack
 physactivity
Behavioral Risk Factor Surveillance System | 600000 | state fmonth idate imonth iday iyear dispcode seqno psu
National Health and Nutrition Examination Survey | 120000 | seqn *
National Health and Nutrition Examination Survey | 20293 | id surveyyr gender age agedecade race1
survival: lung | 228 | inst time status age sex phecog phkarno patkarno mealcal wtloss
survival: lung | 228 | time status age sex phecog phkarno patkarno
survival: veteran | 137 | trt celltype time status karno diagtime age prior
survival: pbc | 1945 | time status trt age sex ascites hepato spiders edema bili chol albumin
survival: pbc | 1945 | ndays status drug age sex ascites hepatomegaly spiders edema bilirubin cholesterol albumin
survival: pbc | 1945 | id futime status trt age sex day ascites hepato spiders edema bili chol albumin
survival: mgus | 241 | id age sex dxyr pcdx pctime futime death alb creat hgb mspike
survival: mgus | 305 | id age sex dxyr pcdx alb creat hgb mspike stop status event start enum
survival: heart | 103 | birthdt acceptdt txdate fudate fustat surgery age futime waittime transplant mismatch mscore reject
survival: ovarian | 26 | futime fustat age residds rx ecogps
survival: colon | 1858 | id study rx sex age obstruct perfor adhere nodes status differ extent surg node4 time etype
survival: gbsg | 686 | pid age meno size grade nodes pgr er hormon rfstime status
survival: rotterdam | 2982 | pid year age meno size grade nodes pgr er hormon chemo rtime recur dtime death
survival: flchain | 7874 | age sex sampleyr kappa lambda flcgrp creatinine mgus futime death
survival: heart | 172 | start stop event age year surgery transplant id
survival: kidney | 76 | id time status age sex disease frail
survival: diabetic | 394 | id laser age eye trt risk time status
survival: retinopathy | 394 | id laser eye age type trt futime status risk
survival: mgus | 1384 | id age sex hgb creat mspike ptime pstat futime death
survival: nafld | 17566 | id age male weight height bmi caseid futime status
survival: bladder | 340 | id rx number size stop event enum
survival: cgd | 203 | id center random treat sex age height weight inherit steroids propylac
survival: nwtco | 4028 | seqno instit histol stage study rel edrel age
survival: myeloid | 646 | id trt sex futime death txtime crtime rltime
GBSG2 | 686 | horth age menostat tsize tgrade pnodes progrec estrec time cens
Worcester heart attack study | 500 | afb age av3 bmi chf cvd diasbp gender hr los
AIDS clinical trial 320 | 1151 | age cd4 hemophil ivdrug karnof priorzdv raceth sex strat2 tx
AIDS clinical trial 175 | 2139 | pidnum cid time trt age wtkg hemo homo drugs karnof
SUPPORT | 9105 | age death sex hospdead slos dtime dzgroup dzclass numco
lifelines: larynx | 90 | time age death stageii stageiii stageiv
lifelines: Stanford heart transplants | 172 | start stop event age year surgery transplant id
METABRIC of pycox | 1904 | x0 x1 x2 x3 x4 x5 x6 x7 x8 duration event
MASS: birthwt | 189 | low age lwt race smoke ptl ht ui ftv bwt
Melanoma of R | 205 | time status sex age year thickness ulcer
Open line list of COVID-19 cases | 3000000 | id age sex city province country datesymptoms
Open line list of COVID-19 cases | 3000000 | id age sex city province country dateonsetsymptoms
Open line list of COVID-19 cases | 6000 | patientid sex age country province city infectioncase infectedby contactnumber
 symptomonsetdate confirmeddate
Open line list of COVID-19 cases | 2000000 | usmer medicalunit sex patienttype datedied intubed pneumonia age
Open line list of COVID-19 cases | 99999999 | cdcreportdt currentstatus sex agegroup hospyn icuyn deathyn medcondyn
PhysioNet challenge 2019 | 99999999 | hr o2sat temp sbp map dbp resp sepsislabel
ABIDE | 2200 | siteid subid dxgroup dsmivtr ageatscan sex
OASIS | 500 | subjectid mriid group visit mrdelay mf hand age educ ses mmse cdr
OASIS | 500 | id mf hand age educ ses mmse cdr etiv nwbv asf
Synthea | 99999999 | start stop patient encounter code description
Synthea | 99999999 | date patient encounter code description value units
Synthea | 99999999 | date patient encounter code description
Synthea | 99999999 | id start stop patient encounter code description
Synthea | 99999999 | id start stop patient organization provider payer encounterclass code description
Synthea | 99999999 | id patient encounter date modalitycode sopcode
Synthea | 99999999 | id date patient encounter modalitycode sopcode
Synthea | 99999999 | patient memberid startyear endyear payer secondarypayer
Synthea | 99999999 | id patientid providerid primarypatientinsuranceid secondarypatientinsuranceid departmentid
Synthea | 99999999 | id claimid chargeid patientid type amount method
Medicare synthetic files (DE-SynPUF) | 99999999 | desynpufid *
"""
TCGA = "The Cancer Genome Atlas, by patient"
# ids by which a table is of an open resource whatever else it holds: plain names, form, name of the resource
_FORMS = (
    (("bcrpatientbarcode", "casesubmitterid", "patientid", "submitterid", "sampleid", "casessubmitterid", "patientbarcode",
      "tcgabarcode"),
     r"TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}(?:-\w{2,30})*", TCGA),
    (("patientid", "sampleid"), r"MB-\d{4}", "METABRIC of cBioPortal"),
    (("casesubmitterid", "casessubmitterid", "submitterid"),
     r"(?:TARGET-\d\d-[A-Z0-9]{6}|C3[LN]-\d{5}|\d{2}CO\d{3}|\d{2}BR\d{3})", "Genomic Data Commons, clinical"),
    (("geoaccession",), r"GSM\d{3,9}", "Gene Expression Omnibus, samples"),
    (("usubjid", "subjid"), r"01-70[1-9]-1\d{3}|01-71\d-1\d{3}|CDISC(?:PILOT)?01-.{1,20}", "CDISC pilot study"),
    (("studyid",), r"STUDYX|STUDY01|ABC|XYZ|GT01|TEST\d{0,3}|CDISC(?:PILOT)?01|EXAMPLE\w{0,4}", "CDISC example study"),
    (("usubjid",), r"(?:ABC|XYZ|STUDYX|XYZ123)-\d{3,5}|GT\d{4}", "CDISC example study"),
    (("usubjid",), r"AB12345-[A-Z]{3}-\d{1,3}-id-\d{1,5}", "random.cdisc.data: invented studies"),
)  # fmt: skip
# The pilot study again, as packages shorten it in examples
_PILOT = (("studyid", regex("PILOT01")), ("usubjid", regex(r"\d\d-1[0-5]\d\d")))
# What a clinical table of TCGA has by patient, and a list of samples with labels for a model has not: plain names and ends of names
_CLINICAL = (
    "vitalstatus", "daystodeath", "daystolastfollowup", "daystolastcontact", "daystobirth", "ageatdiagnosis", "ageatindex",
    "ageatinitialpathologicdiagnosis", "gender", "sex", "race", "ethnicity", "primarydiagnosis", "tumorstage", "pathologicstage",
    "ajccpathologicstage", "ajccpathologict", "clinicalstage", "tumorgrade", "histologicaltype", "siteofresectionorbiopsy",
    "tissueororganoforigin", "yearofdiagnosis", "yearofdeath", "priormalignancy", "treatmenttype", "radiationtherapy",
    "tobaccosmokinghistory", "neoplasmhistologicgrade", "newtumoreventtype", "ajccpathologictumorstage", "osstatus", "dfsstatus",
)  # fmt: skip
_CLINICAL_LEAST = 3
_OTHERS = 8  # columns that a copy may have besides: an index, a split, a prediction
_SHARE = 0.9
_FEW, _OF_MANY = 4, 4  # columns that tell a set; of how many a set can have, those that are listed are one
_DEMO = regex(rb"(?i:demo)")
# Ranges of subject ids of the open demonstrations, and their number of patients (eICU: unit stays).
_DEMOS = (
    ("MIMIC-IV demo", ("subjectid",), 10_000_032, 10_040_025, 100),
    ("MIMIC-III demo", ("subjectid",), 10_006, 44_228, 100),
    ("eICU demo", ("patientunitstayid",), 141_764, 3_353_251, 2_520),
)
_STAYS = (("hadmid", 100, 1_000), ("stayid", 100, 1_000), ("icustayid", 100, 1_000))
_HASH, _HASHED = regex(r"-?\d{16,19}"), 0.8
_MOVED = regex(r"2(?:0[89]|1\d|20)\d-.{5,30}")
_READ = 1 << 21  # cells of a column in which ids are counted


class Open(Record):
    """One data set."""

    name: str
    rows: int
    columns: frozenset[str]


def _made(text: str) -> tuple[Open, ...]:
    rows = (line.split(" | ") for line in text.replace("\n ", " ").splitlines())
    return tuple(Open(name=name, rows=int(most), columns=frozenset(columns.split())) for name, most, columns in rows)


SETS = _made(f"{_SETS.strip()}\n{openrows.SETS.strip()}")
_PEOPLED = _made(openrows.PEOPLED.strip())
_INDEX = frozenset({"", "index", "rownames", "unnamed0", "x"})
NAMES = tuple(
    dict.fromkeys(
        (*(each.name for each in (*SETS, *_PEOPLED)), *(name for _ids, _form, name in _FORMS), *(each[0] for each in _DEMOS))
    )
)


def _told_by() -> dict[str, list[int]]:
    """Return the numbers of the sets by a column that each must have: the one that the fewest have."""
    many = Counter(column for each in SETS for column in each.columns)
    found: dict[str, list[int]] = {}
    for number, each in enumerate(SETS):
        found.setdefault(min(each.columns - {"*"}, key=lambda column: (many[column], column)), []).append(number)
    return found


_TELLING = _told_by()
_FORMED = frozenset(name for names, _form, _name in _FORMS for name in names)
_COMPILED = tuple((frozenset(names), regex(form), name) for names, form, name in _FORMS)


def named(grid: Grid) -> str:
    """Return the name of the open data set that a table is, or is cut out of; nothing for any other."""
    plain = grid.known
    for number in sorted(number for column in plain.intersection(_TELLING) for number in _TELLING[column]):
        each = SETS[number]
        star = "*" in each.columns
        wanted = each.columns - {"*"}
        widest = max(len(wanted) + _OTHERS, _OF_MANY * len(wanted) if len(wanted) > _FEW else 0)
        fits = wanted <= plain and (star or _FEW <= len(wanted) <= grid.width <= widest)
        if fits and (not grid.values or grid.count() <= each.rows):
            return each.name
    there = [(at, grid.plain[at]) for at in grid.among(_FORMED)]
    for names, form, name in _COMPILED:
        for at, column in there:
            if column in names and grid.values and grid.mostly(at, form.fullmatch, _SHARE):
                return name
    if any(column not in plain for column, _form in _PILOT):
        return ""
    pilot = [(grid.find(column), form) for column, form in _PILOT]
    return "CDISC pilot study" if all(at is not None and grid.mostly(at, form.fullmatch, _SHARE) for at, form in pilot) else ""


def peopled(grid: Grid) -> str:
    """Return the name of an open data set with names of people, where a table has its columns, all of them and no other."""
    plain = grid.known
    there = (each for each in _PEOPLED if each.columns <= plain and plain - each.columns <= _INDEX)
    return next((each.name for each in there if grid.count() <= each.rows), "")


def clinical(grid: Grid) -> bool:
    """Tell whether a table by patients says of them what a clinical record does."""
    return sum(1 for at, name in enumerate(grid.plain[:400]) if name.endswith(_CLINICAL) and grid.column(at)) >= _CLINICAL_LEAST


def demo(grid: Grid, *, restricted: bool) -> str:
    """Return the name of the open demonstration of a restricted data set, where the folder says so and its ids are of it.

    Of one in another model, the ids of the source are enough, as no other range of them is a demonstration's.
    """
    table = grid.table
    source = grid.find("personsourcevalue", "subjectsourcevalue")
    if not restricted:
        return "MIMIC-IV demo" if (source is not None and _within(grid, source, *_DEMOS[0][2:])) or _shifted(grid) else ""
    if not _DEMO.search(table.artifact.path) or not grid.values:
        return ""
    for name, columns, least, most, many in _DEMOS:
        at = grid.find(*columns)
        if at is None:
            continue
        if _within(grid, at, least, most, many):
            return name
    at = grid.find("hadmid", "stayid", "icustayid", "icuid")
    if at is not None and grid.find("subjectid") is None and len(set(grid.names(at, _READ))) <= _STAYS[0][2]:
        return "MIMIC-IV demo"
    return ""


def _within(grid: Grid, at: int, least: int, most: int, many: int) -> bool:
    """Tell whether a column has no more than so many different numbers, all in a range."""
    seen: set[bytes] = set()
    for cell in grid.names(at, _READ):
        seen.add(cell.removesuffix(b".0"))
        if len(seen) > many:
            return False
    return bool(seen) and all(cell.isdigit() and len(cell) < 12 and least <= int(cell) <= most for cell in seen)


def _shifted(grid: Grid) -> bool:
    """Tell whether rows are of the demonstration in the OMOP model.

    Its ids are hashes of 64 bits with a sign, of no more people than it has, and its dates were moved beyond this century.
    """
    person = grid.find("personid")
    if person is None or not grid.mostly(person, _HASH.fullmatch, _HASHED):
        return False
    dates = [at for at, name in enumerate(grid.plain) if name.endswith(("date", "datetime"))][:6]
    moved = any(grid.mostly(at, _MOVED.fullmatch, _SHARE) for at in dates)
    signed = moved and any(cell[0] == "-" for cell in grid.column(person))
    return signed and len(set(grid.names(person, _READ))) <= _DEMOS[0][4]
