"""Structured cards: CHAI, MONAI, Kipoi, CycloneDX, the Model Card Toolkit, Croissant, and tables of nobody's schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan, told
from pytest_genomic_guard.views.cards import elements, trees

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _scratch import Ran

    Guard = Callable[..., Ran]

USE = "It is intended for radiologists who read scans of adults."
AVOID = "It must not be used for diagnosis without a physician."
DATA = "Trained on 4,000 scans of the LUNA16 data set, from 2012 to 2016."
LIMITS = "It fails on scans with metal artefacts and on slices thicker than 3 mm."
BASIC = {"intended-use": "stated", "training-data": "stated", "limitations": "stated"}
VALUE = '{"kind":"single","value":0.91}'


def _chai(fairness: str = "<Label>Age</Label><ValueJson>N/A</ValueJson>", **changed: str) -> str:
    said = {"use": USE, "avoid": AVOID, "limits": LIMITS, "data": DATA, "head": "", **changed}
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{said["head"]}\n<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd">'
        f"<BasicInfo><ModelName>Any model</ModelName></BasicInfo><UsesAndDirections><IntendedUseAndWorkflow>{said['use']}"
        f"</IntendedUseAndWorkflow><CautionedOutOfScopeSettings>{said['avoid']}</CautionedOutOfScopeSettings></UsesAndDirections>"
        f"<Warnings><KnownRisksAndLimitations>{said['limits']}</KnownRisksAndLimitations>"
        "<KnownBiasesOrEthicalConsiderations>None</KnownBiasesOrEthicalConsiderations></Warnings><TrustIngredients><AISystemFacts>"
        f"<DevelopmentDataCharacterization>{said['data']}</DevelopmentDataCharacterization></AISystemFacts></TrustIngredients>"
        "<KeyMetrics><UsefulnessUsabilityEfficacy><Results><MetricResult><Label>AUROC</Label>"
        f"<ValueJson>{VALUE}</ValueJson></MetricResult></Results></UsefulnessUsabilityEfficacy>"
        f"<FairnessEquity><Results><MetricResult>{fairness}</MetricResult></Results></FairnessEquity></KeyMetrics></AppliedModelCard>\n"
    )


def _monai(**changed: Any) -> str:
    card = {"monai_version": "1.3.0", "network_data_format": {}, "name": "Lung", "data_source": "LUNA16, 888 scans of adults"}
    card |= {"intended_use": USE, "eval_metrics": {"mean_dice": 0.91}}
    return json.dumps(card | changed)


def _kipoi(**changed: str) -> str:
    info = {"name": "A", "license": "MIT", "doc": "Scores DNA.", "trained_on": "Trained on ENCODE profiles of 1,000 sites."}
    return yaml.safe_dump({"type": "keras", "default_dataloader": ".", "info": info | changed})


def _cyclonedx(considerations: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    said = {"users": ["Radiologists of hospitals"], "useCases": [USE], "technicalLimitations": [LIMITS]}
    card = {
        "modelParameters": {"datasets": [{"type": "dataset", "name": "LUNA16", "description": DATA}]},
        "quantitativeAnalysis": {"performanceMetrics": [{"type": "AUROC", "value": "0.91"}]},
        "considerations": said if considerations is None else considerations,
    }
    licence = [{"license": {"id": "MIT"}}]
    component = {"type": "machine-learning-model", "name": "lung", "licenses": licence, "modelCard": card | changed}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [component]}


def _mct() -> dict[str, Any]:
    return {
        "schema_version": "0.0.2",
        "model_details": {"name": "lung", "licenses": [{"identifier": "Apache-2.0"}]},
        "model_parameters": {"data": [{"name": "LUNA16", "description": DATA}]},
        "quantitative_analysis": {"performance_metrics": [{"type": "auroc", "value": "0.91"}]},
        "considerations": {
            "users": [{"description": "Radiologists of hospitals"}],
            "use_cases": [{"description": USE}],
            "limitations": [{"description": LIMITS}],
        },
    }


def _croissant(**changed: Any) -> str:
    card = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "x",
        "url": "https://example.org/x",
        "license": "https://spdx.org/licenses/CC-BY-4.0.html",
        "description": "Counts of 1,200 cells of mice, sequenced in 2021 at three sites.",
        "rai:dataUseCases": "It is intended for the comparison of methods that cluster cells.",
        "rai:dataLimitations": LIMITS,
    }
    return json.dumps(card | changed)


def _of(guard: Guard, folder: Path, name: str, text: str) -> dict[str, Any]:
    """Return what ``card check`` shows of one file."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    ran = guard("card", "check", "--format", "json", name, cwd=folder)
    cards = json.loads(ran.out)["cards"]
    assert len(cards) == 1, (ran.code, ran.err)
    found: dict[str, Any] = cards[0]
    return found


def _statuses(card: dict[str, Any]) -> dict[str, str]:
    return {name: each if isinstance(each, str) else each["status"] for name, each in card["sections"].items()}


@pytest.mark.parametrize(
    ("name", "text", "also"),
    [
        ("model.xml", _chai(), {"out-of-scope": "stated", "evaluation": "stated", "subgroups": "mentioned", "licence": "absent"}),
        ("configs/metadata.json", _monai(limitations=LIMITS), {"evaluation": "stated", "licence": "absent"}),
        ("bom.json", json.dumps(_cyclonedx()), {"evaluation": "stated", "licence": "stated"}),
        ("model_card.json", json.dumps(_mct()), {"evaluation": "stated", "licence": "stated"}),
        ("model_card.yaml", yaml.safe_dump(_mct()), {"evaluation": "stated", "licence": "stated"}),
        ("croissant.json", _croissant(), {"licence": "stated"}),
    ],
)
def test_each_form_is_read(folder: Path, guard: Guard, name: str, text: str, also: dict[str, str]) -> None:
    """What its fields say is what the card says."""
    found = _statuses(_of(guard, folder, name, text))
    assert {key: found[key] for key in (*BASIC, *also)} == BASIC | also


@pytest.mark.parametrize("empty", ["", "None", "N/A", "n/a.", "TBD", "Unknown", "not applicable", "-"])
def test_words_that_answer_nothing_are_no_content(folder: Path, guard: Guard, empty: str) -> None:
    """A field that the schema requires, and that nobody filled, is mentioned and never stated."""
    text = _chai(use=empty, avoid=empty, limits=empty, data=empty)
    found = _statuses(_of(guard, folder, "model.xml", text))
    names = ("intended-use", "out-of-scope", "limitations", "training-data")
    assert {found[name] for name in names} == {"mentioned"}
    filled = _statuses(_of(guard, folder, "model.xml", _chai()))
    assert {filled[name] for name in names} == {"stated"}


@pytest.mark.parametrize(
    ("labels", "status"),
    [
        (("Female", "Male"), "stated"),
        (("Black patients", "White patients"), "stated"),
        (("Cardiology", "Dermatology"), "mentioned"),  # specialties
        (("Significance vs Age", "Significance vs Gender"), "mentioned"),
        (("Female",), "mentioned"),
    ],
)
def test_fairness_is_values_of_groups_of_people(folder: Path, guard: Guard, labels: tuple[str, ...], status: str) -> None:
    """Specialties are no groups of people, and a test of significance is no value of one."""
    rows = "</MetricResult><MetricResult>".join(f"<Label>{each}</Label><ValueJson>{VALUE}</ValueJson>" for each in labels)
    assert _statuses(_of(guard, folder, "model.xml", _chai(rows)))["subgroups"] == status


def test_the_sentence_that_bundles_share_says_nothing(folder: Path, guard: Guard) -> None:
    """Most public bundles took it over from the tutorial."""
    found = _statuses(
        _of(guard, folder, "metadata.json", _monai(intended_use="This is an example, not to be used for diagnostic purposes"))
    )
    assert (found["intended-use"], found["out-of-scope"]) == ("mentioned", "mentioned")


def test_no_figures_are_no_evaluation(folder: Path, guard: Guard) -> None:
    """An empty table of metrics is a heading."""
    assert _statuses(_of(guard, folder, "metadata.json", _monai(eval_metrics={})))["evaluation"] == "mentioned"
    text = json.dumps(
        _cyclonedx(quantitativeAnalysis={"performanceMetrics": [{"type": "AUROC", "value": "The value of the metric"}]})
    )
    assert _statuses(_of(guard, folder, "bom.json", text))["evaluation"] == "mentioned"


def test_kipoi_and_its_templates(folder: Path, guard: Guard) -> None:
    """A template of a group of models is no YAML, and what is the same for all of them is read."""
    plain = _statuses(_of(guard, folder, "model.yaml", _kipoi()))
    assert (plain["training-data"], plain["licence"], plain["limitations"]) == ("stated", "stated", "absent")
    jinja = (
        "{% set x = model %}\n"
        + _kipoi().replace("keras", "{{ x }}")
        + "schema:\n  targets:\n{% for t in ts %}\n    - {{ t }}\n{% endfor %}\n"
    )
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load(jinja)
    assert _statuses(_of(guard, folder, "model.yaml", jinja)) == plain


def test_each_component_of_a_bill_is_a_card() -> None:
    """Two models are two cards, and what has no card is none."""
    bill = _cyclonedx(considerations={})
    bill["components"] += [json.loads(json.dumps(bill["components"][0])), {"type": "library", "name": "x"}]
    one = told(scan({b"bom.json": json.dumps(_cyclonedx(considerations={})).encode()}), "CARD201")
    assert one
    assert sorted(told(scan({b"bom.json": json.dumps(bill).encode()}), "CARD201")) == sorted(one * 2)


def test_a_bill_as_xml_says_the_same(folder: Path, guard: Guard) -> None:
    """XML has an element around each item."""
    text = (
        '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>'
        '<component type="machine-learning-model">'
        "<name>lung</name><licenses><license><id>MIT</id></license></licenses><modelCard><modelParameters><datasets><dataset>"
        f"<name>LUNA16</name><description>{DATA}</description></dataset></datasets></modelParameters><quantitativeAnalysis>"
        "<performanceMetrics><performanceMetric><type>AUROC</type><value>0.91</value></performanceMetric></performanceMetrics>"
        f"</quantitativeAnalysis><considerations><users><user>Radiologists of hospitals</user></users><useCases><useCase>{USE}"
        f"</useCase></useCases><technicalLimitations><technicalLimitation>{LIMITS}</technicalLimitation></technicalLimitations>"
        "</considerations></modelCard></component></components></bom>"
    )
    assert _statuses(_of(guard, folder, "bom.xml", text)) == _statuses(_of(guard, folder, "bom.json", json.dumps(_cyclonedx())))


_BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("card.xml", _chai(use="&b;", head=_BOMB), "card"),
        ("card.xml", _chai(head='<!DOCTYPE a SYSTEM "file:///x">'), "card"),
        ("card.xml", _chai()[:-30], "card"),
        ("card.xml", "<AppliedModelCard>" + "<a>" * 50_000, "card"),
        ("metadata.json", '{"monai_version": "1", "network_data_format": ' + "[" * 50_000, "too-deep"),
        ("metadata.json", '{"monai_version": "1", ', "card"),
        ("metadata.json", '{"monai_version": "1", "x": "' + "a" * (9 << 20) + '"}', "too-large"),
        ("MODEL_CARD.md", "# Model card\n" + "word " * (1 << 20), "too-large"),
        ("README.md", "---\nlibrary_name: x\nlicense: mit\ntags: " + "[" * 5000 + "\n---\n", "too-deep"),
        (
            "model.yaml",
            "default_dataloader: .\ninfo:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"  {one}: &{one} [{','.join(['*' + other] * 10)}]\n" for other, one in zip("abcdefg", "bcdefgh", strict=True)
            ),
            "too-large",
        ),
    ],
)
def test_what_cannot_be_read_is_told(folder: Path, guard: Guard, name: str, text: str, reason: str) -> None:
    """Entities, bombs and depth end in a gap, and in no pass."""
    (folder / name).write_text(text, "utf-8")
    ran = guard("scan", "--select", "CARD", "--format", "json", ".", cwd=folder)
    assert (ran.code, ran.gaps()) == (3, [(name, reason)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("metadata.json", '{"version": '),
        ("bom.json", '{"bomFormat": "CycloneDX", "components": ['),
        ("postcard.json", '{"metrics": 1, "datasets": '),
        ("other.xml", "<!DOCTYPE a [<!ENTITY a 'b'>]><a>&a;</a>"),
        ("big.xml", "<a>" + "b" * (5 << 20)),
        ("model.yaml", "type: x\n\tinfo: ["),
        ("modelcard.schema.json", '{"$schema": "x", "properties": {"limitations": {}, "metrics": {}, "training_data": {}}}'),
    ],
)
def test_other_files_are_nobodys_card(folder: Path, guard: Guard, name: str, text: str) -> None:
    """A file that only shares a name with cards is left alone, damaged or not."""
    (folder / name).write_text(text, "utf-8")
    report = guard("scan", "--select", "CARD", "--format", "json", ".", cwd=folder).json
    assert (report["findings"], report["gaps"]) == ([], [])


_NAMES = st.text("abcXYZ", min_size=1, max_size=6)
_TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab c\n\"'é", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    return ("true" if tree else "false") if isinstance(tree, bool) else None if tree is None else str(tree)


@settings(max_examples=60, deadline=None)
@given(tree=_TREES)
def test_trees_are_those_of_the_libraries(tree: Any) -> None:
    """JSON and YAML give the same tree, as json and PyYAML have it; empty words are nothing in YAML."""
    assert trees.json_of(json.dumps(tree).encode()).tree == _plain(tree)
    dumped = yaml.safe_dump(tree, allow_unicode=True).encode()
    assert trees.yaml_of(dumped).tree == _plain(tree)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_anything_is_a_tree_or_refused(data: bytes) -> None:
    """No other error than ours leaves the readers, whatever they are given."""
    for read in (trees.json_of, trees.yaml_of, elements.read):
        try:
            found = read(data).tree
        except trees.CardError as error:
            found = error.reason
        assert found is None or isinstance(found, dict | list | str)
