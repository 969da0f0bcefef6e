"""Accessions and names of controlled sources: where they count as used, and what only looks like one."""

from __future__ import annotations

import json
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

# The helpers of the policy's tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _policy import inside, write

from pytest_genomic_guard.views.datause import accessions, ids
from pytest_genomic_guard.views.datause.names import NAMES, OPEN
from pytest_genomic_guard.views.datause.systems import SIGNS

if TYPE_CHECKING:
    from _scratch import Ran

    from pytest_genomic_guard.views.datause.systems import Sign

STUDY, DATASET = "phs000178.v11.p8", "EGAD00001000001"
CARD = "---\nlibrary_name: sklearn\nlicense: mit\n---\n\n# A model\n\n## Training data\n\nIt was trained on {}.\n"
# One text for each form that `systems` lists, and what it is.
FORMS = {
    "dbgap-study": ("x = 'phs000424.v8.p2.c1'", "phs000424.v8.p2.c1"),
    "dbgap-part": ("x = 'pht001234.v1.p1'", "dbgap"),
    "ega": ("x = 'EGAS00001000001'", "EGAS00001000001"),
    "jga": ("x = 'JGAD000001'", "JGAD000001"),
    "nbdc": ("x = 'hum0123.v2'  # NBDC", "hum0123.v2"),
    "synapse": ("x = 'syn1234567'", "syn1234567"),
    "ukb-application": ("# UK Biobank application 12345", "uk-biobank:12345"),
    "ukb-applied": ("# application number 12345 of UK Biobank", "uk-biobank:12345"),
    "ukb-files": ("x = 'ukb12345.tab'", "uk-biobank"),
    "ukb-bucket": ("x = 'gs://lab-ukbb/a.mt'", "uk-biobank"),
    "ukb-platform": ("x = '/mnt/project/Bulk/a'", "uk-biobank"),
    "ukb-project": ("x = '/mnt/project/a'  # UK Biobank", "uk-biobank"),
    "ukb-field": ("x = ['p31_i0', 'p50_i1_a0', 'p21022_i0']", "uk-biobank"),
    "ukb-column": ("x = ['f.31.0.0', 'f.50.0.0', 'f.21022.0.0']", "uk-biobank"),
    "aou-workspace": ("x = env['WORKSPACE_CDR']", "all-of-us"),
    "aou-cdr": ("x = 'C2022Q4R9'  # CDR", "all-of-us"),
    "anvil-workspace": ("x = 'AnVIL_CCDG_Broad'", "anvil:ccdg_broad"),
    "terra-secure": ("x = 'gs://fc-secure-0a1b2c3d-0000/a'", "anvil"),
    "bdc-bucket": ("x = 'gs://nih-nhlbi-biodata-catalyst-x/a'", "biodata-catalyst"),
    "gdc-token": ("x = 'gdc-client download -m m.txt --token-file t.txt'", "gdc"),
    "gdc-access": ("x = {'field': 'access', 'value': ['controlled']}  # api.gdc.cancer.gov", "gdc"),
    "finngen-red": ("x = 'gs://finngen-production-library-red/a'", "finngen"),
    "gdc-words": ("x = 'GDC controlled'", "gdc"),
    "bdc-object": ("x = 'drs://dg.4503/0a1b'", "biodata-catalyst"),
    "mimic": ("x = 'https://physionet.org/files/mimiciv/2.2/'", "mimic"),
}
QUIET = [
    "graphs000178",
    "phs00017",
    "phs0001789",
    "phs000178a",
    "phs000000",
    "EGAD0000100000",
    "EGAD000010000012",
    "EGAD00000000000",
    "MEGAD00001000001",
    "hum0123",
    "hum0000 of NBDC",
    "async1234567",
    "UK Biobank, with an application to 500 genes",
    "application 12345",
    "p31_i0",
    "f.31.0.0",
    "DEFAULT_WORKSPACE_CDR_VERSION",
    "anvil_setBalance",
    "pdf.31.0.0",
    "C2022Q4R9",
    "s3://pan-ukb-us-east-1/x",
    "gs://ukb-diverse-pops-public/x",
    "gs://gdc-tcga-phs000178-open/x",
    "AnVIL_HPRC",
    "AnVIL_1000G_PRIMED",
    "https://physionet.org/files/mimic-iv-demo/2.2/",
    "https://physionet.org/files/mimiciii-demo/1.4/",
    "'controlled'",
    "not for GDC controlled data",
    "GDC controlledness",
    "finngen_R10_T2D.gz",
    "mimic-iv-demo/2.2/hosp/admissions.csv.gz",
    "mimiciv/hosp",
    "ukbfetch",
    "ukbconv ukbgene ukbfetch ukbunpack",
    "['ukbconv', 'ukbfetch', 'ukbgene']",
    "controlled vocabulary",
    "gdc-client download -m manifest.txt",
    "TCGA-02-0001-01C-01D-0182-01",
    "SRR1553610 ERR000111 DRR000001 PRJNA257197 SAMN02951957 GSE12345 NCT00000102",
]


def told(folder: Path, **files: str) -> list[tuple[str, str, str | None]]:
    """Return code, path and subject of what a folder gives; names have ``__`` for a dot and ``___`` for a slash."""
    write(folder, {name.replace("___", "/").replace("__", "."): text for name, text in files.items()})
    return found(inside("scan", "--select", "GOV101,GOV102", "--format", "json", folder))


def found(ran: Ran) -> list[tuple[str, str, str | None]]:
    """Return code, path and subject of each finding on data use."""
    return [(each["code"], each["path"], each["subject"]) for each in ran.json["findings"] if each["code"].startswith("GOV")]


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_each_form(tmp_path: Path, sign: Sign) -> None:
    """Every form of the list is found in a program, by all ways of looking, as the id that the register knows."""
    text, name = FORMS[sign.name]
    assert name in {each.id for each in accessions.find(text.encode())}
    code = "GOV101" if ids.numbered(name) else "GOV102"
    assert told(tmp_path, a__py=text + "\n") == ([(code, "a.py", name)] if sign.level == "controlled" else [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ukbb_app_12345_id", "uk-biobank:12345"),
        ("UK Biobank Application Number: 12345).", "uk-biobank:12345"),
        ("UK Biobank (application ID 12345)", "uk-biobank:12345"),
        ("UKB project id = 12345", "uk-biobank:12345"),
        ("phs000007.v33.pht003099.v8.p14.c1.x.txt", "phs000007.v33"),
        ("/controlled/phs000178_TCGA/x", "phs000178"),
        ("S=phs000178", "phs000178"),
        ("f.eid f.31.0.0", "uk-biobank"),
        ("import dxdata\ncols = ['p31', 'p30760_i0']", "uk-biobank"),
        ("ukbfetch -a key -bukb12345.bulk", "uk-biobank"),
        ("ukbconv ukb12345.enc_ukb r", "uk-biobank"),
        ("ukbgene $FLAGS", "uk-biobank"),
        ("x = load('finngen_R10.bed')", "finngen"),
        ("x = read('mimiciv/2.2/hosp/admissions.csv.gz')", "mimic"),
    ],
)
def test_spellings(text: str, name: str) -> None:
    """Other ways to write the same."""
    assert {each.id for each in accessions.find(text.encode())} >= {name}


def test_forms_are_complete() -> None:
    """No form is without a text here, and every row says where it comes from."""
    assert set(FORMS) == {sign.name for sign in SIGNS}
    assert all(sign.source for sign in SIGNS)
    assert all(name.source for name in NAMES)


@pytest.mark.parametrize("text", QUIET)
def test_what_looks_like_one(tmp_path: Path, text: str) -> None:
    """Parts of words, public ids and buckets, lone columns and words are nothing."""
    assert told(tmp_path, a__py=f"x = '{text}'\n" if "'" not in text else f'x = "{text}"\n') == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a__py", "S = '{}'"),
        ("a__R", "s <- '{}'"),
        ("run__sh", "prefetch {}"),
        ("Snakefile", "S = '{}'"),
        ("main__nf", "params.s = '{}'"),
        ("a__wdl", 'String s = "{}"'),
        ("a__cwl", "s: {}"),
        ("a__yaml", "s: {}"),
        ("a__json", '{{"s": "{}"}}'),
        ("a__toml", 's = "{}"'),
        ("a__ini", "s = {}"),
        ("nextflow__config", "s = '{}'"),
        ("__env", "S={}"),
        (".github___workflows___a__yml", "env: {{S: {}}}"),
        ("Dockerfile", "ENV S={}"),
        ("a__sql", "select * from t where s = '{}'"),
        ("a__py", "# from {}, with the key of the project"),
        ("a__py", 'S = f"{}"'),
        ("a__py", 'TAB = "{}"'),
        ("a__yaml", "sets:\n- id: {}\n  path: x"),
        ("a__py", "path = 'data/{}_raw/x.h5'"),
        ("a__py", "text = 'line\\n{}'"),
        ("a__Rmd", "Text.\n\n```{{r}}\ns <- '{}'\n```"),
    ],
)
@pytest.mark.parametrize("accession", [STUDY, DATASET])
def test_used(tmp_path: Path, name: str, text: str, accession: str) -> None:
    """Programs with their comments, workflows and settings use what they name."""
    shown = name.replace("___", "/").replace("__", ".")
    assert told(tmp_path, **{name: text.format(accession) + "\n"}) == [("GOV101", shown, accession)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README__md", "Data: {}."),
        ("paper__tex", "Data: {}."),
        ("refs__bib", "note = {{{}}}"),
        ("index__html", "<p>{}</p>"),
        ("notes__txt", "{}"),
        ("samples__csv", "study\n{}"),
        ("CITATION__cff", "notes: {}"),
        ("codemeta__json", '{{"dataset": "{}"}}'),
        ("docs___releases__json", '[{{"study": "{}"}}]'),
        ("tests___test_a__py", "assert parse('{}')"),
        ("pkg___test_a__py", "assert parse('{}')"),
        ("src___AccessTest__js", "const S = '{}'"),
        ("testdata___a__json", '["{}"]'),
        ("a__py", "# Doe et al. (doi: 10.1000/182), {}"),
        ("a__py", '"""A parser.\n\nIt reads {}.\n"""'),
        ("a__py", "# such as {}"),
        ("a__py", "# an id has the form `{}`"),
        ("a__py", 'FORM = re.compile(rb"{}(?:x|y)")'),
        ("a__py", "MARKS = (b'{}',)"),
        ("a__py", 'ENTRY = "- id: {}"\nTERMS = "  controlled: true"'),
        ("a__js", "const t = `- id: {}\n  duo: [GRU]\n`"),
        ("a__yaml", "sets:\n- id: {}\n  consent: [GRU]"),
        ("links__json", '{{"url": "https://example.org/study.cgi?study_id={}"}}'),
        ("a__Rmd", "Data: {}.\n\n```{{r}}\nx <- 1\n```"),
        ("LICENSE", "{}"),
        (".genomic-guard___notes__yaml", "s: {}"),
    ],
)
def test_cited(tmp_path: Path, name: str, text: str) -> None:
    """Running text, tables, tests and links cite, and use nothing."""
    assert told(tmp_path, **{name: text.format(STUDY) + "\n"}) == []


def test_notebook(tmp_path: Path) -> None:
    """Of a notebook the source counts, and neither its text nor what it printed."""

    def cell(kind: str, source: str, printed: str = "") -> dict[str, object]:
        made: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": [source]}
        output = [{"output_type": "stream", "name": "stdout", "text": [printed]}] if printed else []
        return made | ({"execution_count": None, "outputs": output} if kind == "code" else {})

    def book(*cells: dict[str, object]) -> str:
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    assert told(tmp_path / "a", a__ipynb=book(cell("markdown", f"Data of {STUDY}"), cell("code", "print(x)", f"{DATASET}\n"))) == []
    assert told(tmp_path / "b", a__ipynb=book(cell("code", f"s = '{STUDY}'"))) == [("GOV101", "a.ipynb", STUDY)]


def test_once_a_file(tmp_path: Path) -> None:
    """A data set is told once a file, at its first place, and parts of EGA's data sets with them."""
    text = (
        f"# see the log\na = '{STUDY}'\nb = '{STUDY}'\nc = 'phs000178'\nd = ['{DATASET}', 'EGAF00001000001', 'EGAN00001000001']\n"
    )
    assert told(tmp_path, a__py=text, b__py=text) == [
        ("GOV101", path, name) for path in ("a.py", "b.py") for name in (STUDY, DATASET)
    ]


def test_catalogue(tmp_path: Path) -> None:
    """A program with many is told once, and a data file with many is a list of what others publish."""
    many = [f"phs{number:06}" for number in range(1, accessions.MANY + 2)]
    assert told(tmp_path / "a", a__py=f"S = {many}\n") == [("GOV101", "a.py", "dbGaP")]
    assert told(tmp_path / "b", a__json=json.dumps(many)) == []
    assert len(told(tmp_path / "c", a__json=json.dumps(many[:-1]))) == accessions.MANY


def test_source_once(tmp_path: Path) -> None:
    """A source is told once, with the number of further files, and not where an accession says which."""
    write(tmp_path, {f"{name}.py": "x = env['WORKSPACE_CDR']\n" for name in "abc"})
    ran = inside("scan", "--select", "GOV", "--format", "json", tmp_path)
    assert found(ran) == [("GOV102", "a.py", "all-of-us")]
    assert "here and in 2 more files" in ran.json["findings"][0]["message"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (STUDY, [("GOV101", "MODEL_CARD.md", STUDY)]),
        ("UK Biobank under application 12345", [("GOV101", "MODEL_CARD.md", "uk-biobank:12345")]),
        ("data of the UK Biobank", [("GOV102", "MODEL_CARD.md", "uk-biobank")]),
        ("the All of Us Research Program", [("GOV102", "MODEL_CARD.md", "all-of-us")]),
        ("GDC controlled files", [("GOV102", "MODEL_CARD.md", "gdc")]),
        ("controlled-access TCGA reads", [("GOV101", "MODEL_CARD.md", "phs000178")]),
        ("open-tier TCGA expression", []),
        ("summary statistics of GIANT", []),
        ("UK Biobank summary statistics", []),
        ("GSE12345 and syn1234567", []),
    ],
)
def test_card(tmp_path: Path, words: str, expected: list[tuple[str, str, str]]) -> None:
    """What a card names as training data counts, unless it is open."""
    assert told(tmp_path, MODEL_CARD__md=CARD.format(words)) == expected


def test_open_data() -> None:
    """The archives' own test data are nobody's."""
    assert [accessions.find(each.encode()) for each in OPEN] == [[]] * len(OPEN)


_GLUE = st.text(string.ascii_letters + string.digits, min_size=1, max_size=30)
_TOKEN = st.sampled_from(["phs000178", "EGAD00001000001", "JGAS000114", "syn1234567", "AnVIL_CCDG_Broad"])


@given(_TOKEN, _GLUE, _GLUE, st.booleans())
def test_inside_words(token: str, before: str, after: str, both: bool) -> None:  # noqa: FBT001 - drawn
    """A token with letters or digits before it, or before and behind, is part of something else."""
    assert accessions.find(f"x {before}{token}{after if both else ''} y".encode()) == []


@given(_TOKEN, st.text(string.ascii_letters + string.digits + "+/", min_size=120, max_size=400), st.integers(0, 400))
def test_inside_encoded_data(token: str, data: str, at: int) -> None:
    """A token in a long run of encoded data is none, also between its slashes."""
    assert accessions.find(f"{data[:at]}/{token}/{data[at:]}".encode()) == []


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read, and what is found lies in them, with an id that can be shown."""
    for each in accessions.find(data):
        assert 0 <= each.start < each.end <= len(data)
        assert ids.shown(each.id) == ids.canonical(each.id) or each.id == "tcga"


@given(_TOKEN | st.sampled_from(["uk-biobank:12345", "all-of-us", "dbgap", "hum0123.v2", "phs000178.v11.p8.c1"]))
def test_canonical(name: str) -> None:
    """A canonical id stays what it is, and is about itself."""
    once = ids.canonical(name)
    assert ids.canonical(once) == once
    assert ids.covers(name, once)
