"""What words of a note say of health: kinds of `evidence.CONTEXTS`, firm where a record says so and a book on medicine does not.

Word lists are ours, by the headings that clinical documents have (HL7's C-CDA sections, LOINC document ontology) and what staff
write in them, in English, German, French, Spanish, Italian, Dutch, Portuguese and Swedish. Words stand without accents.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Headings: firm where a colon or a line's end follows
_HEADINGS = {
    "diagnosis": "diagnosis diagnoses dx impression assessment indication diagnose diagnosen diagnostic"
    " diagnostico diagnosi conclusie"
    " conclusion beurteilung bedomning problem problems pmh antecedents antecedentes anamnesi conclusioni hipotesis icd",
    "symptom": "complaint complaints complains hpi symptoms symptom anamnese anamnesis subjective s"
    " beschwerden motif motivo klachten cc",
    "medication": "medications medication meds med rx sig prescription prescribed medikation medikamente"
    " therapie traitement tratamiento"
    " terapia medicatie medicacion medicacao medicamentos farmaci lakemedel dose dosage drug recept ordonnance receta ricetta",
    "procedure": "procedure procedures operation surgery eingriff intervention procedimiento procedura ingreep"
    " procedimento ingrepp op",
    "laboratory result": "labs lab results result laboratory specimen glucose hba1c hemoglobin haemoglobin wbc"
    " creatinine labor laborwerte"
    " laborbefund biologie analitica laboratorio bloedonderzoek analises provsvar culture biopsy",
    "vital signs": "vitals vs bp hr rr spo2 temp temperature pulse weight vitalparameter constantes",
    "allergy": "allergies allergy nkda allergien allergie alergias alergia allergieen allergi",
    "immunisation": "immunizations immunisations vaccinations vaccine impfungen vacunas vaccini",
    "admission": "admission admitted admit discharge discharged disposition ward aufnahme entlassung"
    " hospitalisation ingreso alta ricovero"
    " dimissione opname ontslag internamento inskrivning encounter",
    "insurance claim": "claim claims copay payer eob cpt preauthorization authorization",
    "clinical note": "note plan findings history exam examination technique o a p befund epikrise verlauf"
    " examen hallazgos esame reperto"
    " onderzoek exame undersokning status objective progress narrative summary reason",
    "appointment": "appointment appointments appt visit followup termin rendez cita appuntamento afspraak consulta besok",
    "imaging": "mri ct xray x-ray radiology ultrasound radiograph mammogram echo echocardiogram imaging"
    " roentgen scanner ecografia rx",
    "mental health": "psych psychiatric phq gad suicidal",
    "smoking or alcohol": "smoking smoker tobacco alcohol etoh",
    "pregnancy": "gravida lmp edd obstetric",
}
# Words that are of health wherever they stand
_WORDS = {
    "diagnosis": "aki dnacpr dnar hypoglycaemia hypoglycemia diabetes diabetic hypertension hypertensive cancer"
    " carcinoma asthma copd chf pneumonia"
    " stroke sepsis melanoma leukemia"
    " leukaemia lymphoma cirrhosis hepatitis hiv tuberculosis fracture infarction fibrillation arthritis epilepsy migraine dementia"
    " anemia anaemia hyperlipidemia hypothyroidism appendicitis cholecystitis pancreatitis gastritis reflux"
    " gerd uti dvt htn t2dm dm2"
    " cad nstemi stemi afib ckd influenza covid bronchitis sinusitis tumor tumour metastasis metastatic"
    " malignant benign neoplasm mutation"
    " herzinsuffizienz hypertonie pneumonie fraktur karzinom insuffisance hta hipertension neumonia ictus infarto insuficiencia"
    " ipertensione polmonite scompenso hartfalen longontsteking diabete hipertensao pneumonia hjartsvikt hypertoni lunginflammation"
    " vorhofflimmern schlaganfall krebs fracture cancro frattura fractura",
    "symptom": "migraines headaches seizures tingling aura nausea vomiting dyspnea dyspnoea fever cough headache"
    " dizziness syncope rash edema oedema"
    " palpitations diarrhea diarrhoea"
    " sob pain swelling fatigue fieber schmerzen husten dolor fiebre dolore febbre douleur fievre pijn koorts"
    " dor febre smarta feber"
    " atemnot thoraxschmerzen disnea essoufflement tos kortademig bleeding bruising wheezing seizure",
    "medication": "topiramate sumatriptan levetiracetam norepinephrine propofol epinephrine methadone suboxone"
    " buprenorphine naloxone insulin inhaler contraceptive antidepressant"
    " refill refills prescription medication dosage ordonnance receta ricetta metformin"
    " lisinopril atorvastatin amlodipine metoprolol omeprazole losartan gabapentin hydrochlorothiazide sertraline"
    " simvastatin montelukast escitalopram albuterol furosemide prednisone amoxicillin azithromycin ibuprofen"
    " acetaminophen paracetamol"
    " aspirin warfarin apixaban insulin levothyroxine pantoprazole tramadol oxycodone hydrocodone morphine fluoxetine citalopram"
    " clopidogrel ramipril bisoprolol tamoxifen cisplatin ceftriaxone vancomycin heparin enoxaparin lorazepam zolpidem rosuvastatin"
    " empagliflozin ozempic semaglutide methotrexate salbutamol ciprofloxacin doxycycline ondansetron"
    " duloxetine trazodone quetiapine"
    " metformina amoxicilina ramiprilo ibuprofeno paracetamolo enalapril metformine asa tylenol lipitor"
    " tablets tablet capsules refills",
    "procedure": "biopsy surgery operation colonoscopy appendectomy cholecystectomy angioplasty arthroplasty"
    " craniotomy intubated intubation catheterization"
    " stent laparoscopic anesthesia anaesthesia incision sutures transfusion dialysis chemotherapy radiotherapy endoscopy cesarean"
    " chemotherapie dialyse koloskopie coloscopie colonoscopia biopsia biopsie",
    "admission": "inpatient outpatient icu emergency hospitalized hospitalised hospitalizations er ed triage urgences urgencias",
    "imaging": "mammogram mri ultrasound echocardiogram xray angiogram mammography sonography radiographic"
    " tomografia irm tdm tac rontgen",
    "pregnancy": "apgar cesarienne accouchement nouveau-ne kaiserschnitt geburtsgewicht entbindung cesarea parto"
    " cesareo keizersnede"
    " kejsarsnitt forlossning birthweight neonatal pregnant pregnancy gestation gravidity prenatal antenatal trimester"
    " schwanger enceinte"
    " embarazada incinta zwanger",
    "mental health": "depression anxiety schizophrenia bipolar ptsd adhd psychosis overdose suicide depressed",
    "vital signs": "mmhg bpm afebrile tachycardic",
    "laboratory result": "fev fvc dlco spirometry bronchodilator nsclc leukocytes neutrophils platelets hba1c a1c tsh"
    " ldl bilirubin troponin urinalysis cbc potassium",
    "allergy": "allergic anaphylaxis",
    "immunisation": "vaccinated immunized",
    "disability": "wheelchair amputation paralysis paraplegia dialysis",
    "cause of death": "autopsy stenosis atherosclerotic cardiovascular exsanguination asphyxia",
    "genetic test": "brca brca1 brca2 karyotype",
    "appointment": "appt appts appointment appointments cardiology oncology dermatology neurology orthopedics"
    " orthopaedics gastroenterology"
    " urology nephrology pediatrics"
    " paediatrics gynecology gynaecology physiotherapy kardiologie onkologie cardiologie cardiologia oncologia"
    " neurologie neurologia",
}
# What staff and programs say of one person: firm wherever it stands
_FIRM = {
    "symptom": "presents presented complaining denies endorses c/o klagt plaint acude refiere lamenta klaagt soker",
    "diagnosis": "diagnosed diagnostiquee diagnosticado diagnosticada diagnosticato diagnostiziert dxd icd10 icd-10",
    "medication": "prescribed administered po bid tid qid qhs prn mcg verordnet prescrit prescrito",
    "admission": "admitted discharged readmitted hospitalized hospitalised transferred aufgenommen entlassen"
    " hospitalise ingresado ingresada"
    " ricoverato ricoverata opgenomen internado internada inskriven",
    "appointment": "referring referral referred reviewed follow-up followup rescheduled no-show vorgestellt ueberweisung",
    "procedure": "underwent intraoperative postoperative preoperative postop",
    "clinical note": "mrn nkda wnl nad bedside discharge-summary",
    "insurance claim": "copay deductible preauthorization coinsurance denial",
}
WORDS: Mapping[str, tuple[str, bool]] = {
    **{word: (context, False) for context, some in _WORDS.items() for word in some.split()},
    **{word: (context, True) for context, some in _FIRM.items() for word in some.split()},
}
HEADINGS: Mapping[str, str] = {word: context for context, some in _HEADINGS.items() for word in some.split()}
PATIENT = words("""
patient patients pt pts paciente paziente patientin patienten patiente patienter pasient inpatient outpatient hospital clinic
oncology cardiology dermatology neurology psychiatry urology nephrology gastroenterology gynecology gynaecology orthopedics
orthopaedics pediatrics paediatrics haematology hematology radiotherapy rheumatology obstetrics ward krankenhaus klinik
hopital pacjent pacjentka pacjenta
clinique ospedale clinica ziekenhuis sjukhus nurse physician doctor surgery medical
""")
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("medication", regex(r"(?<![\w.])[0-9]{1,5}(?:[.,][0-9]{1,3})?[ ]?(?:mg|mcg|µg|meq|ml/h|mg/kg|units|IU|IE|UI)(?![\w%])")),
    (
        "vital signs",
        regex(r"(?<![\w/-])[6-9][0-9]/[3-9][0-9](?![\w/-])|(?<![\w/-])[12][0-9]{2}/[3-9]?[0-9]{2}(?![\w/-])|SpO2|mm ?Hg"),
    ),
    (
        "laboratory result",
        regex(r"(?<![\w.])[0-9]{1,4}(?:[.,][0-9]{1,3})?[ ]?(?:mg/dL|mmol/L|g/dL|mEq/L|U/L|IU/L|ng/mL|mmol/mol|x10)", re.IGNORECASE),
    ),
    ("symptom", regex(r"\bpain(?: score)?[: ]{1,2}[0-9]{1,2}/10", re.IGNORECASE)),
    ("cause of death", regex(r"\b(?:cause|manner) of death[ ]?[:=]", re.IGNORECASE)),
    ("medication", regex(r"\b(?:still|stopped|started|been) taking (?:the|your|my)\b", re.IGNORECASE)),
    ("diagnosis", regex(r"(?<![\w.-])[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}(?![\w.])")),
)
# Other trades in which people have names, days of birth and injuries; each word is of one
OTHERS: Mapping[str, str] = {
    word: trade
    for trade, some in {
        "application": "resume curriculum vitae linkedin gpa lebenslauf nationality hobbies bachelor skills referees werdegang cv"
        " employment-history github languages certifications",
        "court": "plaintiff defendant plaintiffs defendants court docket attorney judge appellant appellee v"
        " verdict prosecutor jury"
        " counsel petitioner",
        "biography": "actor actress politician footballer singer album novelist biography wikipedia obituary"
        " survived elected born-died"
        " player coach season league team goals championship roster funeral memorial",
        "study": "investigator investigators sponsor protocol nct clinicaltrials affiliation affiliations"
        " corresponding doi pubmed orcid"
        " preprint journal coauthors",
    }.items()
    for word in some.split()
}


_DRUGS: tuple[str, ...] = (
    "cillin",
    "cilline",
    "cilina",
    "cillina",
    "pril",
    "olol",
    "statin",
    "statine",
    "azole",
    "mycin",
    "mycine",
    "oxacin",
    "dipine",
)
_DRUGS += ("sartan", "prazole", "formin", "formine", "formina", "parin", "parine", "tidine", "pram", "zepam", "mab", "tinib")
_LEAST = 7  # letters of a word that can be a drug by its end


def drug(word: str) -> bool:
    """Tell whether a word ends as international names of drugs do (WHO, stems in the selection of INN)."""
    return len(word) >= _LEAST and word.endswith(_DRUGS)


def shapes(text: str) -> set[str]:
    """Return the kinds of health context that numbers with units and codes tell: a dose, a pressure, a result, a diagnosis."""
    return {context for context, form in _SHAPES if form.search(text)}
