"""What a cell says of somebody's health whatever its column is called: an ailment, a drug, a finding, in words or as a code."""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

from itertools import pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.views.health import notecontext, profiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 120  # characters of a cell that is a value, and no prose
_CODE = regex(r"[A-TV-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?[*+†!]?")
_WORD = regex(r"[^\W_]+")
_BEGINS = """
hypertens hipertens ipertens diabet asthm cancer cáncer krebs carcinom karzinom pneumon infarct infarkt infarto
depress depres allerg alerg bronchi thromb tromb embol arthr artrit leuk lymphom melanom epilep schizo psychos psychot
alzheim parkinson fibrill migrain migräne obes adipos hyperlip cholest hypothyr dement hemorrh haemorrh malign metasta
syndrom síndrom anemi anaemi dyspn insuffic insufic suicid chemother radiother antibiot antiretrov tubercul tuberkul
hepatit gonorr chlamyd syphil prosth spirom audiogr toxicol
"""
_STARTS = tuple(_BEGINS.split())
_ENDS = (
    "itis",
    "osis",
    "emia",
    "aemia",
    "ectomy",
    "otomy",
    "oscopy",
    "plasty",
    "algia",
    "uria",
    "pnea",
    "pnoea",
    "plegia",
    "pathy",
)
_LEAST = 7  # letters of a word that is told by its end
# Words of ailments, of states of health, and of what staff write for them. No word here is one of another trade.
_AILMENTS = listed("""
hiv aids hcv hbv hpv hsv rsv tb sti std uti urti copd ckd esrd chf cad afib svt htn dm t1dm t2dm dmt1 dmt2 gerd ibs
ibd adhd ptsd ocd asd mdd gad nstemi stemi dvt pe mci als cystitis gonorrhea gonorrhoea chlamydia syphilis
trichomoniasis herpes warts measles mumps rubella pertussis varicella shingles dengue typhoid malaria cholera ebola
mpox zika lyme mrsa caries pulpitis gingivitis periodontitis periodontal edentulous bruxism myopia hyperopia
astigmatism amblyopia presbyopia cataract cataracts glaucoma keratoconus strabismus tinnitus deafness otitis
presbycusis scoliosis sciatica spondylosis stenosis herniation tendinopathy tendonitis bursitis whiplash gout lupus
eczema psoriasis rosacea acne urticaria anaphylaxis celiac coeliac crohn crohns colitis hepatitis cirrhosis
pancreatitis gallstones reflux constipation incontinence prostatitis endometriosis pcos infertility miscarriage
preeclampsia menopause anorexia bulimia insomnia narcolepsy apnea apnoea autism autistic aphasia stutter dyslexia
epilepsy seizure seizures migraine neuropathy dementia alzheimer alzheimers parkinson parkinsons huntington sclerosis
stroke tia palsy hydrocephalus concussion tbi anxiety depression depressed suicidal psychosis psychotic schizophrenia
bipolar overdose withdrawal intoxication opioid opioids opiate opiates heroin cocaine methamphetamine fentanyl thc
benzodiazepines alcoholism diabetes diabetic prediabetes hypertension hypertensive hypotension asthma emphysema
pneumonia bronchitis bronchiectasis influenza covid angina arrhythmia tachycardia bradycardia cardiomyopathy aneurysm
thrombosis embolism anemia anaemia leukemia leukaemia lymphoma myeloma melanoma carcinoma adenocarcinoma sarcoma
glioma tumor tumour cancer metastasis metastases neoplasm hemophilia haemophilia thalassemia thalassaemia obesity
obese dyslipidemia hyperlipidemia hypothyroidism hyperthyroidism thyroiditis goiter osteoporosis osteoarthritis
arthritis fibromyalgia fracture laceration sprain amputation transtibial transfemoral transradial paraplegia
quadriplegia hemiplegia spondylitis dialysis chemotherapy chemo immunotherapy pregnant pregnancy childbirth lactose
gluten peanut penicillin sulfa narcan naloxone methadone buprenorphine suboxone detox sepsis cellulitis abscess ulcer
appendicitis hernia cholecystitis nephropathy retinopathy proteinuria nephritis vomiting nausea dizziness vertigo
syncope palpitations dyspnea dyspnoea headache headaches fever cough diarrhea diarrhoea biopsy colonoscopy mammogram
mastectomy hysterectomy appendectomy tonsillectomy vasectomy bypass angioplasty stent pacemaker urine urinalysis
sputum meth cpap bariatric ultrasound mri surgery alcohol impairment impaired disability speech nsclc drowsy
seropositive seronegative viremia uds oa lesion lesions mole lump lumps nodule nodules cyst cysts polyp polyps biktarvy
dovato truvada descovy zidovudine diabète asthme dépression épilepsie
cukrzyca nadciśnienie cukrovka hypertenze astma diyabet hipertansiyon astım hipertensi diabetiker bluthochdruck
rückenschmerzen schwindel sokeritauti verenpainetauti sukkersyge suikerziekte hartfalen borstkanker hjertesvikt кашель
диабет гипертония астма гіпертонія діабет 高血压 高血壓 高血圧症 糖尿病 肺炎 당뇨병 고혈압 천식 سكري ربو
""")
# Words beside them that change nothing
_BESIDE = listed("""
type of the and with without due to in on left right l r b bilateral lower upper back chronic acute mild moderate
severe early late onset stage grade i ii iii iv a c 1 2 3 4 disease disorder syndrome condition status pos neg
positive negative detected not none no yes history hx fhx fh s p post pre op recurrent active latent primary secondary
unspecified pain injury infection attack attacks failure heart kidney liver lung breast colon cervical prostate skin
bone blood pressure high low use dependence knee hip shoulder wrist ankle neck spine hand foot arm leg eye ear
replacement mellitus major single episode essential rheumatoid disc lumbar panel screen test 5 10 12 w nos possible
learning specific oral daily tablet tablets vision suspected confirmed ruled out fu f u reaction sting bee mg ml mcg
""")
# What goes wrong with a part of the body, which the two say together: knee pain, back injury
_WRONG = listed("pain injury injuries infection failure swelling replacement strain tear lump lesion surgery")
_PARTS = listed("""
heart kidney liver lung breast colon prostate bone knee hip shoulder wrist ankle neck spine foot leg eye ear back chest abdominal
abdomen pelvic pelvis groin stomach bladder elbow finger toe thumb jaw rib hamstring lumbar joint muscle throat sinus thyroid
""")
_COLUMNS = listed("""
job title position role occupation profession department dept team unit specialty speciality field area interest
interests focus expertise topic topics talk talks paper product products item items order school course major company
employer affiliation institution address street city url website known for movie book tag tags hobby charity donation
subject author journal publication abstract project projects grant committee party genre office building room location
place program programme module filename file path
""")


# Words of names of columns that no other trade has, of the places where people are treated, tested, fitted, examined or cared for
_HEADED = listed("""
hcv hbv tst igra cxr meld abo hla cmv pra hcg oocyte amh sperm sph cyl iop pta spirometry fev1 iep amputation socket
prosthetic orthosis orthotic intolerance intolerances medicine pill pills injury injuries impairment impairments
disability disabilities handicap symptoms detox naloxone overdose organs transplant transfusion acmg biopsy histology
cytology tissue perio prophy tooth teeth decayed caries anc antenatal postnatal muac rdt isolation quarantine swab
suicide suicidal selfharm psych psychiatric wound ulcer pain rom gait mobility fallrisk falls braden vaccine vaccines
prophylaxis toxicology uds urine specimen lesion ineligible ineligibility indication infection infections hearingaid
hearingaids exposed
""")
# Those that say it also where rows tell only how people are reached
_SURELY = listed("""
hiv hcv hbv sti tst igra embryo embryos oocytes sober illness illnesses epipen medicines pillbox methadone narcan
dialysis prosthesis audiogram antiretroviral quantiferon titer titers titre titres flushot fluvaccine tbtest tbscreen tbskin
ppdtest ppdresult ppdread drugscreen hivtest hepb hepatitisb pregnancytest
""")
_TRIALS = listed("study trial protocol condition conditions diagnosis illness disease")
_NEITHER = listed("none no n na nil unknown neg negative normal other ok yes y")
_LIVES = listed("""
knownfor occupation profession movie film films wikipedia party team league genre instrument club caps goals position
works movement
""")


def of_lives(names: Iterable[str]) -> bool:
    """Tell whether one of the names of columns, without signs, is of the lives of public people."""
    return not _LIVES.isdisjoint(names)


def named_otherwise(parts: list[str]) -> bool:
    """Tell whether the name of a column, by its words, says that a word of medicine below it is no finding of a person's."""
    return not _COLUMNS.isdisjoint(parts) and _TRIALS.isdisjoint(parts)


def headed(parts: list[str], *, well: bool) -> bool:
    """Tell whether the name of a column, by its words, is of care, tests or aids; more words do where rows tell people well."""
    every = [*parts, *map("".join, pairwise(parts))]
    return not _SURELY.isdisjoint(every) or (well and not _HEADED.isdisjoint(every))


def says(text: str) -> bool:
    """Tell whether a cell says more than no, none or normal."""
    return text.strip(" .-?").lower() not in _NEITHER


def code(text: str) -> bool:
    """Tell whether a cell has the form of a code of ICD-10, with its dot or without."""
    return len(text) < 12 and _CODE.fullmatch(text) is not None


def worded(text: str) -> bool:
    """Tell whether a cell has a word of an ailment, a drug or a finding, or a word that begins or ends as such words do."""
    if not 1 < len(text) <= _LONGEST:
        return False
    found = _words(text)
    return profiles.coded(text) or any(map(_ails, found)) or _hurts(found)


def _hurts(found: list[str]) -> bool:
    """Tell whether words are of a part of the body and of what is wrong with it."""
    return not _WRONG.isdisjoint(found) and not _PARTS.isdisjoint(found)


def _ails(word: str) -> bool:
    return (
        word in _AILMENTS
        or notecontext.drug(word)
        or notecontext.WORDS.get(word, ("", False))[0] in {"medication", "symptom"}
        or word.startswith(_STARTS)
        or (len(word) >= _LEAST and word.endswith(_ENDS) and not word.endswith(("academia", "hypothesis")))
    )


def whole(text: str) -> bool:
    """Tell whether a cell is an ailment, a drug or a finding as a whole: each word is of it."""
    if not 1 < len(text) <= _LONGEST:
        return False
    found = _words(text)
    told = [word for word in found if _ails(word)] or ([word for word in found if word in _WRONG | _PARTS] if _hurts(found) else [])
    return bool(told) and len(found) <= 9 and all(word in _BESIDE or word in told or word.isdecimal() for word in found)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)[:24]]
