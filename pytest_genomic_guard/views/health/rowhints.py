"""Rules that say which texts are asked for rows about participants: ids as studies call them, age, sex, scales and findings.

Like those of `tablehints`, which they extend, they decide nothing: a word counts in a header, a record or a page only.
"""

from __future__ import annotations

from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.health.tablehints import PEOPLE_HINTS, _rule

PARTICIPANTS = _rule(
    "column-of-participants",
    "patno patnr patnum pat_n pat_k pat_c pt_n pt_c pt_k subj sbj_ ppt sbj idno proband volunteer respond responseid teilnehm"
    " deelnem deltag deltak sujet soggetto studien study_n study_s studyn studyc studyk trial_n trial_i trialid screening"
    " randno rand_n randomi enrol pseudo dossier case_n caseno case_c kit_n kitno hospital_s hosp_ registry_ record_n recno"
    " crf_ nsrrid lopnr hash person_ personk partid part_id usub pasient potilas pacient num_pa numpat id_pa idpa id_pe id_su"
    " barcode uuid unique_id analyte lab_name labname paramcd",
    b"pid,",
    b"pid\t",
    b"pid;",
    b'pid"',
    b"rid,",
    b"rid\t",
    b'rid"',
    b"iid,",
    b"iid\t",
    b'iid"',
    b"eid,",
    b"eid\t",
    b"subject,",
    b"subject\t",
    b"subject;",
    b'subject"',
    b"record,",
    b'record"',
    b"case,",
    b'case"',
)
SCALES = _rule(
    "column-of-scales",
    "phq gad_ gad7 bdi hamd hdrs madrs panss ymrs mmse moca cdrsb updrs edss nihss rankin barthel eq5d sf36 hads_ epworth"
    " psqi isi_ ess_ ecog karnof kps nyha asa_ gleason t_stage n_stage birads pirads lvef fev1 fvc qtc qrs gcs sofa apache"
    " saps meld charlson chemo radio surviv os_ dfs_ pfs_ rfs_ relapse recurr metasta histol lymph cd4 viral gestat gravid"
    " parity apgar hiv psa crp troponin sodium potass bilirub albumin wbc inr_ depress anxi sleep pain_ dyspn fever nausea"
    " fatigue surgery biops resect dialys intubat ventil icu_ los_ readmi comor vital_ labs_ symp preg_ therapy chol dose"
    " asthma cancer copd",
)
TRAITS = Rule(  # between others
    name="column-of-traits",
    anchors=tuple(
        before + word
        for word in (b"age", b"sex", b"gender", b"alter", b"edad", b"sexo", b"geschlecht", b"leeftijd", b"alder")
        for before in (b",", b";", b"\t", b'"', b"|", b"<td>", b"<th>", b"  ")
    ),
    pattern=rb"(?:[,;\t|\"]|<t[dh]>|  )(?i:age|sexo?|gender|alter|edad|geschlecht|leeftijd|alder)"
    rb"(?:_[a-z0-9]{1,12}){0,2}(?:[\"']?(?:[,;\t|](?! )|</t[dh]>|\r?$)|[\"'] ?:|  )",
    face="lower",
)
PRINTED = Rule(  # names with one blank between, above a row that begins with its number
    name="column-of-a-print",
    anchors=(
        *(
            b" " + word
            for word in (
                b"patient",
                b"participant",
                b"subj",
                b"patno",
                b"pat_",
                b"proband",
                b"record",
                b"study_",
                b"enrol",
                b"usubj",
            )
        ),
        *(
            b" " + word
            for word in (
                b"case_",
                b"screen",
                b"rand",
                b"pseudo",
                b"respon",
                b"person",
                b"trial_",
                b"deelnem",
                b"deltag",
                b"pid ",
                b"pt_",
            )
        ),
        *(b" " + word for word in (b"sex ", b"gender ", b"age ")),
    ),
    pattern=rb" [A-Za-z][\w.-]{0,30} {1,20}[A-Za-z_][^\n]{0,1000}\n {0,4}[0-9]{1,7} ",
    face="lower",
)
# A header that begins with an id, in whatever words, above a row that begins with one
_HEADED = b"(?:" + b"|".join(rb"(?<=^[A-Za-z_\"]{%d})" % count for count in range(24)) + b")"
_ID_ENDS = listed("id no nr num ref code upn stay pt mrd ident paz case caso inclusion _n ids")
HEADER = Rule(
    name="header-of-ids",
    anchors=tuple(end.encode() + mark for end in sorted(_ID_ENDS) for mark in (b",", b";", b"\t", b"|", b'"', b" ")),
    pattern=_HEADED
    + rb"(?i:" + "|".join(sorted(_ID_ENDS)).encode() + rb")\"?(?P<mark>[,;\t| ])(?P=mark)*+"
    rb"\"?[A-Za-z](?:(?!(?P=mark))[^\n]){0,60}+(?P=mark)++\"?[A-Za-z][^\n]{0,4000}+\n"
    rb"\"?[A-Za-z]{0,8}[-_ ]?[0-9]{1,12}[A-Za-z0-9_.-]{0,20}\"?(?P=mark)",
    face="lower",
)  # fmt: skip
LISTED = Rule(  # by Stata, in a box: the first row, in a log with markup or without
    name="list-of-observations",
    anchors=(b" 1. {c |}", b" 1. |"),
    pattern=rb" 1\. (?:\{c \|\}|\|)[ ]{0,40}+(?:\{res\})?+[^\n ]",
)
ROW_HINTS = (HEADER, LISTED, *PEOPLE_HINTS, PARTICIPANTS, SCALES, TRAITS, PRINTED)
