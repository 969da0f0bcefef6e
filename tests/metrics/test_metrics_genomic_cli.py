"""``genomic-guard release`` on files of people, and as a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from _genomes import Population

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.metrics import release

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = ("--frequencies", "f.npz", "--members", "m.npz", "--non-members", "o.npz")
GENOMES = ("--synthetic", "s.npz", "--training", "t.npz", "--holdout", "h.npy")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a cohort, its frequencies, and genomes of which a third are copies."""
    population = Population(500)
    members = population.draw(100)
    np.savez(tmp_path / "f.npz", frequencies=members.mean(axis=0) / 2, reference=population.frequencies)
    np.savez(tmp_path / "m.npz", genotypes=members)
    np.savez(tmp_path / "o.npz", genotypes=population.draw(300))
    made, training, holdout = (population.draw(90) for _set in range(3))
    made[:30] = training[:30]
    np.savez(tmp_path / "s.npz", genotypes=made)
    np.savez(tmp_path / "t.npz", genotypes=training)
    np.save(tmp_path / "h.npy", holdout)
    np.savez(tmp_path / "scores.npz", member=np.repeat([1, 0], 50), score=np.arange(100.0)[::-1])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["release", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.usefixtures("here")
def test_members(capsys: pytest.CaptureFixture[str]) -> None:
    """All figures are told where no bound is given, with interval, n and what theory says; no bound is no verdict."""
    code, out, _err = _run(capsys, *KNOWN, "--alpha", "0.05", "--format", "json")
    found = json.loads(out)
    assert (code, found["schema"]) == (0, "genomic-guard/gates/1")
    assert [each["metric"] for each in found["gates"]] == ["lr-auc", "tpr@fpr=0.05", "homer-auc", "beacon-power"]
    assert {each["verdict"] for each in found["gates"]} == {None}
    first = found["gates"][0]
    assert first["interval"][0] < first["value"] < first["interval"][1]
    code, out, _err = _run(capsys, *KNOWN)
    assert code == 0
    assert out.startswith("lr-auc: 0.")
    assert "by theory" in out


@pytest.mark.usefixtures("here")
def test_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is the verdict's: 0 where all bounds are kept, 1 where one is not proven."""
    assert _run(capsys, *GENOMES, "--bound", "privacy-loss <= 0.9")[0] == 0
    code, out, _err = _run(capsys, *GENOMES, "--bound", "duplicates <= 0", "--bound", "aats >= 0.05")
    assert code == 1
    assert "duplicates <= 0: fail: every genome was looked at, value 0.333333, n 90\n" in out
    assert "aats >= 0.05: pass: the whole interval keeps the bound" in out
    code, out, _err = _run(capsys, "--scores", "scores.npz", "--bound", "lr-auc<=0.7")
    assert (code, "lr-auc <= 0.7: fail: " in out) == (1, True)
    code, out, _err = _run(capsys, "--scores", "scores.npz", "--higher-is", "non-member", "--bound", "lr-auc<=0.7")
    assert (code, ": refused: " in out) == (1, True)


@pytest.mark.usefixtures("here")
def test_all_figures_of_synthetic_genomes(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a hold-out what needs one is left out."""
    metrics = ["aats", "duplicates", "kinship", "privacy-loss", "nearest-ibs"]
    assert [each["metric"] for each in json.loads(_run(capsys, *GENOMES, "--format", "json")[1])["gates"]] == metrics
    found = json.loads(_run(capsys, *GENOMES[:4], "--format", "json")[1])["gates"]
    assert [each["metric"] for each in found] == metrics[:3]


def test_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan needs numbers alone: power by theory, and what the cohort can bear."""
    code, out, _err = _run(capsys, "--plan", "5000", "--n", "500", "--n-ref", "2000", "--alpha", "0.01", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["power"] == pytest.approx(release.power(5000, 500, 2000, 0.01))
    assert found["verdict"] == "fail"
    bearable = found["bearable"]["0.5"]
    assert release.power(bearable, 500, 2000, 0.01) == pytest.approx(0.5, abs=1e-3)
    code, out, _err = _run(capsys, "--plan", str(bearable - 100), "--n", "500", "--n-ref", "2000", "--alpha", "0.01")
    assert (code, out.endswith("power <= 0.5: pass\n")) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give TABLE, --plan, files of people"),
        (("t.tsv", "--plan", "3"), "give TABLE, --plan, files of people"),
        (("t.tsv", *KNOWN), "give TABLE, --plan, files of people"),
        (("--plan", "3"), "needs --n"),
        (("--plan", "3", "--n", "0"), "from 1 on"),
        (("--plan", "3", "--n", "many"), "from 1 on"),
        (("--plan", "3", "--n", "9", "--alpha", "1"), "between 0 and 1"),
        (("--plan", "3", "--n", "9", "--bound", "power >= 0.2"), "only what gives people away keeps this"),
        (("--plan", "3", "--bound", "power <= 0.2"), "needs n"),
        (("--members", "m.npz"), "give --scores, or --frequencies"),
        (("--scores", "none.npz"), "a file of rows cannot be read"),
        (("--gate", "freqs"), "the policy has no release gate of this name"),
        ((*GENOMES, "--bound", "duplicate <= 0"), "did you mean 'duplicates'?"),
        ((*GENOMES, "--bound", "duplicates"), "--bound needs a metric and a bound"),
        ((*GENOMES, "--bound", "aats >= 0.4", "--bound", "aats <= 0.6"), "one --bound for each metric"),
        ((*GENOMES, "--evidence", "e.json"), "give --gate or --bound"),
        ((*GENOMES, "--confidence", "95"), "a number from 0.5 to below 1"),
        ((*KNOWN, "--bound", "aats >= 0.4"), "this needs 'synthetic' and 'training'"),
    ],
)
@pytest.mark.usefixtures("here")
def test_usage(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage is exit status 2, with what is wrong."""
    code, out, err = _run(capsys, *words)
    assert (code, out) == (2, "")
    assert told in err


def test_broken_data(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data that nothing can be computed from are exit status 3."""
    np.savez(here / "t.npz", genotypes=np.full((20, 500), 4))
    code, out, _err = _run(capsys, *GENOMES, "--bound", "aats >= 0.4")
    assert code == 3
    assert "in row 1" in out
    assert _run(capsys, *GENOMES, "--bound", "aats >= 0.4", "--evidence", "e.json")[0] == 3
    assert not (here / "e.json").exists()


def test_gate_and_evidence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate of the policy is judged as a scan judges it, and its evidence stands where the genomes are not."""
    keys = {"synthetic": "s.npz", "training": "t.npz", "bounds": {"duplicates": "<= 0", "aats": "<= 0.9"}}
    (here / ".genomic-guard.yaml").write_text(json.dumps({"version": 1, "release": {"made": keys}}))
    code, out, _err = _run(capsys, "--gate", "made", "--evidence", "--format", "json")
    gates = {each["metric"]: each["verdict"] for each in json.loads(out)["gates"]}
    assert (code, gates) == (1, {"duplicates": "fail", "aats": "pass"})
    for name in ("s.npz", "t.npz"):
        (here / name).unlink()
    assert main(["scan", "--format", "json", "--select", "MIA"]) == 1
    found = json.loads(capsys.readouterr().out)["gates"]
    assert {each["metric"]: each["verdict"] for each in found} == gates
    assert {each["source"] for each in found} == {"evidence"}


def test_a_plan_by_bounds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release that is planned has a gate before there is a table: the power that the theory gives, on either side of a bound."""
    variants = next(count for count in range(100, 10_000) if release.power(count, 1000) > 0.1)
    plan = ("--n", "1000", "--bound", "power <= .1")
    assert _run(capsys, "--plan", str(variants - 1), *plan)[0] == 0
    code, out, _err = _run(capsys, "--plan", str(variants), *plan)
    assert (code, f"a plan: {variants} independent variants of 1000 people" in out) == (1, True)
    for count, status in (variants - 1, 0), (variants, 1):
        gate = {"variants": count, "n": 1000, "bounds": {"power": "<= 0.1"}}
        (here / ".genomic-guard.yaml").write_text(json.dumps({"version": 1, "release": {"planned": gate}}))
        assert main(["scan", "--select", "MIA"]) == status
        assert "a plan: " in capsys.readouterr().out or not status


def test_a_table_by_bounds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table is judged by bounds as a gate would judge it; its figures need no evidence, as it lies where they can be computed."""
    rows = (f"{1 + at % 22}\t{at * 10_000}\tA\tG\t0.{10 + at % 39}\n" for at in range(1, 1000))
    (here / "t.tsv").write_text("CHROM\tPOS\tREF\tALT\tAF\n" + "".join(rows))
    code, out, _err = _run(capsys, "t.tsv", "--n", "50", "--bound", "power <= 0.5")
    assert (code, ": fail: " in out) == (1, True)
    assert _run(capsys, "t.tsv", "--n", "100000", "--bound", "power <= 0.5")[0] == 0
    code, out, err = _run(capsys, "t.tsv", "--n", "50", "--bound", "power <= 0.5", "--evidence", "e.json")
    assert (code, "where it lies" in err) == (2, True)
