"""Words and places that must not silence a rule on data use, and words that must not raise one: through the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# The helpers of the policy's tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _policy import POLICY, inside, place, policy, refused, write

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

STUDY = "phs000178"
GENERATES = '{"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"}'


def _lfs() -> bytes:
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:" + samples.hexadecimal() + b"\nsize 4096\n"


def _card(front: str = "generative: true", data: str = f"Trained on {STUDY}.") -> str:
    return f"---\nlicense: mit\n{front}\n---\n\n# Model\n\n## Training data\n\n{data}\n"


def _found(folder: Path, files: Mapping[str, bytes | str], *codes: str) -> list[tuple[str, str, int | None, str]]:
    ran = inside("scan", "--select", "GOV,CARD", "--format", "json", write(folder, files))
    told = [each for each in ran.json["findings"] if each["code"].startswith(codes)]
    return [(each["code"], each["path"], each.get("line"), each["message"]) for each in told]


def _codes(folder: Path, files: Mapping[str, bytes | str]) -> set[str]:
    return {each[0] for each in _found(folder, files, "GOV2")}


def test_a_card_does_not_hide_an_architecture(folder: Path) -> None:
    """A card that says `false` beside a network that generates is told as the contradiction that it is."""
    files: dict[str, bytes | str] = {
        "m/model.safetensors": _lfs(),
        "m/config.json": GENERATES,
        "m/README.md": _card("generative: false"),
    }
    ((code, path, _line, message),) = _found(folder, files, "GOV2")
    assert (code, path) == ("GOV201", "m/model.safetensors")
    assert "its architecture generates, and its card says that it does not" in message


@pytest.mark.parametrize(
    ("front", "codes"),
    [
        ("pipeline_tag: text-generation\ngenerative: false", {"GOV203"}),
        ("pipeline_tag: text-generation", {"GOV203"}),
        ("pipeline_tag: text-generation\ngenerative: true", {"GOV201"}),
        ("pipeline_tag: text-classification\ngenerative: false", set()),
    ],
)
def test_the_task_of_the_card(folder: Path, front: str, codes: set[str]) -> None:
    """A card that says what the model writes and that it does not generate is doubted."""
    assert _codes(folder, {"m/model.safetensors": _lfs(), "m/README.md": _card(front)}) == codes


@pytest.mark.parametrize("at", ["tests/m", "mock/m", "fixtures/m", "made/m"])
def test_test_data_are_excused_from_cards_alone(folder: Path, at: str) -> None:
    """Where a model lies, and what the policy calls a fixture, excuses it from no rule on its data."""
    register = policy(cards={"fixtures": ["made/**"]}, data_use=[{"id": STUDY, "share-models": "paused", "closes": "2020-01-01"}])
    files: dict[str, bytes | str] = {f"{at}/model.safetensors": _lfs(), f"{at}/README.md": _card(), POLICY: register}
    found = {code for code, path, _line, _message in _found(folder, files, "GOV", "CARD1") if path == f"{at}/model.safetensors"}
    assert found == {"GOV104", "GOV201", "GOV204"}
    assert _found(folder, {f"{at}/README.md": "# Notes\n"}, "CARD1") == []


WORDS = (
    "denied",
    "No",
    "none",
    "pending",
    "requested",
    "n/a",
    "TBD",
    "yes",
    "true",
    "approved",
    "-",
    "not yet",
    "denied 2026-01-02",
    "?",
)


@pytest.mark.parametrize("word", WORDS)
def test_a_bare_word_is_no_approval(folder: Path, word: str) -> None:
    """The policy is refused at the place of the word."""
    text = f'version: 1\ndata-use:\n- id: {STUDY}\n  approval: "{word}"\n'
    ran = inside("scan", write(folder, {POLICY: text}))
    line, column, message = refused(ran)
    assert (line, column) == place(text, f'"{word}"')
    assert "written approval" in message


@pytest.mark.parametrize(
    "words", ["letter 7", "NIH letter of 2026-05-01", "DAC-2026-0012", "requested 2026-01-01, granted 2026-02-02"]
)
def test_an_approval_that_can_be_looked_up(folder: Path, words: str) -> None:
    """A text is taken, and warned of until the entry says whose it is, and of which request."""
    files: dict[str, bytes | str] = {"m/model.safetensors": _lfs(), "m/README.md": _card()}
    entry: dict[str, Any] = {"id": STUDY, "approval": words}
    bare = _found(folder, {**files, POLICY: policy(data_use=[entry])}, "GOV105", "GOV2")
    assert {each[0] for each in bare} == {"GOV105"}
    assert any("`approval`" in each[3] and "`owner` and `dar`" in each[3] for each in bare)
    told = _found(folder, {**files, POLICY: policy(data_use=[entry | {"owner": "office", "dar": "1"}])}, "GOV105", "GOV2")
    assert not any("`approval`" in each[3] for each in told)


@pytest.mark.parametrize(
    ("data", "fires"),
    [
        (f"Trained on {STUDY} open-tier gene expression, public.", False),
        (f"Trained on {STUDY} (open access).", False),
        (f"Trained on {STUDY} (open tier only, no controlled data).", False),
        (f"Trained on open-access data from dbGaP ({STUDY}).", False),
        (f"Trained on 1000 Genomes. We plan to fine-tune on {STUDY} later.", False),
        (f"Trained on 1000 Genomes. A future version will add {STUDY}.", False),
        ("Trained on TCGA open-access expression counts from the GDC.", False),
        (f"Trained on {STUDY} controlled-access genomes and open-access GTEx.", True),
        (f"Trained on open-access GTEx and {STUDY}.", True),
        (f"Trained on {STUDY}, open-access 1000 Genomes, and more.", True),
        (f"Trained on {STUDY} and public genomes.", True),
        (f"We planned to train on other data, but trained on {STUDY}.", True),
        (f"Users will need approved access to {STUDY}, on which it was trained.", True),
    ],
)
def test_open_tiers_and_plans(folder: Path, data: str, *, fires: bool) -> None:
    """What a sentence says of an accession counts for that one, and a plan is no training."""
    found = _found(folder, {"m/model.safetensors": _lfs(), "m/README.md": _card(data=data)}, "GOV1", "GOV2")
    assert {each[0] for each in found} == ({"GOV101", "GOV201"} if fires else set())


def test_the_line_of_an_accession_in_a_card(folder: Path) -> None:
    """It is that on which the accession stands."""
    card = _card(data=f"Genomes of many people.\n\nTrained on {STUDY}.")
    ((_code, _path, line, _message),) = _found(folder, {"m/model.safetensors": _lfs(), "m/README.md": card}, "GOV101")
    assert line == card[: card.index(STUDY)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "text", "fires"),
    [
        ("a.xml", f'<?xml version="1.0"?>\n<data_table id="pht000371.v2" study_id="{STUDY}.v1">\n</data_table>\n', False),
        ("a.xml", f'<?xml version="1.0"?>\n<run><input study="{STUDY}.v1"/></run>\n', True),
        ("inst/extdata/a.json", f'{{"study": "{STUDY}"}}\n', False),
        ("a.py", f"# We thank the participants of {STUDY}.\nx = 1\n", False),
        ("a.py", f"# Thanks to the office, we load {STUDY} here.\nx = 1\n", True),
        ("a.R", f"# Acknowledgements: {STUDY}\nx <- 1\n", False),
    ],
)
def test_what_names_and_uses_not(folder: Path, name: str, text: str, *, fires: bool) -> None:
    """Dictionaries, examples of a package, and thanks use nothing."""
    assert bool(_found(folder, {name: text}, "GOV101")) == fires


@pytest.mark.parametrize(
    ("name", "text", "fires"),
    [
        ("a.R", 'piggyback::pb_upload("m/model.rds", repo = "lab/m")\n', True),
        ("a.R", 'piggyback::pb_upload("table.csv", repo = "lab/m")\n', False),
        ("a.sh", "aws s3 cp m/model.safetensors s3://lab/ --acl public-read\n", True),
        ("a.sh", "aws s3 sync m/checkpoints s3://lab/m \\\n  --acl=public-read\n", True),
        ("a.sh", "aws s3 cp m/model.safetensors s3://lab/\n", False),
        ("a.sh", "aws s3 cp table.csv s3://lab-models/ --acl public-read\n", False),
        ("a.sh", "gsutil -m cp -a public-read m/model.safetensors gs://lab/\n", True),
        ("a.sh", "gcloud storage cp m/model.safetensors gs://lab/ --predefined-acl=publicRead\n", True),
        ("a.sh", "gsutil cp m/model.safetensors gs://lab/\n", False),
        ("a.py", 's3.upload_file("m/model.safetensors", "lab", "m", ExtraArgs={"ACL": "public-read"})\n', True),
        ("a.py", 's3.upload_file("m/model.safetensors", "lab", "m", ExtraArgs={"ACL": "private"})\n', False),
        ("a.py", 's3.put_object(Body=x, Bucket="lab", Key="model.safetensors", ACL="public-read")\n', True),
    ],
)
def test_what_publishes_to_everybody(folder: Path, name: str, text: str, *, fires: bool) -> None:
    """A bucket that everybody can read publishes, one's own does not."""
    found = _found(folder, {"m/README.md": _card(), name: text}, "GOV202")
    assert [each[1] for each in found] == [name] * fires


@pytest.mark.parametrize(
    ("key", "fires"),
    [
        *(("Generative: true", True), ("generativ: true", True), ("is_generative: true", True), ("risk-tier: basic", True)),
        *(("Risk_Tier: basic", True), ("generative: true", False), ("risk_tier: basic", False), ("generation: 2", False)),
    ],
)
def test_keys_that_are_nearly_ours(folder: Path, key: str, *, fires: bool) -> None:
    """A key that nobody reads is told, as what it would have declared is lost."""
    found = _found(folder, {"m/MODEL_CARD.md": f"---\nlicense: mit\n{key}\n---\n\n# Model\n"}, "CARD204")
    assert [each[2] for each in found] == [3] * fires
