"""What words in the name of a column of a study speak of somebody's health, wherever they stand in it: scales, scores, findings.

`contextwords` has whole names; here are words that a name is made of, as studies number, prefix and join them: `bl_phq9_total`,
`tumour_stage`, `lab_crp_mgl_v2`. Words of several languages, without accents. Sources: published instruments and their usual
abbreviations; TNM; CTCAE; CDISC controlled terminology (names of tests); LOINC short names.
"""

from __future__ import annotations

from itertools import pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.views.health import specialtywords, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Spoken = tuple[str, float]  # kind of context; 1: no other trade says it, 0.5: others do

# A word of a name, or two that follow each other. kind: words
_FIRM = """
diagnosis: ecog kps karnofsky karno karn nyha killip asaps ajcc figo tnm gleason breslow deauville icd icd9 icd10 icd11
 icd10cm snomed meddra ctcae aeterm dlt comorb comorbidity comorbidities charlson cci elixhauser hypertension htn diabetes
 diabetic t1dm t2dm t2d t1d copd asthma ckd esrd cad chf chd ihd pvd afib angina stroke tia infarction stemi nstemi cancer
 neoplasm malignancy tumor tumour tumore tumeur krebs carcinoma adenocarcinoma sarcoma lymphoma leukemia leukaemia melanoma
 glioma glioblastoma myeloma metastasis metastases metastatic histology histologic histopathology tumorsize nodalstatus
 lymphnodes lymphnode lnpos lymphovascular lvi ki67 her2 pdl1 pgr relapse relapsed recur remission recurrence recurrent rezidiv
 rezidiva recidiva recidive progression recist hiv aids hepatitis hbv hcv hbsag syphilis tuberculosis malaria covid covid19
 sarscov2 sepsis septic pneumonia dementia alzheimer parkinson epilepsy seizure seizures sclerosis migraine neuropathy
 retinopathy nephropathy osteoporosis fracture arthritis psoriasis cirrhosis fibrosis anemia anaemia obesity copdstage
 goldstage dysplasia ulcer lesion lesions hemorrhage haemorrhage bleeding thrombosis embolism dvt aneurysm stenosis
 regurgitation cardiomyopathy arrhythmia fibrillation sae teae irae aesev aerel aeser toxicity mutationstatus hpv pstage cstage
 tstage nstage mstage ptstage pnstage stadium stadio stade estadio stadie diagnosi diagnose diagnostico diagnostic erkrankung
 hipertension ipertensione hypertonie bluthochdruck diabete hta vorerkrankung antecedentes enfermedad maladie malattia doenca
 ziekte sygdom sykdom sjukdom
medication: medication medications meds conmed chemo chemotherapy chemotherapie quimioterapia chemioterapia radiotherapy
 radiotherapie radioterapia radiochemo immunotherapy hormonetherapy endocrinetherapy tamoxifen trastuzumab statin statins
 aspirin insulin metformin betablocker acei anticoagulant antibiotic antibiotics steroid steroids corticosteroid
 corticosteroids opioid opioids antidepressant ssri antipsychotic haart arv artregimen art_regimen antiretroviral prednisolone
 prednisone dexamethasone methotrexate biologics dmard warfarin noac doac diuretic diuretics vasopressor vasopressors inotrope
 sedation morphine levodopa ledd rxnorm ndc atc medikament medikamente medikation medicamento medicamentos medicament farmaco
 farmaci medicijn lakemedel therapie_linie lineoftherapy
laboratory result: hba1c a1c hgba1c glucose glycemia glykemie blutzucker glicemia glucemia glycemie crp hscrp pcr_mgl
 procalcitonin pct_ngml creatinine creatinin creatinina kreatinin kreatinine crea egfr gfr bun urea harnstoff cystatin albumin
 bilirubin bilirubina bili hb_gdl hemoglobin haemoglobin hemoglobina hemoglobine hamoglobin hgb hct hematocrit haematocrit
 ferritin transferrin tsat wbc wbcs leukocytes leucocytes leucocytos leukos leukozyten neutrophils neut lymphocytes lymph_abs
 nlr eosinophils platelets platelet plts plt thrombocytes thrombozyten trombocitos plaquettes rdw mcv cholesterol colesterol
 cholesterin chol ldl hdl triglycerides triglyc trigliceridos triglyceride sodium potassium chloride bicarbonate magnesium
 natrium kalium lactate laktat troponin tnt hstnt ntprobnp bnp probnp ddimer inr aptt fibrinogen tsh ft4 ft3 psa cea afp ca125
 ca199 cd4 cd8 viralload vload viremia ast alt sgot sgpt ggt ldh amylase lipase cortisol testosterone estradiol fsh amh vitd
 25ohd b12 homocysteine uacr acr proteinuria albuminuria il6 tnfa autoantibody antibodies titer titre igg iga igm ige serology
 seroconversion seropositive pcrpos ctvalue genexpert xpert afb smear csf abeta ptau ttau nfl loinc labtest lbtest lbtestcd
 lborres fev1 fvc fev1fvc pef pefr dlco feno insulinlevel homair ogtt cpeptide auc_glucose timeinrange tir cgm oocytes sperm
 hormone
vital signs: sbp dbp systolic diastolic sysbp diabp sistolica diastolica systolisch diastolisch systolique diastolique
 blutdruck bloeddruk blodtryk blodtrykk blodtryck bloodpressure heartrate heart_rate pulserate bpm spo2 sao2 satO2 o2sat
 resprate respiratoryrate bmi imc waist waistcirc whr bodyfat news2 mews gcs temperature_c fever_c lvef ejectionfraction lvedd
 lvesd lvidd lvids lvmi tapse rvsp lavi eeratio gls qrs qtc qtcf qtcb printerval hrv rmssd sdnn vo2max 6mwd 6mwt sixmwd mwd
 gaitspeed gripstrength handgrip vstestcd vstest vsorres vasopressors_dose fio2 peep tidalvolume pao2 paco2 sofa qsofa apache
 apache2 apacheii saps saps2 saps3 meld childpugh timi grace_score cha2ds2vasc chads chads2 hasbled ahi rdi odi tst waso
 sleepefficiency sleeplatency remlatency iop logmar bcva visualacuity
symptom: symptom symptoms symptome sintomas sintomi symptomen dyspnea dyspnoea nausea vomiting diarrhea diarrhoea fatigue
 fever fieber fiebre febre fievre cough husten tos tosse toux headache kopfschmerz painscore vas_pain pain_vas pain_nrs
 nrs_pain schmerz dolor douleur rash pruritus edema oedema vertigo syncope palpitations chestpain backpain anosmia ageusia
 myalgia womac koos hoos oswestry ndi bpi haq das28 basdai pasi dlqi easi scorad ipss iief cdai uceis mayo_score tendonjoints
 tenderjoints swollenjoints
smoking or alcohol: smoking smoker smoke smoked packyears packyrs pkyrs tobacco cigarettes cigs alcohol alkohol alcool raucher
 rauchen fumador fumante fumeur tabac tabagisme tabaquismo rokers roker roken rygning royking rokning ryger royker rokare
 auditc drinksperweek druguse cannabis
pregnancy: pregnant pregnancy gravida gravidity parity parous nulliparous gestation gestational gestationalage gestage
 gestweeks birthweight bwt lwt meno apgar csection caesarean cesarean preeclampsia eclampsia menopause menopausal
 postmenopausal menarche lmp breastfeeding miscarriage stillbirth preterm schwanger schwangerschaft embarazo embarazada
 enceinte grossesse gravidanza gravidez zwanger nicu ivf
mental health: phq phq2 phq8 phq9 phq15 gad2 gad7 gad bdi bdi2 bdiii bai hamd hamd17 hdrs hdrs17 hama ham_d ham_a madrs panss
 ymrs bprs cgi cgis cgii gaf whodas whoqol eq5d eq5d5l sf36 sf12 pcs mcs hads hadsa hadsd pcl5 pcl caps5 capsv pss pss10 pss14
 stai dass dass21 k10 k6 epds cesd scl90 bsi ybocs ocir asrs aq10 ados adir vineland wais wisc wechsler mmse moca cdrsb
 cdrglobal adas adascog faq_total npi_q npiq updrs mdsupdrs hoehnyahr hoehn hy_stage edss nihss mrs_90 mrs90 modifiedrankin
 rankin barthel msfc pdq39 epworth ess isi psqi meq depression depressive depressed depresion depressao depressie anxiety angst
 ansiedad ansia ansiedade anxious suicidal suicide suicidality selfharm ptsd bipolar psychosis psychotic schizophrenia adhd
 autism autistic mania trauma ctq aces insomnia burnout loneliness delirium camicu
imaging: birads pirads tirads lirads suvmax suv hounsfield calciumscore agatston cacs tumorvolume tumourvolume wmh fazekas
 hippocampalvolume carotid cimt bonedensity bmd dxa tscore mammography mammogram mri_finding ct_finding ctss xrayfinding
 echocardiogram
procedure: surgery surgical operation resection mastectomy lumpectomy prostatectomy nephrectomy colectomy hysterectomy
 thrombectomy thrombolysis tpa pci cabg stent icd_implant pacemaker dialysis haemodialysis hemodialysis transplant
 transplantation intubation intubated ventilated ventilation ventilator ecmo biopsy endoscopy colonoscopy catheter cathlab
 anesthesia anaesthesia opcs opcs4 cpt hcpcs ops_code
admission: admission admitted hospitalised hospitalized hospitalisation hospitalization hospitalizations readmission
 readmitted los losdays icu icudays iculos icustay lengthofstay discharge discharged edvisit edvisits aufnahmegrund
 verweildauer
cause of death: overallsurvival osmonths osmo osdays osyears osyrs ostime osevent osstatus oscens dfsmonths dfstime dfsevent
 dfsstatus dfs pfs pfsmonths pfstime pfsevent pfsstatus rfs rfstime efs efstime css dss mortality mortality30 mort30 mort90
 died deathcause causeofdeath causedeath survivalmonths survivaltime survivaldays survtime survmonths survdays survstatus
 vitalstatus todesursache diedinhospital hospitaldeath exitus
immunisation: vaccine vaccinated vaccination vaccines vaccindoses impfung vacuna vaccin vaccino vacina booster immunized
 immunised
allergy: allergy allergies allergic atopy atopic eczema
genetic test: brca brca1 brca2 apoe apoe4 e4carrier egfrmut kras braf idh1 mgmt
disability: disability wheelchair amputation
"""
# Words that other trades say, too; also what a study counts
_SOFT = """
cause of death: death dead deceased event status survival alive futime fustat fu followup followupmonths fumonths censor cens
 lastfollowup deathdate dod tod mort exitdate
diagnosis: stage grade severity outcome response condition disease disorder phenotype dx side laterality subtype
 differentiation margin nodes marker score scale ae disabled episode risk history hx fhx relapsefree onset duration chronic
 acute attack attacks flare
medication: drug dose treatment therapy arm trt regimen cycles cycle line adherence placebo treated rx
vital signs: weight height wt ht temp temperature hr rr map pulse bp poids peso gewicht gewicht_kg grosse taille altura talla
 lengte vikt langd hoyde steps stepcount sleep sleephours minutesasleep calories activity pressure wtkg htcm
laboratory result: lab test result assay units ph glu na k ca mg cl cr tg tc hb fe ef iron calcium protein cells ct
 volume
symptom: pain itch stress mood wellbeing qol quality function complaint bleeding_days cramps
imaging: mri ct xray pet scan ultrasound echo lesionsize size diameter thickness
procedure: procedure intervention op operated implant device
admission: ward unit visit days department service specialty
mental health: cognition memory total_score sumscore subscale item
disability: mobility walking gait
pregnancy: mother maternal infant newborn baby delivery
"""
# Parts of a word that no other trade has, in compounds of several languages. part: kind
_STEMS = """
diagnosis: diagnos comorbid komorbid carcino karzino kanker metasta histolog tumor tumour lymphom leukem leukam melanom
 hypertens hipertens diabet infarct infarkt ischem ischam fibrill pneumon hepatit cirrho tubercul epilep dement sclero fractur
 fraktur thromb embol arthrit nephrop neuropath retinop osteop histgr highbp nodes hemorrh haemorrh erkrank krankheit toxicit
 cardiopath insuffi asthma asma cancer stroke apnea apnoe angina malign seizur septic sepsis psychiat pediatr paediatr cardiac
 cardio coronar valvul arrhyt rhythm stenos pulmon respir bronch hepatic renal kidney neurolog neurop rheuma oncolog hematol
 haematol lymph lesion cyanos jaundice conjunct keratit mening enceph paraly pares pathogen congenit stillb prematur relaps
 recurr remiss progress surviv
medication: medikament medicament medicat medicac chemother chemioter quimioter radiother radioter immunother antibiot steroid
 insulin statin opioid antiviral anticoag coumarin chemo antihyp antiarr antidep antipsy antihist bpmed cholesmed vasopres
 inotrop prescri
laboratory result: creatin kreatin hemoglob haemoglob hamoglob glucos glukos glycem glykam cholest triglyc bilirub albumin
 troponin ferritin leukocyt leucocyt leukozyt lymphocyt neutroph thrombocyt platelet hematocr haematocr viralload procalcit
 hba1c cystatin lactat hormon sodium potassium natrium calcium magnes phosphat glucag protein antibod antigen serolog plasma
 serum urine blood
vital signs: systol diastol sistol blutdruck bloeddruk blodtr herzfreq hartslag oxygensat sauerstoff bloodpress heartrate
 ejectionfr bloodp systbp diasbp pulse oxygen waist
symptom: symptom sintoma dyspn schmerz headach kopfschm vomit diarr nausea pruri
smoking or alcohol: smoker smoking raucher fumador fumeur tabag tobac packyear alcohol alkohol
pregnancy: pregnan schwanger gravid gestat embaraz menopau eclamp birthweight apgar geburtsgew
mental health: depress depres anxiet suicid suizid schizo psychot bipolar autis insomn rankin barthel
procedure: surger resect ectomy ektomie scopy skopie plasty transplant dialys biops intubat chirurg cirugia cirurgia ventilat
 beatmung
admission: hospitali readmiss rehospit intensivst iculos icudays
cause of death: mortal survivalmonth survivaltime survivalday uberleben sopravviv sobreviv supervivenc todesurs osmonth
 pfsmonth
immunisation: vaccin vacuna immunis immuniz impfung impfstat
allergy: allerg alerg
"""
# Beginnings of words, also of the short ones by which forms prefix what they ask for
_STARTS = """
diagnosis: comor diagn cardi onco neurol psych pulm renal tumo sept
medication: antib antiv chemo drug medhx antico
pregnancy: preg nborn neonat obstet gynec gynaec
admission: vitals sympt hosp icu dialy ventil intub transf
mental health: phq hamd hdrs madrs panss mmse moca updrs eq5d promis whoqol epworth
"""
# Names with one of these are of what was counted over many, of programs, or of trades; no column of a person's
_NOT = listed("""
mean median sd std sem ci pvalue pval percent pct pctl rate rates prevalence incidence ratio hr_ci coef beta odds per100k
per100000 gene genes transcript probe expr expression rpkm tpm fpkm logfc fdr padj loss accuracy auc f1 epoch batch gpu model
pred predicted prediction prob probability logit embedding token url price cost revenue sales salary
""")
# Those that count rows of statistics
FIGURES = listed(
    "mean median sd std sem ci pvalue pval percent pct prevalence incidence rate rates ratio beta coef odds per100k per100000"
)
# What people are in life, at work and as customers is a status, too
_STATUS = listed("marital marriage civil employment employee job payment paid order loan account relationship household member")
_RATES = listed("heartrate pulserate resprate respiratoryrate respirationrate breathingrate filtrationrate")  # which one person has
_DIGITS = regex(r"([a-z]{3,})\d{1,3}")
_LEAST_STEM = 5
_ASKED = 6  # words of a question, in which any word may stand
_KEPT = 4096
_known: dict[str, Spoken] = {}


def _read(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        context, _colon, those = line.partition(": ")
        found.update(
            (word.replace("_", "").lower(), context) for word in those.split() if word.replace("_", "").lower() not in found
        )
    return found


FIRM: Mapping[str, str] = {**_read(specialtywords.FIRM), **_read(_FIRM)}
SHORT: Mapping[str, str] = _read(specialtywords.SHORT)
SOFT: Mapping[str, str] = _read(_SOFT)
STEMS: Mapping[str, str] = _read(_STEMS)
STARTS: Mapping[str, str] = _read(_STARTS)
_NOTHING: Spoken = ("", 0.0)


def spoken(name: str) -> Spoken:
    """Return what the name of a column speaks of, and how surely; ("", 0) where it does not."""
    found = _known.get(name)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[name] = _of(name)
    return found


def shortened(name: str) -> Spoken:
    """Return what abbreviations of a specialty in a name may speak of, which say something beside an id of a patient only."""
    found = next((SHORT[form] for form in _forms(words.split(name)[:_ASKED]) if form in SHORT), "") if 0 < len(name) <= 60 else ""
    return (found, 0.5) if found else _NOTHING


def _of(name: str) -> Spoken:
    if not name or len(name) > 120:
        return _NOTHING
    parts = words.split(name)[:14]
    other = not _NOT.isdisjoint(parts) and _RATES.isdisjoint(map("".join, pairwise(parts)))
    if other or ("status" in parts and not _STATUS.isdisjoint(parts)):
        return _NOTHING
    told = words.named(name)
    if told.context and told.firm and told.profile != "prose":
        return told.context, 1.0
    forms = _forms(parts)
    if sure := next((FIRM[form] for form in forms if form in FIRM), "") or _stemmed(parts):
        return sure, 1.0
    soft = told.context or next((SOFT[form] for form in forms if form in SOFT), "")
    return (soft, 0.5) if soft and len(parts) <= _ASKED else _NOTHING


def _stemmed(parts: list[str]) -> str:
    """Return what a part of a word speaks of, or its beginning."""
    for part in parts:
        if len(part) >= _LEAST_STEM and (stem := next((stem for stem in STEMS if stem in part), "")):
            return STEMS[stem]
        if stem := next((stem for stem in STARTS if part.startswith(stem)), ""):
            return STARTS[stem]
    return ""


def _forms(parts: list[str]) -> list[str]:
    """Return what of a name is looked up: all of it, two words that follow each other, each word, each without its number."""
    pairs = [one + two for one, two in pairwise(parts)]
    found = ["".join(parts), *pairs, *parts]
    bare = [match[1] for each in parts if (match := _DIGITS.fullmatch(each))]
    bare += [one + two for one, two in zip([*bare, *parts], parts[1:], strict=False)]
    return list(dict.fromkeys(each for each in (*found, *bare) if len(each) > 1))
