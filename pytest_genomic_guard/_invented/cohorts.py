"""Invented rows in the layouts in which health data are handed out, counts of people, and keys between ids."""

from __future__ import annotations

import random
import string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_random = random.SystemRandom()
# Columns of a layout, each with what stands below: n number, s small number, d date, t time, w word, v value, i id of seven digits,
# h of eight, c code of a diagnosis, b yes or no, e event of an arm
_LAYOUTS = {
    "omop-person": "person_id:i gender_concept_id:n year_of_birth:y race_concept_id:n ethnicity_concept_id:n",
    "omop-measurement": "measurement_id:n person_id:i measurement_concept_id:n measurement_date:d value_as_number:v",
    "omop-death": "person_id:i death_date:d death_type_concept_id:n",
    "pcornet-diagnosis": "DIAGNOSISID:i PATID:h ENCOUNTERID:h ADMIT_DATE:d DX:c DX_TYPE:w",
    "sentinel-encounter": "PatID:h EncounterID:h ADate:d DDate:d EncType:w",
    "i2b2-fact": "encounter_num:n patient_num:i concept_cd:c start_date:d nval_num:v",
    "mimic-icu": "subject_id:h hadm_id:h stay_id:h first_careunit:w intime:t los:v",
    "mimic-labs": "subject_id:h itemid:n charttime:t valuenum:v",
    "eicu": "patientunitstayid:i labresultoffset:s labname:w labresult:v",
    "hirid": "patientid:s datetime:t variableid:s value:v",
    "redcap": "record_id:s redcap_event_name:e age:s weight:v visit_complete:k",
    "redcap-forms": "record_id:s sex:b history___1:b history___2:b baseline_complete:k",
    "clarity": "PAT_ID:h PAT_ENC_CSN_ID:h HOSP_ADMSN_TIME:t HOSP_DISCH_TIME:t DEPARTMENT_ID:n",
    "cerner": "PERSON_ID:h ENCNTR_ID:h EVENT_CD:n RESULT_VAL:v",
    "cprd": "patid:h medcode:n eventdate:d consid:n",
    "claims": "BENE_ID:h CLM_ID:h CLM_FROM_DT:d PRNCPAL_DGNS_CD:c",
    "sdtm": "STUDYID:w DOMAIN:w USUBJID:h LBTESTCD:w LBSTRESN:v LBDTC:d",
    "meds": "subject_id:i time:t code:w numeric_value:v",
    "dbgap": "dbGaP_Subject_ID:i SUBJECT_ID:h AGE:s SMOKING:b",
    "survey": "person_id:i survey_datetime:t question_concept_id:n answer_concept_id:n",
    "biobank": "eid:u 31-0.0:b 21022-0.0:s 30740-0.0:v",
    "nda": "subjectkey:h src_subject_id:h interview_age:s sex:b",
    "heart": "age:s sex:b cp:b trestbps:s chol:s fbs:b restecg:b thalach:s exang:b oldpeak:v slope:b ca:b thal:b target:b",
    "pima": "Pregnancies:s Glucose:s BloodPressure:s SkinThickness:s Insulin:s BMI:v DiabetesPedigreeFunction:v Age:s Outcome:b",
    "synthea": "START:d STOP:d PATIENT:h ENCOUNTER:h CODE:n DESCRIPTION:w",
}


def _word(size: int = 7) -> str:
    return "".join(_random.choices(string.ascii_lowercase, k=size))


def _date() -> str:
    return f"20{_random.randrange(10, 24)}-{_random.randrange(1, 13):02}-{_random.randrange(1, 28):02}"


_MADE: dict[str, Callable[[], str]] = {
    "n": lambda: str(_random.randrange(10_000, 49_000_000)),
    "s": lambda: str(_random.randrange(20, 89)),
    "d": _date,
    "t": lambda: f"{_date()} {_random.randrange(24):02}:{_random.randrange(60):02}:00",
    "w": _word,
    "v": lambda: f"{_random.uniform(1, 90):.2f}",
    "y": lambda: str(_random.randrange(1935, 2001)),
    "i": lambda: str(_random.randrange(1_000_000, 9_999_999)),
    "u": lambda: str(_random.randrange(1_000_000, 5_999_999)),
    "h": lambda: f"{_random.choice('KMZ')}{_random.randrange(10**7, 10**8)}",
    "c": lambda: f"{_random.choice('EIJKM')}{_random.randrange(10, 90)}.{_random.randrange(9)}",
    "b": lambda: str(_random.randrange(2)),
    "k": lambda: str(_random.randrange(3)),
    "e": lambda: f"visit_{_random.randrange(1, 4)}_arm_1",
}


class Cohorts:
    """Part of `testing.samples`: every function returns bytes made at call time."""

    @staticmethod
    def cohort(layout: str = "omop-person", people: int = 8, sign: str = "comma", ids: str = "drawn") -> bytes:
        """Return rows in a layout: the names of the keys of this module's table; with no people, its header alone."""
        columns = [column.rpartition(":") for column in _LAYOUTS[layout].split()]
        rows = [[name for name, _colon, _kind in columns]]
        rows += [
            [str(at) if kind == "i" and ids == "counted" else _MADE[kind]() for _name, _colon, kind in columns]
            for at in range(1, people + 1)
        ]
        if sign == "pipe":
            rows.insert(1, ["---"] * len(columns))
            return "".join(f"| {' | '.join(row)} |\n" for row in rows).encode()
        mark = {"comma": ",", "tab": "\t", "semicolon": ";"}[sign]
        return "".join(mark.join(row) + "\n" for row in rows).encode()

    @staticmethod
    def cells(noun: str = "patients", smallest: int = 3, category: str = "diagnosis", rows: int = 6) -> bytes:
        """Return counts of people by a category, the least of which is `smallest` and all others above 100."""
        counts = [_random.randrange(101, 900) for _row in range(rows - 1)]
        lines = [f"{category},{noun}", *(f"{_word()},{count}" for count in (*counts, smallest))]
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def crosswalk(study: str = "study_id", system: str = "mrn", people: int = 8) -> bytes:
        """Return a key between two ids of people."""
        lines = [f"{study},{system}"]
        numbers = _random.sample(range(10**6, 10**7), people)
        lines += [f"{_random.choice('KMZ')}{_random.randrange(10**4, 10**5)},{number}" for number in numbers]
        return ("\n".join(lines) + "\n").encode()
