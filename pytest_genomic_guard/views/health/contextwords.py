"""Names of columns that speak of somebody's health, in several languages, without signs; and what their cells are to be."""

from __future__ import annotations

from pytest_genomic_guard.identifiers.marks import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Told = tuple[str, bool, str]  # kind of context, whether no other trade calls a column so, profile of the cells

# Words beside that change nothing: where, when and how it was measured, in what unit
AROUND = words("""
the of at on in for and de du des la le di do da del von der des van het av primary secondary principal main admitting final
initial baseline bl base current latest last first recent most value val values result results reading measurement measure score
total level levels lvl code codes cd desc description text txt name label status flag yn ind indicator bool has had is was any
hx history family personal serum plasma blood urine fasting random mean max min avg average visit v1 v2 v3 t0 t1 t2 wk week day
mo month year yr pre post before after mg dl mmol l ml kg cm mm hg mmhg bpm g ng pg iu u ul mcg ug umol nmol meq percent pct fl
kpa c f degc degf celsius lbs lb in inch inches m2 per num nr number no id type group category cat class new old prior screening
followup fu day1 d1 day0 enrollment admission_ cm2 vs vitals vital labs lab clinical medical health self reported measured
resting observed observation obs code1 icd10 icd9 cm who
""")
# kind | firm or soft | profile: words
_EXACT = """
diagnosis|firm|finding: diagnosis diagnoses diagnose diagnosen dx dxs diag dxcode dxdesc dxname diagcode icd icd9 icd10 icdcode
 icd10code icd9code icd10cm icd9cm cim10 cie10 cid10 cid icdo icdo3 snomed snomedct snomedcode readcode ccs problemlist
 medicalcondition medicalconditions comorbidities comorbidity hauptdiagnose nebendiagnose erkrankung diagnostic
 diagnosticprincipal maladie pathologie antecedents diagnostico diagnosticos enfermedad diagnosi malattia patologia doenca
 aandoening ziekte ziektebeeld sjukdom diagnoskod medicalhistory pmh pastmedicalhistory chiefdiagnosis tumorstage cancertype
 cancerstage tnm tumorgrade histology histologicaltype gleason ecog ecogps asaclass nyha nyhaclass charlson cci hpo phenotypehpo
 adverseevent aeterm aept aedecod mhterm reportedterm preferredterm meddrapt cancersite primarysite diseasename pathogen
 organism infection hivstatus cd4stage rareDisease ajcc vorerkrankungen
diagnosis|soft|finding: condition conditions disease diseases problem problems disorders dgns illness ailment disorder stage
 grade morphology phenotype category_disease pathology outcome diseasestatus
diagnosis|firm|flag: diabetes diabetic dm t2dm t1dm t2d t1d htn hypertension hypertensive asthma copd ckd esrd chf cad
 heartfailure heartdisease hf stroke tia cancer malignancy tumor tumour hiv hepatitis hbv hcv dementia alzheimers epilepsy mi
 priormi myocardialinfarction afib atrialfibrillation af anemia anaemia obesity sepsis pneumonia covid covid19 covidpositive
 sarscov2 tuberculosis tb malaria hyperlipidemia dyslipidemia cvd ihd pvd dvt pe cirrhosis liverdisease kidneydisease arthritis
 osteoporosis cancerhistory metastasis relapse hypothyroidism gerd osa sleepapnea cerebrovascular renaldisease lupus ms migraine
 psoriasis
medication|firm|drug: medication medications meds medicationname drugname rx prescription ndc ndccode rxnorm rxcui rxnormcode
 atc atccode medicament medicaments medikament medikation medicamento medicamentos farmaco medicatie lakemedel
 currentmedications concomitantmedication conmed cmtrt cmdecod medname genericname drugndc prescribeddrug chemotherapy chemo
 regimen treatmentregimen antibiotic
medication|soft|drug: drug treatment therapy agent generic
medication|soft|dose: dose dosage dosis sig frequency route strength posologie dosemg insulindose
medication|firm|flag: insulin metformin statin statins aspirin warfarin betablocker aceinhibitor onmedication diabetesmed
 antihypertensive anticoagulant steroids diuretic
laboratory result|firm|number: hba1c a1c hgba1c hbalc egfr gfr creatinine creat scr cr cholesterol chol totalcholesterol
 cholesteroltotal ldl hdl ldlc hdlc triglycerides trig tg glucose fastingglucose glu fbs fpg bun urea wbc rbc hemoglobin
 haemoglobin hgb hb hct hematocrit haematocrit platelets plt platelet crp hscrp esr alt ast sgpt sgot alp ggt bilirubin bili
 tbili albumin alb totalprotein sodium potassium chloride bicarbonate calcium magnesium phosphate phosphorus tsh ft4 ft3 t3 t4
 vitamind vitd b12 ferritin iron psa troponin troponini troponint bnp ntprobnp ddimer inr ptt aptt lactate procalcitonin ldh ck
 cpk ckmb amylase lipase uricacid cortisol insulinlevel cd4 cd4count viralload lymphocytes neutrophils monocytes eosinophils
 basophils mcv mch mchc rdw mpv homocysteine fibrinogen testosterone estradiol fsh lh acr uacr microalbumin afp cea ca125 ca199
 glucosa colesterol creatinina hemoglobina glucosio glicemia glicose glycemie creatinine kreatinin leukozyten thrombozyten
 cholesterin hdlcholesterol ldlcholesterol bloodsugar bloodglucose avgglucose glucoselevel avgglucoselevel serumcreatinine
 ejectionfraction lvef fev1 fvc pefr apgar apgar1 apgar5 ctvalue bilirubintotal neutrophil lymphocyte hemoglobina1c pao2 pco2 ph
 paco2 sao2 anc gluc na k hgbgdl
laboratory result|firm|any: loinc loinccode labtest labresult analyte labname testresult labvalue lbtestcd lbtest lborres
 lbstresn lbstresc hemolyzed covidresult pcrresult bloodtest laborwert laborwerte analyse resultatanalyse testname testcode
 resultvalue referencerange refrange abnormalflag
laboratory result|soft|any: result analysis test specimentype specimen assay resultat resultado risultato
vital signs|firm|number: bmi bodymassindex sbp dbp systolic diastolic systolicbp diastolicbp bpsystolic bpdiastolic bpsys bpdia
 sysbp diabp heartrate hr pulse pulserate spo2 o2sat oxygensaturation respiratoryrate resprate rr waist waistcircumference hip
 bodyfat trestbps thalach restingbp map meanarterialpressure bodytemperature gcs pao2fio2 birthweight headcircumference imc
 frequenzacardiaca systole diastole gewicht_kg news2 painscore
vital signs|firm|pressure: bp bloodpressure blutdruck rr_blutdruck tension tensionarterielle presionarterial pressionearteriosa
 pressaoarterial bloeddruk
vital signs|soft|number: weight height temp temperature wt ht weightkg heightcm gewicht grosse groesse poids taille peso altura
 talla altezza estatura lengte vikt langd bodyweight bodyheight
vital signs|firm|any: vitalsign vssignname vstestcd vstest vsorres vsstresn
allergy|firm|text: allergy allergies allergen allergie allergien alergia alergias allergia allergieen drugallergies
 knownallergies allergyseverity
immunisation|firm|text: vaccine vaccination vaccines immunization immunisation vaccinename vaccinetype cvx cvxcode lotnumber
 impfstoff impfung vaccin vacuna vaccino vacina vaccinated vaccinationstatus dosenumber vaccinecode vaccinemanufacturer
 boosterdose
procedure|firm|finding: procedure procedures procedurename procedurecode cpt cptcode hcpcs hcpcscode opcs opcs4 ops opscode ccam
 surgery operation surgicalprocedure surgeryname surgerytype intervention eingriff procedimiento procedura procedimento ingreep
 prosedyre proccode proc drg msdrg drgcode revenuecode operationcode hospcode
procedure|soft|flag: transplant dialysis ventilated mechanicalventilation intubated stent cabg pci surgeryflag
admission|firm|event: admission admissiondate admitdate admissiontype admitsource dischargedate dischargedisposition
 dischargestatus dateadmission dateofadmission dateadmitted datedischarged admittime dischtime hospadmsntime hospdischtime los
 lengthofstay lengthofstaydays losdays bed bednumber bedno icu icuadmission icustay hospitalizations hospitalized
 hospitalised hospitalisation readmitted readmission readmission30 admittingdiagnosis aufnahmedatum aufnahme entlassung
 entlassungsdatum entlassdatum station fechaingreso fechaalta fechadeingreso fechadealta dateentree datesortie
 service_hospitalier dataricovero datadimissione reparto datainternacao dataalta opnamedatum ontslagdatum afdeling avdelning
 inskrivningsdatum utskrivningsdatum timeinhospital numberinpatient numberoutpatient numberemergency dischargelocation
 encountertype encounterclass encounterdate encounterreason admitreason reasonforadmission eddisposition triage triagelevel
 acuity hadmid stayid clinicvisit edvisit dateofadmit daystodischarge
admission|soft|event: ward wardname visit visitdate visitreason department dept encounter unit floor specialty referral referraldate
 referredby service lastvisit consultation consultant attending attendingphysician doctor dr physician primarycareprovider pcp
 gp fachabteilung medecin medico arzt hausarzt huisarts lakare clinic referringphysician surgeon nurse provider facility
 hospital hospitalname
insurance claim|firm|text: copay eob allowedamount payer payor payername payercode healthplan krankenkasse patientresponsibility
 dateofservice dos servicedate clmid clmfromdt placeofservice authorizationnumber priorauth coverage seguromedico convenio
 planodesaude zorgverzekeraar primaryinsurance billingamount totalcharges_hosp chargecode
insurance claim|soft|text: claim claimid claimno claimnumber claimamount claimamt claimdate claimstatus deductible paidamount
 insuranceprovider insurancecompany healthinsurance insuranceplan assurance billedamount insurance insurer plan plantype charges
 billed coverage insurancetype
clinical note|firm|prose: clinicalnote clinicalnotes notetext progressnote progressnotes dischargesummary hpi
 historyofpresentillness impression findings chiefcomplaint presentingcomplaint reasonforvisit reasonforconsult anamnese befund
 arztbrief compterendu motif motifconsultation motivoconsulta motivo anamnesi evolution nursingnotes clinicalhistory
 radiologyreport pathologyreport reporttext physiciannotes doctornotes soap transcript_clinical klachten reasonforreferral
 careplan assessmentplan consultnote
clinical note|soft|prose: referralreason reasonreferral note notes assessment comments remarks report summary complaint
 reason narrative freetext bemerkung
 observations
appointment|soft|event: appointment appointmentdate appointmenttime appointmentid appt apptdate appttime appttype apptstatus
 apptid appointmenttype appointmentstatus nextappointment termin rendezvous rdv daterdv cita fechacita appuntamento
 consulta_data afspraak noshow noshowflag schedulingdate appointmentday followupdate nextappt
imaging|firm|text: modality bodypart imagingtype scantype mri ct xray ctscan mriresult radiology bodypartexamined ejection
 studyinstanceuid birads echocardiogram
genetic test|firm|text: mutation genemutation brca1 brca2 brca egfrmutation karyotype genotyperesult variantclassification
symptom|firm|flag: symptom symptoms fever cough fatigue headache chestpain dyspnea shortnessofbreath sob nausea vomiting
 diarrhea diarrhoea sorethroat losstaste losssmell dizziness myalgia rash symptomonset onsetdate dateofonset symptomonsetdate
 dateonset onset jointpain edema oedema ascites palpitations weightloss nightsweats seizures symptome symptomes sintomas sintomi
 symptomen severity_symptom polyuria
smoking or alcohol|firm|flag: smoking smoker smokingstatus smoke tobacco tobaccouse packyears pkyrs alcohol alcoholuse drinker
 alcoholintake alcoholstatus currentsmoker eversmoked cigsperday cigarettes rauchen raucher tabagisme tabac fumeur tabaquismo
 fumador fumatore fumante roken rokning druguse
pregnancy|firm|flag: pregnant pregnancy pregnancystatus gravida para parity gestationalage gestationalweeks gestage gaweeks lmp
 edd duedate_ob deliverymode modeofdelivery birthoutcome pregnancies schwanger schwangerschaft enceinte grossesse embarazo
 gravidez gravidanza zwanger trimester gestation
mental health|firm|number: phq9 phq9total phq2 gad7 gad7total bdi bdi2 hamd hamilton madrs panss ymrs mmse moca pcl5 pss10 hads
 hadsanxiety hadsdepression cesd audit auditc epds cgi gaf beckdepression ptsdscore updrs adas cdr cdrsb nihss mrs edss
mental health|firm|flag: depression anxiety bipolar schizophrenia ptsd suicidalideation suicidal suicide psychiatrichistory adhd
 autism mentalhealth depressed selfharm
disability|soft|flag: disability disabled handicap handicapped wheelchair
cause of death|firm|text: causeofdeath cod deathcause causedeath underlyingcause ucod todesursache causededeces causamuerte
 causadimorte causamorte doodsoorzaak dodsorsak mortality inhospitalmortality hospitalexpireflag died mort death30
cause of death|soft|flag: death dead deceased deathdate dod dateofdeath vitalstatus died survival event
"""
_ANYWHERE = """
diagnosis|firm|finding: dgns icd icd9 icd10 diagnosis diagnoses dx comorbidity comorbidities snomed diagnose diagnostico
medication|firm|drug: medication medications rxnorm ndc rxcui
laboratory result|firm|number: hba1c creatinine cholesterol hemoglobin triglycerides egfr
vital signs|firm|number: bmi systolic diastolic spo2
vital signs|firm|pressure: bp
procedure|firm|finding: cpt hcpcs
immunisation|firm|text: vaccine vaccination
allergy|firm|text: allergies allergy
insurance claim|firm|text: payer copay
admission|firm|event: admission discharge
appointment|soft|event: appointment appt
smoking or alcohol|firm|flag: smoking smoker
pregnancy|firm|flag: pregnant pregnancy
mental health|firm|number: phq9 gad7
symptom|firm|flag: symptom symptoms
"""
# When it was, and not what
WHEN = words("""
age time year years duration elapsed between since until days months
""")
# Beginnings of words that no other trade has
STEMS: tuple[tuple[str, Told], ...] = (
    ("diagnos", ("diagnosis", True, "finding")),
    ("comorbid", ("diagnosis", True, "finding")),
    ("medikament", ("medication", True, "drug")),
    ("medicament", ("medication", True, "drug")),
    ("medicac", ("medication", True, "drug")),
    ("medicaz", ("medication", True, "drug")),
    ("medikat", ("medication", True, "drug")),
    ("vaccin", ("immunisation", True, "text")),
    ("immuniz", ("immunisation", True, "text")),
    ("hospitali", ("admission", True, "event")),
    ("erkrankung", ("diagnosis", True, "finding")),
)


def _read(text: str) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        head, _colon, words = line.partition(": ")
        context, firm, profile = head.split("|")
        for word in words.split():
            found.setdefault(word.lower(), (context, firm == "firm", profile))
    return found


EXACT: Mapping[str, Told] = _read(_EXACT)
ANYWHERE: Mapping[str, Told] = _read(_ANYWHERE)
