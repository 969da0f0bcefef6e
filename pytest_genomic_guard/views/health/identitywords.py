"""Names of columns that hold identifiers of a person, or what rows about people have besides: in several languages, without signs.

Those of one language alone are German, French, Spanish, Italian, Portuguese, Dutch or Swedish.
"""

from __future__ import annotations

from pytest_genomic_guard.identifiers.marks import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_IDENTITY = """
name: name fullname names completename legalname displayname namefull nom nomcomplet nomprenom nometprenom nombre nombrecompleto
 nombres nome nomecompleto nomecognome cognomenome naam volledigenaam namn fulltnamn navn vollername nachnamevorname namevorname
 vornamenachname lastfirst lastnamefirst firstlast lastnamefirstname firstnamelastname nombreyapellidos apellidosynombre
 apellidosnombre kunde paciente paziente patienten resident beneficiary beneficiaryname membername insuredname subscribername
 clientname personname recipientname casename participantname subjectname inpatient decedent decedentname inmate wholename
 nameofpatient patientnamn prename preferredname member employee employees employeename worker workername candidate
 candidatename applicant
 applicantname customer customername student studentname pupil pupilname rider ridername camper campername traveller traveler
 travellername exposedperson originalpatient carerecipient tenant requester indexcase claimant claimantname contactname soldier
 volunteer volunteername fullnameofpatient evacuee passenger passengername signee consentedby yourname child childname
 babyname baby infantname newbornname donorname recipient femalename womanname womansname femalepartner femalepartnername
 defendant offender probationer detainee arrestee examinee
given: firstname givenname forename fname first given givennames forenames firstnames vorname vornamen rufname prenom prenoms
 nombrepila primernombre segundonombre nomeproprio primeironome voornaam voornamen fornamn tilltalsnamn fornavn middlename
 middle mname namefirst namegiven namemiddle middleinitial nombre1 roepnaam
family: lastname surname familyname lname last family surnames nachname familienname zuname geburtsname nomdefamille nomusage
 nomnaissance nomdenaissance apellido apellidos primerapellido segundoapellido apellidopaterno apellidomaterno cognome sobrenome
 apelido apelidos ultimonome achternaam familienaam efternamn etternavn maidenname nee namelast namefamily maiden geslachtsnaam
initials: initials initialen initiales iniciales iniziali iniciais voorletters patientinitials subjectinitials
relative: mothername fathername spousename husbandname wifename guardianname nextofkin nextofkinname nok nokname
 emergencycontact emergencycontactname mother father spouse guardian motherfullname fatherfullname parentname parent
 parentguardian mothersname fathersname mothersmaidenname mothermaidenname contactname contactperson relativename namedelamere
 nomdelamere nomdupere kontaktperson angehorige angehoriger nomemae nomepai nomedamae nomedopai nombremadre nombrepadre
 caregiver caregivername carer emergencyname namn_anhorig
ssn: ssn ssnno ssnnumber socialsecurity socialsecurityno socialsecuritynumber socialsecuritynum socsec socsecno socialsec sssn
 ss taxid socialno patssn patientssn sozialversicherungsnummer ssnumber ssnlast
mrn: mrn mrno mrnumber medrecno medrec medicalrecordnumber medicalrecordno medicalrecord medicalrecordnum medicalrecordid
 medrecnum medicalrecnum patmrnid mrnid hospitalnumber hospitalno hospno hospnum hospnr hn uhid uhidno unitnumber
 unitno ehrid emrid emrn chartnumber chartno chartid chart recordnumber patientnumber patientno patientnr patientnummer
 patientennummer patnr patientmrn fallnummer fallnr aufnahmenummer ipp nip numerodossier numdossier nodossier dossier
 numeropatient numpatient nopatient nda iep historiaclinica numerohistoria nhc nohistoria numhistoria numerodehistoria
 numerodehistoriaclinica expediente cartellaclinica numerocartella codicepaziente prontuario numeroprontuario numerodoprontuario
 patientid_mrn journalnummer journalnr patientennr healthrecordnumber epicid epicmrn empi empiid enterpriseid cpi crn
 hospitalmrn facilitymrn
mbi: mbi mbino medicareid medicarenumber medicareno medicarebeneficiaryid medicarebeneficiaryidentifier medicare beneid
hicn: hicn hic hicno hicnumber
medicaid: medicaid medicaidid medicaidno medicaidnumber
health-plan: memberid memberno membernumber membernum subscriberid subscriberno subscribernumber policynumber policyno policyid
 insuranceid insuranceno insurancenumber insurancepolicy insurancepolicynumber healthplanid healthplannumber planmemberid
 insuredid beneficiaryid beneficiarynumber insurancememberid versichertennummer krankenversicherungsnummer
 versichertennr numeroassure mutuelle numeromutuelle numerodeafiliacion numeroafiliacion numerotarjeta tarjetasanitaria tessera
 tesserasanitaria carteirinha numerocarteirinha polisnummer verzekeringsnummer cardholderid healthinsurancenumber
 membershipnumber
account: accountnumber acctno acct accountno acctnum accountnum har patientaccount patientaccountnumber guarantoraccount
 bankaccount kontonummer account hospitalaccountid hospitalaccount
licence: licensenumber driverslicense driverlicense driverlicence licenseno driverslicensenumber passport passportno
 passportnumber fuhrerscheinnummer drivers passnummer ausweisnummer numeropasaporte permisconduire pasaporte passaporte
 certificatenumber
address: address addr address1 addr1 addressline addressline1 streetaddress street homeaddress mailingaddress residentialaddress
 residence addressstreet adresse anschrift strasse strassehausnummer strassenr wohnadresse adressepostale rue domicile direccion
 domicilio calle indirizzo via residenza endereco rua logradouro morada adres straat straatnaam woonadres huisadres adress
 gatuadress gateadresse line1 line addressfull fulladdress patientaddress streetname homestreet addline1 add1
city: city town municipality village county stadt ort wohnort ville commune ciudad municipio poblacion localidad citta comune
 cidade stad plaats woonplaats gemeente postort ortschaft suburb cityname homecity parish borough district localite bairro
 provincia kommun
zip: zip zip5 zipcode zipcode5 postcode postalcode postal plz postleitzahl codepostal cp codigopostal cap cep postnummer postnr
 zip9 zipplus4 zip4 patientzip residencezip homezip zip3 zcta zipcd pcode postkod postcode4 beneficiaryzip postalzip
geocode: lat latitude lon lng longitude latlon latlong geolocation coordinates gps homelat homelon censustract tract blockgroup
 geoid
phone: phone phoneno phonenumber phonenum telephone telephoneno telephonenumber tel telno mobile mobileno mobilenumber
 mobilephone cell cellphone cellnumber contactnumber contactno contactphone homephone workphone dayphone phonehome phonemobile
 phonework phone1 ph phno telefon telefonnummer telefonnr handy handynummer mobil mobiltelefon festnetz rufnummer telefone
 telemovel celular telefono telefonomovil movil cellulare telefoon telefoonnummer mobiel mobielnummer numerotelephone
 numerodetelephone portable mobilnummer contact phonenr emergencyphone nokphone primaryphone besttel telhome telmobile msisdn
 whatsapp contactnum callback
fax: fax faxno faxnumber telefax
email: email emailaddress mail mailaddress emailid emailaddr contactemail workemail personalemail emailadresse courriel correo
 correoelectronico mel adressemail adresseemail postaelettronica enderecoemail epost epostadress emailadres emailpatient
ip: ip ipaddress ipaddr clientip sourceip remoteip
url: url website homepage portalurl
birth-date: dob birthdate dateofbirth birthday bdate birthdt borndate born birth dobirth datebirth dateofbirthpatient pdob
 geburtsdatum gebdatum gebdat gebdt geburtstag geburt gebd datedenaissance datenaissance naissance ddn neele datenais
 dtnaissance fechadenacimiento fechanacimiento fnacimiento fecnac nacimiento fechanac fnac datadinascita datanascita nascita
 datanascimento datadenascimento dtnascimento nascimento datanasc dtnasc geboortedatum gebdatumpatient geboren gebdatumnl
 fodelsedatum fodelsedag fodselsdato birthdatetime dateofbirthddmmyyyy birthdttm brthdtc patientdob persondob childdob motherdob
 dobdate dobdt
vin: vin vehicleid
plate: plate licenseplate licenceplate kennzeichen numberplate
card: creditcard cardnumber creditcardnumber ccnumber
iban: iban bankiban
device: deviceserial deviceserialnumber serialnumber serialno deviceid implantserial implantserialnumber udi deviceudi
 pacemakerserial
photo: photo photograph facephoto
nhs: nhs nhsno nhsnumber nhsnum nhsid nhsnumberpatient
chi: chi chinumber chino
nino: nino nationalinsurancenumber nationalinsurance ninumber
phn: phn phnno personalhealthnumber
health-card: healthcard healthcardnumber healthcardno ohip ohipnumber hcn ohipno ramq nam healthnumber healthcardnum
sin: sin socialinsurancenumber
bsn: bsn burgerservicenummer sofinummer
nir: nir nss numsecu numerosecu numerosecuritesociale numsecuritesociale securitesociale secu numss numerodesecuritesociale
 nosecu numeroinsee
kvnr: kvnr krankenversichertennummer versichertennummerkvnr kvnummer versichertenid egknummer kvidnr
steuer-id: steuerid steueridnr steuernummer steueridentifikationsnummer
codice-fiscale: codicefiscale cf codfiscale codfisc cfpaziente
dni: dni nie dninie nif documento nifnie dnipaciente docidentidad
personnummer: personnummer persnr pnr personnr samordningsnummer
hetu: hetu henkilotunnus
fodselsnummer: fodselsnummer fnr
cpr: cpr cprnr cprnummer
rijksregisternummer: rijksregisternummer nationalnumber insz niss
pesel: pesel
ahv: ahv ahvnummer ahvnr
svnr: svnr svnummer
pps: pps ppsn ppsno
nif: niffiscal
medicare-au: medicareaunumber medicarecardnumber medicarecardno medicarecard
ihi: ihi
nhi: nhi nhinumber
aadhaar: aadhaar aadhar aadhaarno aadhaarnumber
cpf: cpf cpfpaciente numerocpf
resident-id: residentid citizenid
npi: npi npinumber providernpi
dea: dea deanumber deano
employer: employer employername
"""
# A word that says it wherever it stands in the name
ANYWHERE: Mapping[str, str] = {
    **dict.fromkeys(["ssn"], "ssn"),
    **dict.fromkeys(["mrn"], "mrn"),
    **dict.fromkeys(["mbi"], "mbi"),
    **dict.fromkeys(["surname", "lastname", "nachname"], "family"),
    **dict.fromkeys(["firstname", "forename", "vorname"], "given"),
    **dict.fromkeys(["dob", "birth", "birthdate", "geburtsdatum"], "birth-date"),
    **dict.fromkeys(["email"], "email"),
    **dict.fromkeys(["phone", "telephone", "mobile", "telefon", "telefono"], "phone"),
    **dict.fromkeys(["zip", "zipcode", "postcode", "plz"], "zip"),
    **dict.fromkeys(["medicare"], "mbi"),
    **dict.fromkeys(["nhs"], "nhs"),
}
_PERSON = """
id: patientid patid patno patientidentifier pat patient patients ptid ptno ptnum pt pid subjectid subjid subj subject subjectno
 subjectnumber subjectcode subno subjectidentifier usubjid participantid participant participantno participantnumber partid
 participantcode personid person individualid eid studyid studyno studynumber studysubjectid enrolmentid enrollmentid enrolid
 recordid record caseid caseno casenumber case casenr probandid proband probandennummer registrynumber screeningno
 screeningnumber screeningid randomisationno randomizationnumber randno randomizationid randid hadmid encounterid encounterno
 encntrid csn patenccsnid admissionid admissionno stayid patienten patientenid patientidnr patientenkennung pseudonym
 pseudonymid fallid idpatient identifiantpatient sujet numsujet numerosujet patientcode codepatient idpaciente
 pacienteid paciente codigopaciente idsujeto participante idpaziente paziente soggetto deelnemer deelnemernummer patientnumber
 patientnbr patientkey patientsk patsk memberid beneid clmid desynpuid mrnhash anonid anonymizedid deidid researchid
 mrn uhid clientid clientno residentid inpatientno enrolleeid enrollee motherid infantid
 childid babyid donorid dossier nhc ipp expediente subjectref patientref
 patientreference patientuuid personuuid biobankid
 aeid
weak-id: uid uniqueid guid cohortid respid respondentid donor householdid linkid registryid accession accessionnumber
 labno labnumber
 specimen specimenid sampleid reportid eventid idnumber idno claimid visitid client clientref identifiant hashedid
 id rid ids identifier no nr number num code userid user key rowid index seq sno serial uuid recno
age: age ageyears ageyrs ageatvisit ageatenrollment ageatdiagnosis ageatbaseline agey patientage age_years agegroup alter edad
 eta idade leeftijd alder ageatadmission anchorage ageatonset agedx ageatdeath agebl ageinyears currentage agemonths
sex: sex gender sexatbirth biologicalsex geschlecht sexe genre sexo genero sesso geslacht kon sexcode gendercode patientsex
 patientgender male female genderidentity kjonn sexmale sexfemale riagendr
trait: race ethnicity ethnic ethnicgroup ancestry maritalstatus marital occupation religion bloodgroup bloodtype education
 educationlevel yob birthyear yearofbirth geburtsjahr anneenaissance deceased vitalstatus nationality smoker
"""
BIRTH = words("""
yob birthyear yearofbirth geburtsjahr birthmonth monthofbirth
""")
DATE = words("""
date dt datetime dttm timestamp time dates datum fecha fec data dato datedu dte dtc day jour tag
""")
EVENTS = words("""
admission admitted admit admittime dischtime discharge discharged dischargetime dod deathdate dateofdeath onset onsetdate visit
visitdate appointment lastvisit nextvisit lastseen seenon dateofvisit dos dateofservice servicedate admissiondate admitdate
dischargedate adm dc collected collectiondate specimencollected resulted resultdate reported ordered performed administered
given start stop enrolled enrolment enrollment consented recruited diagnosed diagnosisdate dxdate dateofdiagnosis surgerydate
operationdate proceduredate vaccinationdate vaccinated orderdate filldate dispensed prescribed aufnahme aufnahmedatum entlassung
entlassungsdatum entlassdatum untersuchungsdatum behandlungsdatum sterbedatum todesdatum opdatum termin dateentree datesortie
dateadmission datededeces datedeces dateconsultation rdv daterdv dateexamen fechaingreso fechaalta fechaconsulta fechadefuncion
fechacita fechadeingreso fechadealta dataricovero datadimissione datavisita datainternacao dataalta dataconsulta opnamedatum
ontslagdatum inskrivningsdatum utskrivningsdatum besoksdatum charttime intime outtime encounterdate eventdate startdate stopdate
enddate followup lastfollowup followupdate effectivedate recordeddate issued
""")
NO_EVENT = words("""
created updated modified hire hired release published birth dob expiry expiration created_at signup registered
""")
PATIENT = words("""
patient patients patientin patienten paciente pacientes paziente pazienti pt pat inpatient outpatient
""")
OF_PATIENT = PATIENT | words("""
pts subj subject subjects participant participants member client resident beneficiary proband insured subscriber enrollee
enrolee recipient pnt person individual case bene patientdemographics demographics demographic demo donor
""")
MEALS = words("""
dietary diet food meal lunch dinner shirt tshirt
""")
# Identifiers behind one of these are of somebody or something else
NOT_OF_PERSON = words("""
provider physician doctor facility hospital clinic site lab laboratory pharmacy prescriber company organization organisation org
institution vendor manufacturer product item brand file column table field variable event model user username host server
country state drug medication test gene study project dataset category class department ward arzt medecin medico office agency
supplier payer gp nurse consultant operator practitioner surgeon attending referring practice author editor investigator sponsor
store branch school university business firm species
""")
# Those who care for people, or what they use, in a record that has records of them
CARING = words("""
provider providers performer performers physician doctor practitioner prescriber surgeon nurse pharmacy pharmacist author custodian
manufacturer product organization organisation facility hospital clinic
""")
_OTHERS = """
provider: npi provider physician taxonomy specialty speciality credential credentials practitioner providertype entitytype
relative: mother father spouse guardian nok kin emergency parent caregiver relative husband wife
animal: species breed animal mouse mice rat strain litter pup cage genotype owner pet dog cat herd cow sire dam zygote
 donorspecies vet weaned fish zebrafish plate well cell barcode cellline passage clone plant cultivar plot
trade: salary wage hire hired jobtitle job company customer order orderid invoice product sku price quantity lead deal sales
 student gpa grade username password login role affiliation orcid subscription churn tenure vehicle premium car manager
 institution journal github repo commit followers tweet booking room hotel flight ticket loan credit stock quantity discount
 revenue workshop conference talk abstract attendance course skill dietary lunch meal tshirt shirt player team club guest
 stylist skills department_hr vendor supplier bank balance transaction employee employeeid staff staffid
variant: gene genes hgvs hgvsc hgvsp chrom chromosome rsid transcript variant allele refseq
score: ypred ytrue prob probability prediction predicted pred logit split fold proba loss accuracy auc auroc f1 epoch
statistic: mean median sd std stdev se sem ci lower upper pvalue pval pct percent coef coefficient estimate beta importance shap
 variance min max iqr q1 q3 count counts total n freq frequency percentage proportion prevalence incidence prior oddsratio
 hazardratio rr
dictionary: fieldname formname fieldtype fieldlabel variable variablename datatype dtype description definition units longname
 example nullable required allowedvalues valueset codesystem constraint comment
"""


def _table(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        key, _colon, words = line.partition(": ")
        for word in words.split():
            found.setdefault(word, key)
    return found


IDENTITY: Mapping[str, str] = _table(_IDENTITY)
PERSON: Mapping[str, str] = _table(_PERSON)
OTHERS: Mapping[str, frozenset[str]] = {
    line.partition(": ")[0]: frozenset(line.partition(": ")[2].split()) for line in _OTHERS.strip().replace("\n ", " ").splitlines()
}
