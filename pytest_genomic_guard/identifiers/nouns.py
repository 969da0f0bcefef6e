"""Words with a capital that name things: what tells `Heart Failure` or `Data Frame` from a person.

A closed list, without what people are called: no `Young`, `Gray`, `Rose`, `April`, `Love` or `Bone`. Its words are ours, picked
from headings of clinical documents, of tables and of programs.
"""

from __future__ import annotations

_MEDICINE = """
abdomen abdominal ablation abnormal abscess abuse acetaminophen acid acute adenocarcinoma admission adverse albumin alcohol
allergic
allergies allergy amoxicillin amputation anaemia anemia anesthesia aneurysm angina angiography anomaly antibiotic antibody antigen
anxiety aortic appendicitis appointment arrhythmia arterial artery arthritis ascites aspirin assay assessment asthma atorvastatin
atrial autism bacterial benign biopsy bipolar bleeding blockade bladder blood bmi bradycardia brain breast bronchitis bypass
calcium
cancer capsule carcinoma cardiac cardiology cardiomyopathy cardiovascular care cataract catheter cell cells cervical cesarean
chemotherapy chest cholesterol chronic cirrhosis clinic clinical coagulation colonoscopy colorectal coma complaint
complication complications concussion condition congenital congestive consent constipation consult consultation contrast contusion
coronary cough covid creatinine culture cyst deficiency dehydration delivery dementia dental depression depressive dermatitis
dermatology diabetes diabetic diagnosis diagnoses diagnostic dialysis diarrhea diastolic diet discharge disease disorder disorders
dose drug dyspnea dysfunction echocardiogram eczema edema effusion elective embolism emergency emphysema encephalopathy encounter
endocrinology endoscopy epilepsy episode exam examination exposure failure fatigue fever fibrillation fibrosis finding findings
fluid follow fracture gastric gastritis gastroenterology genetic genome genomic gestational glaucoma glucose gynecology health
hearing heart hematology hemoglobin hemorrhage hepatic hepatitis hernia hiv hospice hospital hydrochloride hyperlipidemia
hypertension hypertensive hypothyroidism ibuprofen icu imaging immune immunization impairment impression induced infarction
infection infectious influenza inhaler inhibitor injection injury inpatient insufficiency insulin insurance intensive intestinal
intracranial ischemia ischemic kidney lab laboratory laceration lesion leukemia leukocyte lipid lisinopril liver lobe lumbar lung
lymph lymphocyte lymphoma malignant mammogram medical medication medications medicine medicare medicaid melanoma mellitus
meningitis
mental metabolic metastatic metformin migraine mitral morbid mri mutation myocardial nausea necrosis neonatal neoplasm nephrology
nerve neural neurology neuropathy nodule nursing obese obesity obstetrics obstruction obstructive oncology ophthalmology oral
orthopedic osteoarthritis osteoporosis otitis outpatient ovarian overdose oxygen pain palpitation pancreatic pancreatitis panel
paralysis pathology pediatric pediatrics pelvic penicillin perforation peripheral pharmacy pharyngitis physical physician placebo
plasma platelet pneumonia poisoning polyp potassium pregnancy pregnant prescription pressure primary procedure prognosis prostate
protein psychiatric psychiatry pulmonary radiology radiotherapy reflux rehabilitation renal resection respiratory rheumatoid
rupture
sarcoma schizophrenia sclerosis screening seizure sepsis septic serum severe shortness simvastatin sinusitis skin sleep smoker
smoking sodium specimen spinal spine sprain stenosis stroke sulfate surgery surgical symptom symptoms syndrome syncope systolic
tablet tachycardia therapy thoracic throat thrombosis thyroid tissue tobacco toxicity transfusion transplant trauma treatment
triage tuberculosis tumor tumour ulcer ultrasound unspecified urinary urine urology uterine vaccination vaccine valve vascular
vein venous ventricular viral virus vital vitals vitamin vomiting weakness wound xray
"""
_OTHERS = """
access account action active activity address admin agreement algorithm analysis annual api app application archive array article
asian assigned attribute audit author average bachelor bank baseline batch benchmark billing boolean bucket build builder
business button caucasian center centre certificate change chapter chart city claim class classifier client cluster code codes
cohort collection college column commercial committee completed component computer config configuration contact
content context contract control copyright corporation cost count country county create created current customer dashboard data
database dataframe dataset datetime default definition department description design detail details development device
dictionary director directory discussion distribution district divorced document documentation draft dropout education element
email
employer employment empty endpoint engine entity entry environment error ethnicity evaluation event example exception experiment
expiration export expression factory failed false feature features federal feedback female figure file files final
finance float folder footer form format foundation framework frequency function gender general generator global government graph
group guide guideline guidelines header height help hispanic history home household identifier image import inactive
income index indian information input instance institute institution integer integration interface internal international
introduction inventory invoice issue item items journal json kernel keys label language layer learning legal length level
library license licence linear link literal loader location logistic machine male management manager manual mapping married
matrix maximum mean measure measurement median member memory message metadata method methods metric minimum missing mobile model
module monitor monthly name names nation national native network neural node normal notebook notes number object objective office
online open operation operator option options order organization organisation other output overview owner package parameter
parameters participant participants partner password path pattern payment pending percent percentage performance period
permission phase phone pipeline plan platform plugin point policy population postal prediction preview previous primary
privacy private probability problem process processing product production profile program programme project property protocol
provider public publication python quality quantity quarter query question questionnaire random range rate ratio reason record
records reference region registration registry regression release relationship remote report reports repository request required
research resource response result results retired return review risk role row rows sample schedule schema school science
sciences score script search section sector security segment selected sensor sequence serial series service services session
setting settings shape single site size software solution source specification staff standard state states statement statistics
status step storage string structure student studies study subject subtotal summary support survey system systems table
target task team technology telephone template terminology text theory threshold ticket time timestamp title token tool topic total
track training transaction transfer transform translation trial true type types undefined union united university unknown update
upload url usage user users utility validation value values variable variables variance vector version video view visit void
volume warning web website weekly weight widow widowed widget window withdrawn workflow workspace world yearly zone
monday tuesday wednesday thursday friday saturday sunday id ids patient patients person persons yes no not and the of for with
without from this that these those to in on
at by or as is are was were be been has have had if when where which who what why how all any each every some none new
"""
_THINGS = frozenset((_MEDICINE + _OTHERS).split())
_ENDINGS = (
    *(
        "pathy",
        "ectomy",
        "ostomy",
        "otomy",
        "cillin",
        "mycin",
        "azole",
        "carcinoma",
        "sarcoma",
        "blastoma",
        "ology",
        "ography",
        "aemia",
    ),
    *(
        "algia",
        "plasty",
        "oscopy",
        "rrhea",
        "rrhage",
        "trophy",
        "plegia",
        "paresis",
        "phobia",
        "genesis",
        "ization",
        "isation",
        "ation",
    ),
    *(
        "ness",
        "ment",
        "logical",
        "ically",
        "idine",
        "oxacin",
        "dipine",
        "sartan",
        "prazole",
        "olimus",
        "cycline",
        "oxide",
        "chloride",
    ),
)
_KEPT = frozenset(
    {"clement", "harkness", "agnes", "inness", "mcguinness", "guinness", "macinness", "loness", "genesis", "claydine", "blandine"}
)
_ASIAN_ENDINGS = "病炎癌症压术科院药片瘤痛疗剂液率数据表值号县街室"


def is_thing(word: str) -> bool:
    """Tell whether a word, or one of a few, names a thing, going by a closed and by how terms of medicine end."""
    found = word.strip(".,:;()").lower()
    if found in _THINGS:
        return True
    if not found.isascii():
        return found[-1:] in _ASIAN_ENDINGS
    return len(found) > 6 and found.endswith(_ENDINGS) and found not in _KEPT
