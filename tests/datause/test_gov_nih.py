"""Models of controlled-access data: weights that are here, what publishes them, terms of the register, and dated packs."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

# The helpers of the policy's tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _policy import POLICY, inside, policy, write
from _scratch import Ran, Repo, scan

from pytest_genomic_guard.policy.packs import RULES, Pack, nih_2025_03, rules
from pytest_genomic_guard.policy.packs.rules import Notice, Rules
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

STUDY = "phs000178.v11.p8"
NOTICE = "NOT-OD-25-081"
WEIGHTS, CARD = "model/model.safetensors", "model/README.md"
CODES = ("GOV107", "GOV201", "GOV202", "GOV203", "GOV204")


def _weights() -> bytes:
    """Return safetensors with one small tensor."""
    head = json.dumps({"w": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}).encode()
    return struct.pack("<Q", len(head)) + head + samples.binary(16)[:16].ljust(16, b"\0")


def _lfs() -> bytes:
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:" + samples.hexadecimal() + b"\nsize 4096\n"


def _dvc(name: str = "model.safetensors") -> bytes:
    return b"outs:\n- md5: " + samples.hexadecimal(32) + f"\n  size: 4096\n  path: {name}\n".encode()


def _card(generative: str = "true", data: str = f"Whole genomes of the dbGaP study {STUDY}.") -> str:
    declared = f"generative: {generative}\n" if generative else ""
    return f"---\nlicense: mit\nlibrary_name: transformers\n{declared}---\n\n# Model\n\n## Training data\n\n{data}\n"


def _found(ran: Ran) -> list[tuple[str, str]]:
    """Return code and path of what these rules found."""
    return [(each["code"], each["path"]) for each in ran.json["findings"] if each["code"] in CODES]


def _scan(folder: Path, files: Mapping[str, bytes | str]) -> list[tuple[str, str]]:
    return _found(inside("scan", "--select", "GOV", "--format", "json", write(folder, files)))


def test_content_and_pointers_in_git(repo: Repo) -> None:
    """Weights, pointers of git-lfs and DVC and a link of git-annex are found alike, each beside its card."""
    repo.add("bytes/model.safetensors", _weights())
    repo.add("lfs/model.safetensors", _lfs())
    repo.add("dvc/model.safetensors.dvc", _dvc())
    for folder in ("bytes", "lfs", "dvc", "annex"):
        repo.add(f"{folder}/README.md", _card().encode())
    key = f"SHA256E-s4096--{samples.hexadecimal().decode()}.safetensors"
    link = repo.root / "annex" / "model.safetensors"
    link.symlink_to(f"../.git/annex/objects/0a/1b/{key}/{key}")
    repo.git("add", "annex")
    repo.commit()
    found = _found(scan("--select", "GOV", cwd=repo.root))
    assert [path for code, path in found if code == "GOV201"] == [
        "annex/model.safetensors",
        "bytes/model.safetensors",
        "dvc/model.safetensors.dvc",
        "lfs/model.safetensors",
    ]


def test_the_finding_cites_the_notice_and_what_is_allowed(folder: Path) -> None:
    """It fails, says what is allowed, and with the pack named has the notice among its clauses."""
    write(folder, {WEIGHTS: _weights(), CARD: _card(), POLICY: policy(packs=["nih-2025-03"])})
    ran = inside("scan", "--select", "GOV201", "--format", "json", folder)
    (finding,) = [each for each in ran.json["findings"] if each["code"] == "GOV201"]
    assert (ran.code, finding["outcome"], finding["subject"]) == (1, "fail", STUDY)
    assert NOTICE in finding["message"]
    assert "training with NIH's approval is allowed" in finding["message"]
    assert NOTICE in finding["clauses"]


def test_staged_model_beside_an_unchanged_card(repo: Repo) -> None:
    """The card that was committed long ago is read to judge the model that is staged."""
    repo.commit(CARD, _card().encode())
    repo.add(WEIGHTS, _lfs())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV201", WEIGHTS)]


def test_staged_card_beside_an_unchanged_model(repo: Repo) -> None:
    """A card that now declares the model as generative makes the model that is there already a finding."""
    repo.add(WEIGHTS, _weights())
    repo.commit(CARD, _card("false").encode())
    assert _found(scan("--select", "GOV", cwd=repo.root)) == []
    repo.add(CARD, _card().encode())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV201", WEIGHTS)]


def test_staged_workflow(repo: Repo) -> None:
    """A workflow that publishes the model of an unchanged card is found, and one staged with it is quiet."""
    repo.commit(CARD, _card().encode())
    release = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: gh release upload v1 {}\n"
    repo.add(".github/workflows/release.yml", release.format("model/model.safetensors").encode())
    repo.add(".github/workflows/wheels.yml", release.format("dist/model.whl").encode())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV202", ".github/workflows/release.yml")]


def test_staged_card_of_a_model_that_is_published(repo: Repo) -> None:
    """A card that now declares the model as generative makes the unchanged step that publishes it a finding."""
    repo.add("push.py", b'model.push_to_hub("org/model")\n')
    repo.commit(CARD, _card("false").encode())
    repo.add(CARD, _card().encode())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV202", "push.py")]


def test_staged_register(repo: Repo) -> None:
    """An entry that now forbids what is there already makes it a finding, in the policy and in its own file."""
    repo.add(WEIGHTS, _weights())
    repo.add(CARD, _card("false").encode())
    repo.commit(POLICY, policy(data_use=[{"id": STUDY}]).encode())
    repo.add(POLICY, policy(data_use=[{"id": STUDY, "share-models": "forbidden", "ai-training": "forbidden"}]).encode())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV107", WEIGHTS), ("GOV204", WEIGHTS)]
    repo.add(POLICY, policy().encode())
    repo.add(".genomic-guard/data-use.yaml", f"- id: {STUDY}\n  share-models: paused\n".encode())
    assert _found(scan("--staged", "--select", "GOV", cwd=repo.root)) == [("GOV204", WEIGHTS)]


def test_range(repo: Repo) -> None:
    """In a range the last state counts: a model that came and went is nothing, one that stays is found by its older card."""
    repo.commit(CARD, _card().encode())
    repo.commit(WEIGHTS, _weights())
    assert _found(scan("--range", "HEAD~1..HEAD", "--select", "GOV", cwd=repo.root)) == [("GOV201", WEIGHTS)]
    repo.git("rm", "-q", WEIGHTS)
    repo.commit()
    assert _found(scan("--range", "HEAD~2..HEAD", "--select", "GOV", cwd=repo.root)) == []


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ({}, {"GOV201", "GOV202"}),
        ({"approval": "letter"}, {"GOV202"}),
        ({"approval": "letter", "share-models": "allowed"}, set()),
        ({"share-models": "allowed"}, {"GOV201", "GOV202"}),
        ({"approval": "letter", "share-models": "paused"}, {"GOV202", "GOV204"}),
        ({"controlled": False}, set()),
        ({"ai-training": "forbidden"}, {"GOV107", "GOV201", "GOV202"}),
        ({"generative": "forbidden"}, {"GOV107", "GOV201", "GOV202"}),
    ],
)
def test_what_the_register_says(folder: Path, entry: dict[str, Any], codes: set[str]) -> None:
    """An approval covers weights that are here; publishing needs the word of the entry as well; terms hold beside the notice."""
    files: dict[str, bytes | str] = {WEIGHTS: _weights(), CARD: _card(), "push.py": 'model.push_to_hub("org/model")\n'}
    found = _scan(folder, {**files, POLICY: policy(data_use=[{"id": STUDY, **entry}])})
    assert {code for code, _path in found} == codes


@pytest.mark.parametrize(
    ("generative", "data", "codes"),
    [
        ("false", f"The dbGaP study {STUDY}.", set()),
        ("true", "The 1000 Genomes Project.", set()),
        ("true", "UK Biobank, application 12345.", set()),
        ("true", "EGAD00001000001.", set()),
        ("true", f"Public genomes. Evaluated elsewhere, and not trained on {STUDY}.", set()),
        ("", f"The dbGaP study {STUDY}.", set()),
        ("true", "All of Us, controlled tier.", set()),
        ("true", "TOPMed genomes in BioData Catalyst.", {"GOV201"}),
    ],
)
def test_which_data_and_models_the_notice_is_about(folder: Path, generative: str, data: str, codes: set[str]) -> None:
    """It is about generative models and data that NIH controls; other archives have their own terms."""
    assert {code for code, _path in _scan(folder, {WEIGHTS: _weights(), CARD: _card(generative, data)})} == codes


def _newer(monkeypatch: pytest.MonkeyPatch, **fields: str) -> None:
    """Add a pack with another notice, as data."""
    (notice,) = nih_2025_03.RULES.notices
    values = {name: getattr(notice, name) for name in ("title", "systems", "models", "sharing", "retention", "allowed", "source")}
    module = ModuleType("newer")
    newer: Any = {**values, "name": "NOT-OD-26-999", "since": "2026-01-01", **fields}
    module.RULES = Rules(clauses={}, notices=(Notice(**newer),))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pytest_genomic_guard.policy.packs.nih_2099_01", module)
    pack = Pack(name="nih-2099-01", title="newer", source="test", date="2099-01", licence="none", generator="by hand")
    monkeypatch.setattr(rules, "RULES", (*RULES, pack))


def test_a_newer_notice_is_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pack says decides, by its data alone: sharing that is allowed, all models, a day that is still to come."""
    files: dict[str, bytes | str] = {WEIGHTS: _weights(), CARD: _card(), "push.py": 'model.push_to_hub("org/model")\n'}
    assert {code for code, _path in _scan(folder, files)} == {"GOV201", "GOV202"}
    with monkeypatch.context() as patch:
        _newer(patch, sharing="allowed", retention="until-close-out")
        assert _scan(folder, files) == []
    with monkeypatch.context() as patch:
        _newer(patch, since="2999-01-01")
        assert _scan(folder, files) == []
    with monkeypatch.context() as patch:
        _newer(patch, models="all")
        write(folder, {CARD: _card("false")})
        ran = inside("scan", "--select", "GOV201", "--format", "json", folder)
        assert "NOT-OD-26-999 pauses" in ran.json["findings"][0]["message"]
    with monkeypatch.context() as patch:
        _newer(patch)
        write(folder, {CARD: _card(), POLICY: policy(packs=["nih-2025-03"])})
        ran = inside("scan", "--select", "GOV201", "--format", "json", folder)
        assert NOTICE in ran.json["findings"][0]["message"]  # the policy pins the older reading


PROGRAM = f"""import torch

STUDY = "{STUDY}"

model = build(STUDY)
for batch in load(STUDY):
    loss = model(batch)
    loss.backward()
torch.save(model.state_dict(), "model/model.safetensors")
"""


@pytest.mark.parametrize(("code", "path"), [("GOV201", WEIGHTS), ("GOV107", WEIGHTS), ("GOV204", WEIGHTS)])
def test_a_program_ties_by_each_rule_alone(folder: Path, code: str, path: str) -> None:
    """The program that names the accession and saves to the path ties the model, whichever other rules are left out."""
    register = policy(data_use=[{"id": STUDY, "ai-training": "forbidden", "share-models": "forbidden"}])
    files: dict[str, bytes | str] = {WEIGHTS: _weights(), CARD: _card(data=""), "train.py": PROGRAM, POLICY: register}
    select = code if code != "GOV204" else "GOV201,GOV204"
    found = _found(inside("scan", "--select", select, "--format", "json", write(folder, files)))
    assert (code, path) in found
    other = PROGRAM.replace("model/model", "elsewhere/model")
    found = _found(inside("scan", "--select", select, "--format", "json", write(folder, {"train.py": other})))
    assert (code, path) not in found


def test_projects_of_a_monorepo_are_apart(folder: Path) -> None:
    """Code that names no model means the models of its own project."""
    files = {
        POLICY: policy(projects=[{"root": "a"}, {"root": "b"}]),
        "a/README.md": _card(),
        "a/push.py": "model.push_to_hub(name)\n",
        "b/push.py": "model.push_to_hub(name)\n",
    }
    assert _scan(folder, files) == [("GOV202", "a/push.py")]


def test_nothing_of_an_entry_is_shown(folder: Path) -> None:
    """Letters and numbers of agreements stay in the policy."""
    word = samples.hexadecimal(24).decode()
    entry = {"id": STUDY, "dua": word, "approval": word, "owner": word, "irb": word, "share-models": "forbidden"}
    write(folder, {WEIGHTS: _weights(), CARD: _card(), POLICY: policy(data_use=[entry])})
    ran = inside("scan", "--select", "GOV", "--format", "json", folder)
    assert "GOV204" in {each["code"] for each in ran.json["findings"]}
    assert word not in ran.out + ran.err
