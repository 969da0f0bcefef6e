"""What makes a text worth being asked for tables in a known layout: names of columns, each with what can follow one in a header."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic.personwords import CONTROLLED_HINTS

_BEFORE = rb"(?<![A-Za-z0-9])"
# A quote, blanks and a separator, an end of a line or of a cell, or blanks and what comes next in columns of blanks
_AFTER = rb"[\"'`*\\]{0,3}(?:[ ]{0,40}[\t,;|:<\r\n]|[ ]{1,40}[\w\"|(]|\Z)"


def _column(name: str, *columns: bytes) -> Rule:
    """Return a rule for names of columns in lower case; letter case and the sign between words do not matter."""
    spelled = b"|".join(column.replace(b"_", b"[_ .]?") for column in columns)
    anchors = {form for column in columns for form in (column, column.replace(b"_", b""), column.replace(b"_", b" "))}
    return Rule(name=name, anchors=tuple(sorted(anchors)), pattern=_BEFORE + b"(?i:" + spelled + b")" + _AFTER, face="lower")


CONTROLLED = (
    *CONTROLLED_HINTS,
    _column(
        "cohort-rare",
        b"mvp_id",
        b"mvp001_id",
        b"mvp_core_id",
        b"cartagene_id",
        b"cag_id",
        b"aln",
        b"dbgap_subject_id",
        b"dbgap_sample_id",
    ),
    _column("cohort-column", b"subjectkey", b"question_concept_id", b"person_id", b"viscode", b"alnqlet", b"qlet", b"ins_index"),
)
COMMON = (
    _column("common-person", b"person_id", b"cohort_definition_id", b"covariate_id", b"patid", b"patient_num", b"patient_ide"),
    _column("common-event", b"visit_occurrence_id", b"condition_occurrence_id", b"drug_exposure_id", b"measurement_id", b"note_id"),
    _column("common-rest", b"procedure_occurrence_id", b"cost_event_id", b"observation_id", b"specimen_id", b"episode_id"),
    _column("common-concept", b"condition_concept_id", b"drug_concept_id", b"measurement_concept_id", b"procedure_concept_id"),
)
CRITICAL = (
    _column("critical-subject", b"subject_id", b"hadm_id", b"icustay_id", b"stay_id", b"anchor_year"),
    _column("critical-order", b"emar_id", b"poe_id"),
    _column("critical-stay", b"patientunitstayid", b"patienthealthsystemstayid", b"uniquepid", b"admissionid"),
    _column(
        "critical-other", b"variableid", b"pharmaid", b"dischargestatus", b"discharge_status", b"dicom_id", b"heartsurgerytimestamp"
    ),
)
CAPTURE = (
    _column(
        "capture-event", b"redcap_event_name", b"redcap_repeat_instrument", b"redcap_data_access_group", b"redcap_survey_identifier"
    ),
    Rule(name="capture-form", anchors=(b"_complete",), pattern=rb"_(?i:complete)" + _AFTER, face="lower"),
    Rule(name="capture-box", anchors=(b"___",), pattern=rb"(?<=[A-Za-z0-9])___[a-z0-9_]{1,30}" + _AFTER),
    _column("capture-subject", b"study_subject_id", b"castor_record_id", b"participant_creation_date", b"record_creation_date"),
    _column("capture-other", b"eventcrfid", b"studyeventoid", b"mr_session_id", b"responseid", b"respondent_id", b"datapagename"),
    _column(
        "capture-session", b"xnat_subjectdata_subject_id", b"randomization_group", b"folderseq", b"event_crf_id", b"mr_sessions"
    ),
)
EXTRACT = (
    _column(
        "extract-epic", b"pat_id", b"pat_mrn_id", b"pat_enc_csn_id", b"hsp_account_id", b"patient_durable_key", b"encounter_key"
    ),
    _column("extract-cerner", b"encntr_id", b"person_id", b"urn_id", b"chart_id", b"enterprise_id", b"patient_sid", b"patient_icn"),
    _column(
        "extract-england", b"patid", b"encrypted_hesid", b"extract_hesid", b"token_person_id", b"epikey", b"pseudo_hesid", b"hesid"
    ),
    _column("extract-claims", b"bene_id", b"desynpuf_id", b"enrolid", b"clm_id", b"dsysrtky", b"enroll_id", b"visit_id"),
    _column(
        "extract-registry", b"pubcsnum", b"year_of_diagnosis", b"key_nis", b"key_nrd", b"key_ed", b"visitlink", b"nrd_visitlink"
    ),
    _column(
        "extract-abroad", b"ben_idt_ano", b"ben_nir_psa", b"num_enq", b"lopnr", b"lopenr", b"shnro", b"indi_dstd_id", b"exe_soi_dtd"
    ),
    _column("extract-record", b"px_id", b"trr_id_code", b"wl_id_code", b"usrds_id", b"puf_case_id", b"pufyear", b"msis_id"),
    _column("extract-trial", b"usubjid", b"subjid", b"subject_id", b"patient_id", b"patient_key"),
)
# One name of each open set, as it is most often written, that few others have
OPEN = (
    _column(
        "open-set",
        *(
            b"texture_mean",
            b"mean_texture",
            b"clump_thickness",
            b"cell_size_uniformity",
            b"resistin",
            b"diabetespedigreefunction",
            b"pedi",
        ),
        *(b"diabetes_pedigree_function", b"trestbps", b"thalach", b"thalch", b"exercise_angina", b"exerciseangina", b"st_slope"),
        *(
            b"creatinine_phosphokinase",
            b"tenyearchd",
            b"randid",
            b"avg_glucose_level",
            b"patient_nbr",
            b"num_lab_procedures",
            b"seqn",
        ),
        *(b"smoking_history", b"no_pation", b"polyuria", b"ap_hi", b"alkaline_phosphotase", b"alkphos", b"spleen_palpable", b"pcv"),
        *(
            b"query_on_thyroxine",
            b"hx_radiothreapy",
            b"rpde",
            b"dx:cancer",
            b"yellow_fingers",
            b"charges",
            b"mtrans",
            b"sleep_duration",
        ),
        *(b"hipertension", b"doctorincharge", b"room_number", b"physactivity", b"diffwalking", b"ph.ecog", b"karno", b"ascites"),
        *(
            b"resid.ds",
            b"rfstime",
            b"horth",
            b"flc.grp",
            b"adhere",
            b"miord",
            b"priorzdv",
            b"karnof",
            b"dzgroup",
            b"duration",
            b"ftv",
        ),
        *(
            b"infection_case",
            b"sepsislabel",
            b"dx_group",
            b"mr_delay",
            b"nwbv",
            b"desynpuf_id",
            b"encounterclass",
            b"ulcer",
            b"npreg",
        ),
        *(b"geo_accession", b"bcr_patient_barcode", b"case_submitter_id", b"cases_submitter_id", b"patient_barcode", b"usmer"),
    ),
    Rule(name="open-synthea", anchors=(b"encounter,code,description",), pattern=rb"(?i:encounter,code,description)", face="lower"),
    Rule(name="open-tcga", anchors=(b"TCGA-",), pattern=rb"TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}(?![A-Za-z0-9])"),
)
ALL = tuple({rule.name: rule for rule in (*CONTROLLED, *COMMON, *CRITICAL, *CAPTURE, *EXTRACT, *OPEN)}.values())

_NOUN = (
    rb"(?:patients|participants|subjects|persons|people|individuals|cases|deaths|admissions|discharges|suicides|births|residents"
    rb"|donors)"
)
_NUMBER = rb"(?:n|no|num|number|count|total|freq|frequency|unique|distinct)"
_NOUNS = (b"patients", b"participants", b"subjects", b"persons", b"people", b"individuals", b"cases", b"deaths")
# Behind a name for people as one of a column: what ends a cell of a page or a column of its own; a number under a key; or anything
# that ends a cell or a word, where a number is a cell close behind. So texts about patients stay unread
_COUNTED = (
    rb"[\"'`*\\]{0,3}(?:[ ]{0,40}[\t|<]|[ ]{0,3}:\s{0,20}[\"'\[{]{0,2}[0-9\[{<*]"
    rb"|[ ]{0,3}[,;](?=[\s\S]{0,600}?[,;\[(\n][\"' ]{0,2}[0-9]{1,9}[\"' ]{0,2}(?:[,;\])\r\n]|\Z))"
    rb"|[ ]{2,40}[\w\"(]|(?=[^\n]{0,300}+\n[\s\S]{0,300}?[\s|,;][0-9]{1,9}[ ]?(?:[\s|,;]|\Z)))"
)
_CATEGORY = (
    *(
        b"sex",
        b"gender",
        b"ethnicity",
        b"race",
        b"age_group",
        b"age_band",
        b"age_range",
        b"age_category",
        b"diagnosis",
        b"condition",
    ),
    *(b"icd10", b"icd_code", b"icd10_code", b"disease", b"cause_of_death", b"county", b"region", b"district", b"hospital", b"site"),
    *(b"zip3", b"zip", b"postcode", b"state", b"ward", b"facility", b"arm", b"practice", b"comorbidity", b"symptom", b"procedure"),
)
_GROUPS = rb"(?:(?:fe)?male|white|black|asian|hispanic|total|all|overall|\d{1,2}-\d{1,2})"
CELLS = (
    Rule(  # a count of people in a header
        name="people-count",
        anchors=(
            *(b"patient", b"participant", b"subject", b"person", b"people", b"individual", b"death", b"admission"),
            *(b"cases", b"casen", b"casec", b"case_n", b"case_c"),
        ),
        pattern=_BEFORE + rb"(?i:" + _NOUN + rb"|(?:patient|participant|case|death|person|subject)s?_?(?:count|n))" + _COUNTED,
        face="lower",
    ),
    Rule(
        name="people-counted",
        anchors=(
            *(before + b"_" + noun for before in (b"n", b"num", b"count", b"no", b"total", b"of") for noun in _NOUNS),
            *(before + noun for before in (b"n", b"number of ", b"no of ", b"total ") for noun in _NOUNS[:3]),
        ),
        pattern=rb"(?i:(?:(?:n|num|count|no|total|of)_|n|number of |no of |total )" + _NOUN + rb")" + _AFTER,
        face="lower",
    ),
    Rule(  # a category of people, and a count or groups of them in the same line or near it
        name="category-count",
        anchors=_CATEGORY,
        pattern=_BEFORE
        + rb"(?i:[a-z0-9_]{3,16}+(?: [a-z0-9_]{1,12}+){0,2}+[\"'`]?(?:[\t,;|<]|[ ]{2})(?:[^\n]{0,160}?[\t,;|> ])??[\"'`]?(?:"
        + _NUMBER
        + rb"|"
        + _GROUPS
        + rb"))(?![A-Za-z])",
        face="lower",
    ),
    Rule(  # a cell of a table of characteristics: 7 (3.5%)
        name="table-one",
        anchors=(b"0 (0", b"0(0", b"0 ( 0", b"0( 0"),
        pattern=rb"(?<![A-Za-z_.])[0-9] ?\( ?[0-9]{1,3}(?:\.[0-9]{1,4})? ?\\{0,2}%? ?\)[\"'`*]{0,3}"
        rb"(?:[ ]{0,40}[\t,;|<&\\\r\n]|[ ]{2}|[ ][0-9\"(-]|\Z)",
        face="shape",
    ),
)
KEYS = (
    _column(
        "key-system",
        b"mrn",
        b"ssn",
        b"nhs_number",
        b"medical_record_number",
        b"pat_mrn_id",
        b"hospital_number",
        b"patient_name",
        b"empi",
    ),
    _column(
        "key-other",
        b"uhid",
        b"chi_number",
        b"mbi",
        b"personnummer",
        b"bsn",
        b"subject_name",
        b"participant_name",
        b"hospital_no",
        b"chart_number",
        b"emr_id",
        b"ehr_id",
        b"unit_number",
        b"epic_id",
        b"pseudonym",
        b"study_id",
    ),
    Rule(
        name="key-renumbered",
        anchors=(b"old_", b"new_", b"original_", b"orig_", b"oldid", b"newid", b"old id", b"new id", b"anon_", b"deid_", b"eid_"),
        pattern=_BEFORE + rb"(?i:(?:old|new|orig|original|anon|deid|eid)[_ ]?\w{1,24})" + _AFTER,
        face="lower",
    ),
)
