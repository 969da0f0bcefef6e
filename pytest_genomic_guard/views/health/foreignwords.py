"""Names of columns in languages beyond those of `contextwords` and `identitywords`: of health, and of people.

As they are written, with accents; `words` folds them as it folds names of columns. Sources: the headings of the patient summaries
and discharge letters that each country's health service publishes.
"""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

# kind | firm or soft | profile: names, parted by bars
CONTEXT = """
diagnosis|firm|finding: diagnoza|diagnóza|diagnózis|diagnoosi|diagnosa|dijagnoza|διάγνωση|диагноз|діагноз|диагноза|дијагноза
 |tanı|tanısı|teşhis|ön tanı|rozpoznanie|rozpoznanie główne|choroba|choroby|choroby współistniejące|schorzenie|nemoc
 |onemocnění|choroba pacienta|ochorenie|sairaus|sairaudet|perussairaudet|betegség|betegségek|bno|bno kód|afecțiune|afectiune
 |boala|boală|bolest|oboljenje|болест|заболевание|хвороба|захворювання|основной диагноз|основний діагноз
 |сопутствующие заболевания|мкб|мкб 10|код мкб|мкх|мкн|mkn|mkn 10|mkn10|mkb|mkb 10|mkb10|ασθένεια|νόσος|πάθηση|hastalık
 |hastalığı|padecimiento|sykdom|sygdom|lidelse|sjukdomar|diagnosekode|diagnosetekst|diagnostekst|bidiagnos|huvuddiagnos
 |hoveddiagnose|bidiagnose|aktionsdiagnose|penyakit|riwayat penyakit|chẩn đoán|bệnh|bệnh lý|bệnh nền|bệnh sử|การวินิจฉัย|โรค
 |โรคประจำตัว|诊断|診斷|診断|诊断结果|主要诊断|出院诊断|入院诊断|疾病|疾病名称|既往史|病史|病名|傷病名|主病名|既往歴|診断名
 |진단|진단명|상병명|상병코드|질병|병명|과거력|تشخیص|التشخيص|تشخيص|المرض|الأمراض|אבחנה|אבחנות|מחלה|מחלות רקע|रोग|निदान
 |aandoeningen|ziektebeelden|klachtenbeeld|indicatie|eriarst diagnoos|diagnoos|diagnozė|diagnoze|slimība|sairauskertomus
 |patologias|patologie|afecciones|comorbilidades|comorbidades
medication|firm|drug: léky|lieky|lek|leki|lekarstwa|lääke|lääkkeet|lääkitys|gyógyszer|gyógyszerek|gyógyszerelés|medicamente
 |medicație|φάρμακα|φάρμακο|φαρμακευτική αγωγή|лекарство|лекарства|препарат|препараты|назначения|назначение|ліки|препарати
 |призначення|лікування|лекови|lijekovi|lijek|zdravila|lekovi|ilaç|ilaçlar|kullandığı ilaçlar|medicin|medisin|medisiner
 |legemiddel|legemidler|lægemiddel|läkemedelsnamn|obat|thuốc|đơn thuốc|ยา|รายการยา|用药|药品|药品名称|处方|處方|用藥|藥物
 |处方药|薬剤|薬剤名|処方|処方薬|投薬|내복약|처방|처방약|약물|약품명|투약|الدواء|الأدوية|دواء|תרופה|תרופות|دارو|दवा|ravim
 |ravimid|vaistai|zāles|traitement en cours|terapia in atto|medicijnen|medicatiegebruik|medicamentos actuales|medicamentação
medication|soft|drug: léčba|liečba|leczenie|hoito|kezelés|tratament|tratamiento|tratamento|θεραπεία|лечение|лечење|liječenje
 |zdravljenje|terapija|terapia|tedavi|behandling|behandeling|behandlung|pengobatan|điều trị|การรักษา|治疗|治療|치료|العلاج
 |טיפול
clinical note|firm|prose: anamnéza|anamneza|anamnez|anamneesi|panaszok|potíže|obtíže|dolegliwości|objawy|objaw|oireet|tünetek
 |simptome|συμπτώματα|симптомы|жалобы|скарги|анамнез|şikayet|şikayeti|şikayetler|belirtiler|keluhan|triệu chứng|lý do khám
 |อาการ|主诉|主訴|症状|症狀|증상|주호소|الأعراض|الشكوى|תסמינים|תלונה|besvär|symptomer|симптоми|epikriisi|epikriz|epikríza
 |lelet|nález|wynik badania|заключение|εύρημα
admission|soft|event: datum přijetí|dátum prijatia|data przyjęcia|data wypisu|datum vyšetření|dátum vyšetrenia|käyntipäivä
 |tulopäivä|lähtöpäivä|vastaanottoaika|felvétel dátuma|felvétel|vizsgálat dátuma|data internării|data externării
 |data consultației|ημερομηνία εισαγωγής|ημερομηνία εξιτηρίου|ημερομηνία επίσκεψης|дата поступления|дата госпитализации
 |дата выписки|дата приема|дата госпіталізації|дата виписки|datum prijema|datum otpusta|datum pregleda|başvuru tarihi
 |yatış tarihi|taburcu tarihi|muayene tarihi|besöksdatum|indlæggelsesdato|innleggelse|innleggelsesdato|wizyta|data wizyty
 |oddział|osasto|osztály|secție|отделение|відділення|tanggal masuk|tanggal kunjungan|ngày khám|ngày nhập viện|ngày vào viện
 |วันที่เข้ารับการรักษา|入院日期|出院日期|就诊日期|就診日期|住院日期|科室|科別|入院日|退院日|受診日|診察日|診療科|진료일
 |진료과|입원일|퇴원일|تاريخ الدخول|تاريخ الزيارة|תאריך אשפוז|מחלקה
allergy|firm|text: alergie|alergia|allergiat|allergiák|αλλεργίες|аллергия|аллергии|алергія|alergije|alerjiler|alerji|alergi
 |dị ứng|แพ้ยา|过敏史|過敏史|アレルギー|알레르기|حساسية|الحساسية|אלרגיה|אלרגיות|allergier
procedure|firm|finding: operacja|zabieg|operace|výkon|operácia|leikkaus|toimenpide|műtét|beavatkozás|intervenție|επέμβαση
 |операция|операція|operacija|zahvat|ameliyat|inngrep|indgreb|tindakan|phẫu thuật|手术|手術|手术名称|術式|수술|수술명|العملية
 |ניתוח
immunisation|firm|text: očkování|očkovanie|szczepienie|szczepionka|rokote|rokotus|oltás|vakcina|εμβόλιο|εμβολιασμός|вакцина
 |прививка|прививки|щеплення|cijepljenje|cjepivo|aşı|vaksin|imunisasi|vắc xin|tiêm chủng|วัคซีน|疫苗|接种日期|ワクチン|백신
 |예방접종|لقاح|חיסון|vaksine|vaccination dato
laboratory result|soft|any: výsledek|výsledok|wynik|wyniki|tulos|eredmény|rezultat|αποτέλεσμα|результат|результат анализа
 |sonuç|hasil|kết quả|ผลตรวจ|检验结果|检查结果|檢驗結果|検査結果|검사결과|نتيجة|תוצאה|provsvar|prøvesvar
vital signs|firm|pressure: krevní tlak|krvný tlak|ciśnienie|ciśnienie krwi|verenpaine|vérnyomás|tensiune arterială
 |αρτηριακή πίεση|артериальное давление|артеріальний тиск|krvni tlak|tansiyon|blodtryck|blodtrykk|blodtryk|tekanan darah
 |huyết áp|ความดันโลหิต|血压|血壓|血圧|혈압|ضغط الدم|לחץ דם
insurance claim|soft|text: pojišťovna|zdravotní pojišťovna|poisťovňa|zdravotná poisťovňa|полис омс|полис|страховая компания
 |医保类型|保険種別|kela|casa de asigurări|nfz
"""
# Beginnings of words that no other trade has, in any of them
STEMS = """
diagnosis: diagno|dijagno|διάγνωσ|диагноз|діагноз|дијагно|rozpoznani|onemocn|ochoren|заболевани|захворюванн|sairau|betegség
 |hastalı|诊断|診断|診斷|진단|病名|疾病|التشخيص|אבחנ|การวินิจฉัย|chẩn đoán
medication: lääk|lekarst|gyógyszer|φάρμακ|φαρμακ|лекарств|lijek|ilaç|legemid|lægemid|läkemed|药品|用药|薬剤|処方|处方|약물
 |처방|الأدوية|תרופ
"""
# key of `identifiers`, or given, family: names that labels of forms do not have
IDENTITY = """
name: adı soyadı|ad soyad|hasta adı|hasta adı soyadı|isim|név|beteg neve|páciens neve|páciens|beteg|пациент|пацієнт|піб|п і б
 |прізвище ім'я по батькові|фио пациента|ф и о|pacjent|pacient|pacienti|potilas|potilaan nimi|nimi|ασθενής|ονομα ασθενούς
 |hasta|nama|nama pasien|nama lengkap|pasien|họ và tên|họ tên|tên bệnh nhân|ชื่อ นามสกุล|ชื่อ สกุล|ชื่อ|ชื่อผู้ป่วย|患者|病人
 |患者名前|名前|お名前|환자|환자이름|성함|الاسم|الاسم الكامل|המטופל|שם|ime i prezime|ime in priimek|meno a priezvisko
 |nume și prenume|numele pacientului|pacijent|bolesnik|име|име и презиме|име и фамилия|नाम|मरीज़ का नाम|pasient|patsient
given: adı|ad|ім'я|імя|ime pacijenta|prenumele|křestní jméno|krstné meno|fornavne|tên
family: soyadı|soyad|прізвище|nume|numele|sukunimi|презиме|họ
birth-date: дата народження|生日|出生|ngày sinh|วันเกิด|วันเดือนปีเกิด|tanggal lahir|tgl lahir|d tarihi|doğum
 |születési év hó nap|születés|syntymäpäivä|narozen|narodený|data nasterii|datum rodjenja|dátum nar|dat nar|data ur|født dato
 |fødselsdata|fodt|תאריך לידה|生年|датум рођења|роден
phone: số điện thoại|điện thoại|sđt|โทรศัพท์|เบอร์โทร|no hp|no telp|no telepon|nomor hp|gsm|cep telefonu|cep|tel č
 |телефонный номер|мобильный|мобільний|連絡先|携帯|电话号|聯絡電話|手機|연락처|핸드폰|رقم الهاتف|الهاتف|מספר טלפון|נייד
 |telefónne číslo|tel nr|telf
address: địa chỉ|ที่อยู่|alamat|адреса|lakóhely|bydliště|bydlisko|ev adresi|ikamet
"""
