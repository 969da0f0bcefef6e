"""The words of `labels`."""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

# Whose it is: the one whom the record is about.
OWNERS = """
patient patients pt pat pts client person member mbr subscriber beneficiary bene insured insuree enrollee policyholder holder
subject participant resident applicant customer individual user demographic demographics dem demog pid the of for his her your
proband donor volunteer respondent worker employee staff guarantor citizen claimant victim inmate veteran student child baby
patienten versicherter paciente assure patiente potilas pacjent
"""
# Whose it is: a relative, or who is called in need.
RELATIVES = """
mother mothers father fathers parent parents guardian spouse husband wife partner son daughter sibling brother sister kin nok nk
relative next emergency contact caregiver carer mutter vater madre padre mere pere conjoint
"""
# Something about an identifier, or of something that has a name without being a person.
THINGS = """
hash hashed sha md checksum flag has is valid validated verified invalid type types kind count counts cnt total length len regex
pattern format mask schema index idx score status source system label column col class file filename folder path table dataset
gene variant drug medication product brand test lab assay study trial project sample species model function method module package
hospital clinic facility organization organisation company site department institution school domain host server protocol database
db field event diagnosis disease procedure condition term concept panel color colour precision missing present available required
encrypted encoded pseudonym tokenized deidentified anonymized anonymised synthetic fake rate percent proportion mean median std
min max sum error prefix suffix check validator generator rule
"""
# A key and what it is called, in one or more lines; those with = only where nothing else is said.
TEXT = """
ssn: ssn|ss no|ss number|social security|social security no|social security number|social sec no|soc sec|soc sec no|socsec
 |ssnum|ssn last|us ssn|tax id ssn
mrn: mrn|mr no|mr number|med rec|med rec no|med rec num|med record|medical record|medical record no|medical record number
 |medical record num|medical record id|medrec|medrecno|mrn no|emrn|empi|mpi no|hospital number|hospital no|hosp no
 |hospital id|hospital patient id|unit number|unit record number|chart number|chart no|chart id|pat mrn id|pat id mrn|urn no
 |ur number|urno|hrn|ehr id|emr id|emr number|case notes number|casenote number|patientennummer|patienten nr|patienten id
 |pat nr|fallnummer|aufnahmenummer|ipp|numéro ipp|numéro de dossier|no dossier|número de historia clínica|historia clínica
 |nº historia|nhc|numero cartella clinica|cartella clinica|patiëntnummer|dossiernummer|journalnummer|potilasnumero
 |numer kartoteki|prontuário|número do prontuário|病历号|住院号|門診號|病歷號|患者番号|患者ID|診察券番号|등록번호|환자번호
mbi: mbi|mbi number|medicare beneficiary identifier|medicare beneficiary id|medicare id|medicare no|medicare number
 |medicare beneficiary number|bene mbi|bene mbi id|mbi id
hicn: hicn|hic no|hic number|hican|health insurance claim number|medicare claim number|bene hic num
medicaid: medicaid|medicaid id|medicaid no|medicaid number|medicaid recipient id|medi cal id|medi cal number|cin medicaid
health-plan: member id|member no|member number|memberid|mem id|mbr id|subscriber id|subscriber no|subscriber number
 |policy number|policy no|policy id|insurance id|insurance no|insurance number|insurance policy number|insurance member id
 |health plan id|health plan no|health plan number|health plan beneficiary number|health insurance number|health insurance no
 |health insurance id|beneficiary id|bene id|beneficiary number|plan member id|group number|insurance group number
 |certificate of insurance number|payer member id|insured id|insured id number|insurance card number|versicherungsnummer
 |versicherungs nr|numéro d'adhérent|número de póliza|número de afiliado|numero polizza|polisnummer|número da carteirinha
 |保険証番号|被保険者番号|保险号|医保号|医保卡号
npi: npi|npi number|provider npi|national provider identifier|rendering npi|referring npi|attending npi|billing npi
dea: dea|dea no|dea number|dea registration|dea registration number
licence: driver licence|driver license|drivers licence|drivers license|driver license number|drivers license number
 |driver licence number|driving licence|driving licence number|drivers licence number|dl no|dl number|license no
 |license number|licence no|licence number|licence id|license id|passport|passport no|passport number|passport id
 |certificate number|certificate no|medical licence number|führerschein|führerscheinnummer|reisepass|reisepassnummer
 |passnummer|ausweisnummer|permis de conduire|passeport|numéro de passeport|pasaporte|número de pasaporte|carta d'identità
 |passaporto|rijbewijsnummer|paspoortnummer|护照号|護照號碼|パスポート番号|여권번호
account: account number|account no|account num|acct no|acct number|acct num|acct|account id|patient account
 |patient account number|patient acct|hospital account|hospital account id|har|bank account|bank account number
 |billing account|guarantor account|csn|visit number|kontonummer|numéro de compte|número de cuenta|numero di conto
 |rekeningnummer
iban: iban|iban number|iban no
card: card number|credit card|credit card number|credit card no|cc number|cc no|ccn|payment card|debit card|debit card number
 |pan number|kreditkartennummer|carte bancaire|tarjeta de crédito
name: =name|full name|fullname|patient name|pat name|pt name|patient full name|name of patient|patients name|person name
 |member name|subscriber name|client name|participant name|subject name|resident name|insured name|beneficiary name
 |guarantor name|policyholder name|legal name|preferred name|=alias|maiden name|birth name|=patient|=nombre|nom et prénom
 |nom du patient|nombre completo|nombre y apellidos|nombre del paciente|nome completo|nome do paciente|nome paziente
 |nome e cognome|nominativo|patientenname|name des patienten|name patient|=naam|naam patiënt|patiëntnaam|=navn|=namn
 |patientnavn|imię i nazwisko|jméno a příjmení|ονοματεπώνυμο|фио|имя пациента|姓名|患者姓名|病人姓名|氏名|患者名|患者氏名
 |성명|환자명|이름|שם מלא|שם המטופל|اسم المريض
given-name: first name|firstname|fname|f name|first nm|given name|given names|givenname|forename|forenames|christian name
 |=first|=given|pat first name|middle name|middle initial|mname|m name|=middle|vorname|vornamen|prénom|prenom|primer nombre
 |nome proprio|=nome|voornaam|voornamen|fornavn|förnamn|etunimi|etunimet|imię|jméno|meno|keresztnév|utónév|prenume|ime|όνομα
 |имя|отчество|名|שם פרטי|الاسم الأول
family-name: last name|lastname|lname|l name|last nm|family name|familyname|surname|sur name|=last|=family|second name
 |pat last name|maiden|nachname|familienname|zuname|geburtsname|nom de famille|nom de naissance|nom d'usage|=nom|apellido
 |apellidos|primer apellido|segundo apellido|sobrenome|apelido|cognome|achternaam|efternavn|efternamn|etternavn|sukunimi
 |nazwisko|příjmení|priezvisko|vezetéknév|családnév|prezime|priimek|επώνυμο|фамилия|姓|姓氏|שם משפחה|اسم العائلة
relative: relative|relatives|relative name|next of kin|next of kin name|nok|nok name|emergency contact|emergency contact name
 |emergency contact person|mothers name|mother name|mothers maiden name|mother maiden name|fathers name|father name|spouse
 |spouse name|spouses name|parent name|parent or guardian|=guardian|guardian name|legal guardian|contact person
 |responsible party|caregiver|caregiver name|household member|partner name|child name|angehörige|angehöriger|notfallkontakt
 |ansprechpartner|personne à prévenir|personne de confiance|contacto de emergencia|=familiar|contatto di emergenza
 |contactpersoon|pårørende|närmast anhörig|anhörig|lähiomainen|osoba do kontaktu|紧急联系人|联系人姓名|緊急連絡先|보호자
employer: employer|employer name|name of employer|place of work|workplace|work place|current employer|company name employer
 |arbeitgeber|employeur|empleador|empresa|datore di lavoro|werkgever|arbejdsgiver|arbetsgivare|työnantaja|pracodawca
 |zaměstnavatel|工作单位|勤務先|직장
address: =address|street|street address|streetaddress|home address|mailing address|postal address|residential address
 |patient address|address line|addr line|=addr|street name|street number|house number|addr street|=residence|adresse
 |anschrift|straße|strasse|wohnort|straße hausnummer|domicile|adresse postale|dirección|domicilio|calle|indirizzo
 |via e numero|residenza|endereço|morada|adres|straat|straatnaam|huisnummer|=adress|gatuadress|bopæl|katuosoite|osoite|ulica
 |adres zamieszkania|ulice|adresa|lakcím|διεύθυνση|адрес|住址|地址|家庭住址|住所|주소|כתובת|العنوان
city: =city|town|city town|city of residence|home city|patient city|birth city|birth place|birthplace|place of birth|village
 |municipality|=county|precinct|parish|=ort|stadt|geburtsort|=ville|lieu de naissance|=commune|ciudad|municipio|localidad
 |lugar de nacimiento|comune|città|luogo di nascita|cidade|woonplaats|geboorteplaats|bostadsort|miasto|miejscowość
 |miejsce urodzenia|město|出生地|市区町村
zip: zip|zipcode|zip code|zip cd|zip plus|zip four|postal code|postalcode|postcode|post code|postal cd|patient zip|home zip
 |zcta|plz|postleitzahl|code postal|código postal|codice postale|=cap|cep|postnummer|postnr|postinumero|kod pocztowy|psč
 |irányítószám|邮编|邮政编码|郵便番号|우편번호|pin code|pincode|eircode
geocode: =latitude|=longitude|lat long|lat lon|latlong|latlon|geocode|geolocation|gps|gps coordinates|home latitude
 |home longitude|census tract|census block|block group|fips tract
phone: phone|phone no|phone number|phonenumber|telephone|telephone no|telephone number|tel|tel no|tel number|home phone
 |cell phone|cellphone|mobile|mobile no|mobile phone|mobile number|work phone|daytime phone|contact number|contact no
 |contact phone|phone home|phone mobile|phone cell|phone work|emergency contact phone|emergency phone|pager|telefon
 |telefonnummer|telefon nr|=handy|handynummer|mobiltelefon|mobilnummer|téléphone|numéro de téléphone|=portable|teléfono
 |número de teléfono|=móvil|=celular|telefone|telemóvel|telefono|cellulare|numero di telefono|telefoonnummer|telefoon|puhelin
 |puhelinnumero|telefonszám|τηλέφωνο|телефон|电话|电话号码|手机|手机号|手机号码|联系电话|電話|電話番号|전화번호|휴대폰|טלפון
 |نقال|هاتف
fax: fax|fax no|fax number|faxnumber|facsimile|fax phone|faxnummer|télécopie|numéro de fax|传真|ファックス
email: email|e mail|e mail address|email address|emailaddress|email id|mail address|personal email|home email|correo
 |correo electrónico|courriel|adresse mail|adresse e mail|e mail adresse|mailadresse|posta elettronica|e mailadres|sähköposti
 |e post|epost|邮箱|电子邮件|メールアドレス|이메일
url: =url|=website|web site|web url|web address|personal url|=homepage|home page|profile url|personal website|webseite
 |site web|sitio web|sito web
ip: ip|ip address|ipaddress|ip addr|client ip|source ip|remote ip|remote addr|ip adresse|adresse ip|dirección ip|indirizzo ip
birth-date: dob|d o b|date of birth|dateofbirth|birth date|birthdate|birthday|birth dt|birth dttm|birth datetime|birth day
 |bdate|=born|born on|patient dob|date birth|dt of birth|geburtsdatum|geb datum|geb dat|geboren am|geb|gebdat
 |date de naissance|né le|née le|ddn|fecha de nacimiento|fecha nacimiento|f nacimiento|data di nascita|data nascita|nato il
 |nata il|data de nascimento|data nascimento|nascimento|geboortedatum|geboren|fødselsdato|fodselsdag|født|födelsedatum|född
 |syntymäaika|syntynyt|data urodzenia|datum narození|dátum narodenia|születési dátum|születési idő|data nașterii
 |дата рождения|дата на раждане|datum rođenja|datum rojstva|ημερομηνία γέννησης|sünniaeg|gimimo data|dzimšanas datums
 |doğum tarihi|出生日期|出生年月日|生年月日|생년월일|תאריך לידה|تاريخ الميلاد|जन्म तिथि
age-over-89: =age|=age years|age in years|age yrs|age at admission|age at diagnosis|age at visit|age at encounter
 |age at death|age at event|patient age|anchor age|=alter|âge|edad|età|idade|leeftijd|=alder|ålder|ikä|wiek|年龄|年齢|나이
admission-date: admission date|admit date|admit dt|admit dttm|admit time|admission dt|admission time|admission datetime
 |admitted|admitted on|admitted at|date of admission|date admitted|adm date|admdate|admittime|hosp admsn time|admission dttm
 |aufnahmedatum|aufnahme am|date d'admission|date d'entrée|fecha de ingreso|fecha de admisión|data di ricovero|data ricovero
 |data de internação|data de admissão|opnamedatum|indlæggelsesdato|innleggelsesdato|inskrivningsdatum|data przyjęcia
 |datum přijetí|дата поступления|入院日期|入院日|입원일
discharge-date: discharge date|disch date|disch dt|discharge dt|discharge dttm|discharge time|discharge datetime|discharged
 |discharged on|date of discharge|date discharged|disdate|dischtime|dc date|hosp disch time|entlassungsdatum|entlassdatum
 |entlassen am|date de sortie|fecha de alta|data di dimissione|data dimissione|data de alta|data da alta|ontslagdatum
 |udskrivningsdato|utskrivningsdatum|data wypisu|datum propuštění|дата выписки|出院日期|退院日|퇴원일
death-date: death date|date of death|dod|deceased date|death dt|death dttm|death datetime|death time|deathtime|date deceased
 |deceased datetime|died on|expired on|expire date death|sterbedatum|todesdatum|verstorben am|date de décès|date du décès
 |fecha de defunción|fecha de fallecimiento|data di morte|data decesso|data de óbito|data do óbito|overlijdensdatum|dødsdato
 |dödsdatum|kuolinpäivä|data zgonu|datum úmrtí|дата смерти|死亡日期|死亡日|사망일
service-date: service date|date of service|dos|visit date|date of visit|encounter date|appointment date|appt date|appt time
 |appointment time|procedure date|surgery date|date of surgery|operation date|exam date|date of exam|collection date
 |specimen date|diagnosis date|date of diagnosis|date of onset|onset date|prescription date|fill date|study date
 |immunization date|vaccination date|behandlungsdatum|untersuchungsdatum|op datum|date de consultation|date d'examen
 |fecha de consulta|fecha de visita|data visita|data da consulta|afspraakdatum|besøksdato|besöksdatum|data wizyty|就诊日期
 |检查日期|手术日期|受診日|診察日|진료일
vin: vin|vin number|vin no|vehicle identification number|vehicle id number|vehicle vin|vehicle identifier|chassis number
 |fahrgestellnummer|numéro de châssis|bastidor|numero di telaio
plate: license plate|licence plate|license plate number|licence plate number|number plate|vehicle plate|vehicle registration
 |vehicle registration number|vehicle reg|car registration|registration plate|kennzeichen|kfz kennzeichen|nummernschild
 |plaque d'immatriculation|immatriculation|matrícula|targa|kenteken|nummerplade|车牌号|車牌|차량번호
device: device serial|device serial number|device serial no|device identifier|serial number|serial no|serialnumber
 |implant serial|implant serial number|implant id|pacemaker serial|pacemaker serial number|icd serial|udi|udi di|udi pi
 |unique device identifier|device udi|imei|mac address|seriennummer|numéro de série|número de serie|numero di serie
 |serienummer|序列号|設備番号
patient-id: patient id|pat id|patient identifier|patient number|patient no|person id|subject id|participant id|member key
 |patient key|pid|subject identifier|participant identifier|participant number|case id|record id|study id|pat num
biometric: biometric|biometric id|biometric identifier|biometrics|fingerprint|finger print|fingerprint id|thumbprint
 |voiceprint|voice print|retina scan|iris scan|iris code|palm print|face encoding|face embedding|fingerabdruck
 |empreinte digitale|huella dactilar|impronta digitale
photo: =photo|photograph|patient photo|photo url|photo id|full face photo|facial photo|headshot|=portrait|face photo|=avatar
 |passfoto|lichtbild|photographie|fotografía|照片
nhs: nhs|nhs no|nhs num|nhs number|nhsno|nhsnumber|new nhs number|national health service number|nhs id
chi: chi no|chi number|chi num|chinumber|community health index|community health index number|=chi
health-and-care: h c number|h c no|hcn ni|health and care number|health care number ni|hc number|hcn number
nino: nino|ni no|ni number|nat ins no|national insurance|national insurance no|national insurance number
phn: phn|phn number|personal health no|personal health number|bc phn|alberta health number|uli|ahcip|ahcip number
 |provincial health number|provincial health card|mcp number|phin|phin number
health-card: health card|health card no|health card number|health card num|ohip|ohip no|ohip number|healthcard|hcn
 |health number|hc version
ramq: ramq|nam|numéro d'assurance maladie|numéro assurance maladie|no assurance maladie|assurance maladie|numéro ramq
 |carte soleil
sin: social insurance number|social insurance no|sin number|sin no|sin card|numéro d'assurance sociale|nas canada|=sin
bsn: bsn|bsn nummer|bsn nr|burgerservicenummer|burger service nummer|citizen service number|sofinummer|sofi nummer
 |bsn patiënt
nir: nir|numéro de sécurité sociale|numéro sécurité sociale|no sécurité sociale|n sécurité sociale|sécurité sociale|numéro ss
 |num secu|numéro de sécu|insee number|numéro insee|=ins|nss|ins nir|matricule ins|numéro d'inscription au répertoire
kvnr: kvnr|kv nr|kv nummer|krankenversichertennummer|krankenversicherten nr|krankenversicherungsnummer
 |krankenversicherungs nr|versichertennummer|versicherten nr|versichertennr|vers nr|versicherten id|egk nummer
 |gesundheitskartennummer
rvnr: rvnr|rentenversicherungsnummer|rentenversicherungs nr|sozialversicherungsnummer deutschland|rv nummer|vsnr
steuer-id: steuer id|steuerid|steuer idnr|steuerliche identifikationsnummer|steueridentifikationsnummer
 |steuer identifikationsnummer|steuer identnummer|idnr steuer|german tax id
rijksregisternummer: rijksregisternummer|rijksregister nr|rijksregister|numéro de registre national|numéro registre national
 |registre national|numéro national|belgian national number|national register number|insz|niss belgique|rrn belgium
 |nn belgium
matricule: matricule luxembourg|matricule nationale|numéro matricule|numéro d'identification national|luxembourg national id
ahv: ahv|ahv nr|ahv nummer|ahvn|avs|numéro avs|no avs|numero avs|ahv number|avs number|ahvnr|navs|oasi number
svnr: svnr|sv nr|sv nummer|sozialversicherungsnummer|sozialversicherungs nr|österreichische sozialversicherungsnummer|svn
pps: pps|pps no|pps number|ppsn|ppsn number|personal public service number
ehic: ehic|ehic no|ehic number|european health insurance card|european health insurance card number|ekvk|ceam
 |tarjeta sanitaria europea|tessera europea di assicurazione malattia|europäische krankenversicherungskarte
codice-fiscale: codice fiscale|cod fiscale|cod fisc|codicefiscale|codfisc|=cf|cf paziente|italian tax code|tessera sanitaria
dni: dni|dni nie|nie|nif nie|dni number|número de dni|documento nacional de identidad|número de identidad de extranjero
 |dni paciente
nuss: nuss|nss seguridad social|número de la seguridad social|número de seguridad social|número seguridad social
 |n seguridad social|nº seguridad social|naf
cip: cip|código cip|cip sns|cip autonómico|tarjeta sanitaria|número de tarjeta sanitaria|nº tarjeta sanitaria
 |código de identificación personal|tis|targeta sanitària
nif: nif|número de contribuinte|número de identificação fiscal|contribuinte|nº contribuinte|n contribuinte
utente: utente|número de utente|número utente|nº utente|n utente|nº de utente|número nacional de utente|número sns|sns number
 |cartão de utente
niss: niss|número de segurança social|número segurança social|segurança social
amka: amka|αμκα|αριθμός αμκα
tckn: tckn|tc kimlik|tc kimlik no|tc kimlik numarası|t c kimlik no|kimlik no|kimlik numarası|tc no
teudat-zehut: teudat zehut|teudat zeut|mispar zehut|israeli id|תעודת זהות|מספר זהות|ת ז|מספר תעודת זהות
personnummer: personnummer|person nummer|personnr|pnr|personal identity number|swedish personal number|samordningsnummer
 |persnr
hetu: hetu|henkilötunnus|henkilotunnus|sotu|sosiaaliturvatunnus|personal identity code|finnish personal identity code
 |personbeteckning
fodselsnummer: fødselsnummer|fodselsnummer|foedselsnummer|fødselsnr|fnr|fodselsnr|d nummer|dnummer
 |norwegian national identity number|personnummer norge|fødsels og personnummer
cpr: cpr|cpr nr|cpr nummer|cprnr|cpr number|cpr no|danish cpr|personnummer danmark
kennitala: kennitala|kt nr|kennitölur|icelandic id
isikukood: isikukood|personal identification code|estonian id code|estonian personal code
asmens-kodas: asmens kodas|lithuanian personal code
personas-kods: personas kods|latvian personal code
pesel: pesel|pesel number|numer pesel|nr pesel|pesel pacjenta
rodne-cislo: rodné číslo|rodne cislo|rodné č|rc pacienta|číslo pojištěnce|č pojištěnce|birth number|rodc
egn: егн|egn|единен граждански номер|egn number
cnp: cnp|cod numeric personal|cnp pacient
oib: oib|osobni identifikacijski broj|mbo osigurane osobe
emso: emšo|emso|enotna matična številka občana
jmbg: jmbg|јмбг|jedinstveni matični broj|jedinstveni matični broj građana|јединствени матични број грађана|матични број
 |lbo osiguranika
taj: taj|taj szám|taj kártya|tajszám|társadalombiztosítási azonosító jel|taj number
rnokpp: рнокпп|іпн|ідентифікаційний код|rnokpp|идентификационный код|номер платника податків
snils: снилс|snils|страховой номер|номер снилс|страховой номер индивидуального лицевого счета
aadhaar: aadhaar|aadhar|adhar|aadhaar no|aadhaar number|aadhar no|aadhar card|aadhaar card number|uidai|आधार|आधार संख्या
 |आधार नंबर
abha: abha|abha id|abha number|abha no|abha address|health id ndhm|ndhm health id|ayushman bharat health account
resident-id: 身份证|身份证号|身份证号码|居民身份证|公民身份号码|身分证号|证件号码|证件号|resident identity card
 |resident id number|chinese id number|id card number|shenfenzheng|sfzh
hkid: hkid|hkid no|hkid number|hong kong id|hong kong identity card|香港身份證|身份證號碼|hkic
roc-id: 身分證|身分證字號|身分證號碼|國民身分證統一編號|taiwan id|roc id
rrn: 주민등록번호|주민번호|외국인등록번호|resident registration number|rrn|jumin number|jumin
my-number: マイナンバー|個人番号|my number|mynumber|individual number|kojin bango
nric: nric|nric no|nric number|nric fin|fin number|fin no|singapore nric|uin fin|ic number singapore
thai-id: เลขประจำตัวประชาชน|เลขบัตรประชาชน|thai id|thai national id|thai citizen id
medicare-au: medicare card|medicare card no|medicare card number|australian medicare number|medicare irn|medicare aus
ihi: ihi|ihi number|ihi no|individual healthcare identifier
dva: dva|dva no|dva number|dva file number|veterans file number|dva card
nhi: nhi|nhi no|nhi number|nhi num|national health index|national health index number
south-african-id: south african id|sa id|sa id number|rsa id|rsa id number|said number|id number south africa
 |identiteitsnommer
cpf: cpf|número do cpf|cpf do paciente|número de cpf|cadastro de pessoas físicas|nº cpf
cns: cns|cartão sus|cartão nacional de saúde|número do cartão sus|número do sus|cartão do sus|número cns|cns do paciente
curp: curp|clave única de registro de población|clave curp
rut: rut|rut paciente|rol único tributario|run chile|rut run
"""
