"""Layouts in which row-level health data are handed out, as data: which ids, beside which columns.

A line is: what it is | what a message calls it | ids | words | how many of the words | least columns. Of ids separated by
blanks one is enough, and of groups with ``+`` between each. Names are in lower case without signs; a star stands for what begins
or ends a name. Sources: the published table specifications, which each part names.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.tables import What


class Layout(Record):
    """One layout. `ids` are groups of plain names, of each of which one has to be there; the first holds the id of a person."""

    what: What
    format: str
    ids: tuple[frozenset[str], ...]
    words: frozenset[str]  # plain names beside
    ends: tuple[str, ...]  # ends of such names
    begins: tuple[str, ...]
    least: int  # of the words
    columns: int  # of the table


# UK Biobank data showcase (record tables); NIMH Data Archive; ADNI and PPMI data dictionaries; FinnGen handbook; ALSPAC; All of Us
# Researcher Workbench, concept sets and surveys; Human Connectome Project; PLCO and TOPMed subject tables; GTEx.
_CONTROLLED = """
All of Us survey answers | personid | questionconceptid answerconceptid surveydatetime surveyversionconceptid question
 survey answer | 2 | 3
All of Us workbench table | personid | sexatbirthconceptid standardconceptname standardconceptcode standardvocabulary
 selfreportedcategoryconceptid deprivationindex zip3asstring surveyname valueasnumber unitconceptname sexatbirth dateofbirth
 conditionstartdatetime measurementdatetime observationdatetime drugexposurestartdatetime proceduredatetime visitstartdatetime
 visitoccurrenceconceptname sourceconceptcode | 2 | 3
NIMH Data Archive table | subjectkey | srcsubjectid interviewage interviewdate sex gender eventname collectionid datasetid | 1
 | 3
ADNI table | ptid rid + viscode viscode2 ptid | colprot origprot siteid examdate dxbl dx ptgender pteducat apoe4 mmse cdrsb
 adas11 adas13 userdate userdate2 phase | 2 | 4
PPMI table | patno | eventid infodt recid cohort pagname enrollage birthdt | 1 | 3
FinnGen table | finngenid | eventage eventtype approxeventday code1 code2 icdver category blage cohort sex birthyear | 1 | 3
ALSPAC table | aln alnqlet + qlet alnqlet | kz021 | 0 | 4
CARTaGENE table | cagid cartageneid | * | 1 | 3
Million Veteran Program table | mvpid mvp001id mvpcoreid | * | 1 | 3
dbGaP phenotype table | dbgapsubjectid dbgapsampleid | * | 1 | 2
dbGaP subject table | subjectid subjid + consent | age sex subjectsource sourcesubjectid affectionstatus | 1 | 3
UK Biobank record table | eid | insindex arrindex diagicd10 diagicd9 oper4 oper3 causeicd10 eventdt read2 read3 drugname
 proteinid specdate dnxhesid dateofdeath regdate | 1 | 3
"""
# OMOP CDM 5.4 (every table with people); PCORnet CDM 6.1; Sentinel CDM 8; i2b2 1.7 star schema; OHDSI cohort tables.
_COMMON = """
OMOP cohort | subjectid + cohortdefinitionid | cohortstartdate cohortenddate | 1 | 3
OMOP covariates | rowid + covariateid | covariatevalue timeid | 1 | 3
OMOP era, death or period | personid | drugerastartdate conditionerastartdate doseerastartdate deathdate
 observationperiodstartdate payerplanperiodstartdate drugexposurecount conditionoccurrencecount causesourcevalue | 1 | 3
OMOP person or event | personid | *conceptid | 1 | 3
OMOP by patient | subjectid patientid | conditionconceptid drugconceptid measurementconceptid procedureconceptid
 observationconceptid genderconceptid visitconceptid conditionstartdate drugexposurestartdate measurementdate | 2 | 3
OMOP event | conditionoccurrenceid drugexposureid procedureoccurrenceid measurementid observationid visitoccurrenceid
 visitdetailid deviceexposureid noteid specimenid episodeid costid | conditionconceptid drugconceptid procedureconceptid
 measurementconceptid observationconceptid visitconceptid deviceconceptid notedate snippet lexicalvariant costeventid
 episodeconceptid | 1 | 4
PCORnet or Sentinel table | patid | encounterid birthdate raw* enrstartdate enrenddate enrbasis enrstart enrend admitdate
 dischargedate adate ddate enctype dx dxtype dxcodetype px pxtype pxcodetype vitalid diagnosisid conditionid proceduresid
 medadminid measuredate systolic diastolic dispensingid prescribingid dispensedate dispensesup rxdate rxsup rxamt ndc labloinc
 labresultcmid resultnum trialid deathdate deathsource deathcause deathcausecode deathdateimpute
 deathmatchconfidence rxorderdate rxnormcui obsclinid
 obsgenid obsclintype immunizationid vxcode addressid addresszip5 addressperiodstart token* tokenencryptionkey hispanic
 postalcode postalcodedate hispanicity sexualorientation biobankflag patpreflanguagespoken medcov drugcov chart extmedid
 procmid proitem proresponsenum proresponse prodate medadmincode pcornettrial participantid wt ht bmioriginal conditionsource
 mstestname mslabtest causesource vxtype origdx pdx | 2 | 3
PCORnet relationship | patid1 + patid2 | relationshiptype relationshipstart relationshipend | 1 | 3
PCORnet event | vitalid diagnosisid proceduresid prescribingid dispensingid labresultcmid medadminid obsclinid obsgenid |
 measuredate ht wt systolic diastolic dx dxtype admitdate px pxtype pxdate rxorderdate rxnormcui rxstartdate ndc
 dispensedate labloinc resultnum
 resultdate medadmincode obsclincode obsgencode originalbmi | 2 | 4
PCORnet or Sentinel encounter | patid + encounterid | * | 1 | 3
i2b2 fact or dimension | patientnum + encounternum conceptcd birthdate sexcd vitalstatuscd startdate deathdate | startdate
 conceptcd modifiercd valtypecd tvalchar nvalnum providerid racecd religioncd ageinyearsnum zipcd languagecd maritalstatuscd
 enddate inoutcd locationcd lengthofstay encounternum birthdate sexcd instancenum sourcesystemcd | 1 | 3
i2b2 patient mapping | patientide + patientnum | patientidesource patientidestatus projectid | 1 | 3
"""
# MIMIC-III 1.4, MIMIC-IV 3.1 with its ED, note and chest X-ray modules; eICU-CRD 2.0; AmsterdamUMCdb 1.0.2; HiRID 1.1.1; SICdb 1.0.
_CRITICAL = """
MIMIC table | subjectid + hadmid icustayid stayid | * | 1 | 3
MIMIC patients | subjectid | anchorage anchoryear anchoryeargroup dodhosp dodssn expireflag | 1 | 3
MIMIC chest X-ray table | subjectid + studyid | dicomid noteid performedprocedurestepdescription viewposition studydate
 studytime atelectasis cardiomegaly consolidation edema pneumothorax nofinding split path | 1 | 3
MIMIC notes | subjectid | noteid charttime storetime notetype noteseq | 2 | 3
MIMIC table by patient | subjectid | charttime chartdate itemid icd9code icdcode icdversion storetime orderid emarid poeid
 microeventid labeventid specimenid valuenum ordertime emarid emarseq pharmacyid poeseq seqnum
 resultname resultvalue ordertype fieldname fieldvalue drgcode hcpcscd admittime dischtime dod gender | 2 | 3
MIMIC stay | hadmid icustayid stayid | itemid charttime chartdate icd9code icdcode icdversion intime outtime admittime
 dischtime los starttime endtime firstcareunit ethnicity valuenum value seqnum oasis sapsii sofa apsiii heartrate
 hospitalexpireflag label mortality | 2 | 3
MIMIC extract | hadmid icustayid | * | 2 | 4
MIMIC order detail | emarid poeid | parentfieldordinal administrationtype dosedue dosegiven pharmacyid fieldname fieldvalue | 2 | 3
eICU table | patientunitstayid | * | 1 | 2
eICU patient | patienthealthsystemstayid uniquepid | * | 2 | 3
AmsterdamUMCdb table | admissionid | itemid item value unit admissioncount measuredat registeredat location agegroup
 weightgroup lengthofstay
 orderid valueid fluidin | 2 | 3
HiRID table | patientid + variableid pharmaid infusionid dischargestatus | datetime value givenat givendose admissiontime
 referencetime sex age status entertime doseunit stringvalue | 1 | 3
SICdb table | caseid | offset dataid offsetafterfirstadmission timeofstay heartsurgerytimestamp icd10main saps3 patientid | 2
 | 3
"""
# REDCap export formats (record and event names are fixed); OpenClinica; Castor EDC; XNAT; Medidata Rave; CDISC SDTM 3.4 and ADaM.
_CAPTURE = """
REDCap export | * | redcapeventname redcaprepeatinstrument redcaprepeatinstance redcapdataaccessgroup redcapsurveyidentifier |
 1 | 3
OpenClinica export | studysubjectid subjectkey ssid | studyeventoid eventcrfid studyoid siteoid protocolid crfname eventname
 itemgroupoid secondaryid eventstartdate startdatee1 crfversionstatus | 1 | 3
Castor export | participantid recordid castorrecordid castorparticipantid | participantcreationdate recordcreationdate
 participantstatus recordstatus instituteabbreviation siteabbreviation randomizationgroup randomizationdatetime | 2 | 3
XNAT subject table | subject subjectid xnatsubjectdatasubjectid sessionid mrsessionid | mrsessionid mrid sessionlabel mf
 mrsessions petsessions scans xnatsubjectdataproject subjectlabel yob handedness | 2 | 4
Medidata Rave export | subject subjectid usubjid | instancename folderseq foldername datapagename datapageid recordposition
 environmentname siteid sitenumber recordactive savets | 3 | 5
"""
# Epic Clarity and Caboodle; Oracle Health (Cerner) Millennium; MEDITECH; athenaOne; VA Corporate Data Warehouse; CPRD GOLD,
# Aurum; THIN; HES and SUS of NHS England; Medicare files of ResDAC; MarketScan; Optum CDM; IQVIA PharMetrics; SEER*Stat; HCUP;
# CDISC; MEDS.
_EXTRACT = """
Epic Clarity extract | patid patmrnid patencid patenccsnid patenccsn hspaccountid | patmrnid patenccsnid hspaccountid
 hospadmsntime hospdischtime contactdate orderprocid ordermedid orderid patname birthdate zip enctypec departmentid
 inpatientdataid fsdid flomeasid measvalue recordedtime dxid currenticd10list lineno medicationid resulttime componentid
 ordvalue ordtime noteid notecsnid effectivedatetime sexc deathdate curpcpprovid problemlistid apptstatusc hospservc | 2 | 3
Epic Caboodle extract | patientdurablekey patientkey encounterkey primarymrn patientepicid | patientdurablekey encounterkey
 encounterepiccsn diagnosiskey medicationkey labcomponentkey admissiondatekey startdatekey resultdatekey birthdate sex
 iscurrent age medicationordereventkey procedurekey departmentkey agekey value numericvalue | 1 | 3
Cerner Millennium extract | personid encntrid | encntrid eventid eventcd resultval orderid clinicaleventid eventenddttm
 performeddttm birthdttm regdttm dischdttm sexcd racecd updtdttm catalogcd encntrtypecd locnurseunitcd nomenclatureid diagdttm
 activeind mrn fin ordermnemonic | 2 | 3
MEDITECH extract | visitid urnid | sourceid accountnumber unitnumber urnid rowupdatedatetime admitdatetime dischargedatetime
 birthdatetime querycode | 2 | 4
athena extract | clinicalencounterid enterpriseid chartid | contextid patientid enterpriseid appointmentid chartid
 departmentid clinicalorderid documentid deleteddatetime | 2 | 4
Veterans Affairs data warehouse extract | patientsid patienticn scrssn | sta3n patienticn visitsid visitdatetime inpatientsid
 labchemsid icd10sid icd9sid vitalsignsid rxoutpatsid cohortname deathdatetime gender | 1 | 3
CPRD extract | patid | medcode medcodeid prodcode prodcodeid pracid eventdate obsdate obsid consid staffid obstypeid enttype
 issuedate adid sysdate constype textid yob mob marital emiscode regstartdate regenddate cprdddate frd crd tod deathdate lcd
 acceptable imd e2015imd5 spno epikey icd numunitid | 2 | 3
THIN extract | patid combid | ahdcode drugcode medflag pracid ahdflag prscdate eventdate nhsspec | 2 | 3
Hospital Episode Statistics extract | encryptedhesid extracthesid hesid tokenpersonid pseudohesid studyid newnhsno epikey
 spellnumber lopatid genhesid | diag01 diag3* diag4* diag02 opertn01 opertn* epistart epiend admidate disdate epiorder epistat
 admimeth dismeth procode procode3 procodet tretspef mainspef startage ethnos lsoa11 lsoa01 spelbgn speldur sushrg arrivaldate
 mydob attenddate apptdate attendkey aekey | 2 | 3
Medicare claims | beneid dsysrtky beneidnum clmid | clmid clmfromdt clmthrudt prncpaldgnscd icddgnscd1 icddgnscd* nchclmtypecd
 benebirthdt benedeathdt sexidentcd bene* rfrncyr statecode hcpcscd prfnpi srvcdt prodsrvcid pdeid claimno clmpmtamt fromdt
 thrudt prncpaldx linenum fillnum dayssuplynum beneenrollmtrefyr | 1 | 3
MarketScan extract | enrolid | svcdate dx1 dx2 proc1 ndcnum dobyr admdate disdate dtstart dtend memdays egeoloc plantyp caseid
 pdx tsvcdat netpay age sex eeclass rx | 2 | 3
Optum extract | patid ptid | patplanid eligeff eligend gdrcd yrdob clmid fstdt lstdt stdcost admitdate confid dataasseg diag
 diagposn icdflag loccd rvnucd filldt dayssup birthyr encid division avghhincome firstmonthactive resultdate testname
 nameclean | 2 | 3
IQVIA extract | patid patientid patidno | claimid fromdt todt diag1 diagadmit ndc formulary derbdt dersex estabdt enrid
 rectype patregion svcdate rxfilldate | 3 | 4
SEER case listing | patientid pubcsnum seerpatientid | yearofdiagnosis sequencenumber primarysite primarysitelabeled
 histologictypeicdo3 histo3v survivalmonths vitalstatusrecodestudycutoffused codtositerecode yrdx yrbrth behaviorcodeicdo3
 gradethru2017 raceandoriginrecodenhwnhbnhaiannhapihispanic sitercwho agerecode agerecodewithyearolds stat_rec statrec
 srvtimemon | 2 | 3
HCUP discharges | keynis keynrd keyed keykid key nrdvisitlink visitlink | i10dx1 dx1 dxpr1 i10pr1 pr1 aweekend amonth died los
 totchg pay1 discwt hospnis hospnrd nisstratum femaleage female drg drgver apr drgrisk tranin dispuniform elective zipincqrtl
 hospid daystoevent ndx edevent dshospid | 3 | 4
Transplant registry (UNOS, SRTR) table | pxid trridcode trrid wlidcode ptcode persid donorid | *ki *li *hr *lu *tx *trr abo
 txdate listdate canabo canlistingdt recagatx dongender donage persid gstatus gtime ptime pstatus meldpeldlabscore initage
 endage caninitstat hla* | 3 | 4
National health data system (SNDS) extract | benidtano bennirpsa benniridt numenq bennirano eteano rsanum | exesoidtd exesoidtf
 prsnatref bennaiann bensexcod phaatc* phaprscode cimcod diagcod dgnpal dgnrel grgghm bendcddte benrescom benresdpt psespecod
 prsactqte imbalddtd orgaffben soiann bentopcns assdgn cdcact | 2 | 3
register extract of a Nordic country | lopnr loepnr lpnr pnr cpr vcpr cprnr lopenr lopenummer npid shnro | fodelsear fodear kon
 indatum utdatum hdia bdia* dia* diagnos diagnoser dodsdatum doddat ulorsak atc atckod edatum fdatum op* icddia cdiag cdiagtype
 dinddto duddto vardform mvo sjukhus antal forpddd eksd inndato utdato hovedtilstand bitilstand* fodtaar fodselsar kjonn
 tulopvm lahtopvm pdgo pdge toimenpide kotikunta sukupuoli cdodto domsdato diagtype fodd lan kommun forsamling | 2 | 3
insurance claims of Asia (NHIS, NHIRD) | personid id indidstd jid keyid | recufrdt mainsick subsick formcd sickcd edirecrate
 icd9cm1 icd9cm2 icd9cm acodeicd91 funcdate funcdt drugno idbirthday sextype ctmopid hypbloodpressure gnlnmcd dminmonth | 2 | 3
Medicaid claims | msisid beneid | eldob elsexcd srvcbgndt srvcenddt ndc diagcd1 typclmcd mdcdpymtamt maxelgcd* | 2 | 3
renal registry (USRDS) table | usrdsid | * | 2 | 3
surgical quality (NSQIP) file | caseid | pufyear optime wndinf asaclas cpt podiag* mortprob prsodm dprbun prwbc surgspec
 transfus dischdest doptodis othbleed reoperation* readmission* | 3 | 4
cancer data base (NCDB) file | pufcaseid | * | 2 | 3
CDISC SDTM or ADaM data set | usubjid | studyid domain subjid siteid *testcd *stresn *stresc *dtc *seq rfstdtc age sex arm
 armcd trt01p trta trtp paramcd aval avisit avisitn *decod *term saffl ittfl adt ady param visitnum | 2 | 3
CDISC SDTM data set | subjid + studyid | domain *testcd *dtc siteid rfstdtc arm trt01p paramcd aval | 1 | 4
MEDS data | subjectid patientid + time timestamp + code | numericvalue textvalue datetimevalue | 0 | 3
event stream of patients | subjectid patientid + timestamp time eventtime + eventtype eventid | diagnosis dischargelocation
 diagnosiscode labitemid age | 1 | 4
"""
_PARTS: tuple[tuple[What, str], ...] = (
    ("controlled", _CONTROLLED),
    ("common-model", _COMMON),
    ("critical-care", _CRITICAL),
    ("capture", _CAPTURE),
    ("extract", _EXTRACT),
)


def _made() -> Iterator[Layout]:
    for what, text in _PARTS:
        for line in text.strip().replace("\n ", " ").splitlines():
            format, ids, words, least, columns = (each.strip() for each in line.split(" | "))  # noqa: A001 - the field
            names = words.split()
            yield Layout(
                what=what,
                format=format,
                ids=tuple(frozenset(group.split()) for group in ids.split(" + ")),
                words=frozenset(name for name in names if "*" not in name or name == "*"),
                ends=tuple(name[1:] for name in names if name[0] == "*" and len(name) > 1),
                begins=tuple(name[:-1] for name in names if name[-1] == "*" and len(name) > 1),
                least=int(least),
                columns=int(columns),
            )


LAYOUTS: tuple[Layout, ...] = tuple(_made())


def _by_id() -> dict[str, list[int]]:
    """Return the numbers of the layouts by each name of a column that can have their first id."""
    found: dict[str, list[int]] = {"*": []}
    for number, layout in enumerate(LAYOUTS):
        for name in layout.ids[0]:
            found.setdefault(name, []).append(number)
    return found


BY_ID = _by_id()
