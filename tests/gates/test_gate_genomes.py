"""Gates on releases that are measured on files of people: scores, members and others, synthetic genomes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.metrics.genomic import beacon
from pytest_genomic_guard.testing import fill, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from _scratch import Repo

    from pytest_genomic_guard.report import GateVerdict

VARIANTS = 600


def _npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def _csv(calls: np.ndarray, names: tuple[str, ...] = (), **labels: Any) -> bytes:
    """Return a table with a person in each row, first what a person is called."""
    variants = names or tuple(f"rs{at}" for at in range(calls.shape[1]))
    rows = [",".join(("IID", *labels, *variants))]
    for at, row in enumerate(calls):
        rows.append(",".join((f"P{at}", *(str(each[at]) for each in labels.values()), *("." if x < 0 else str(x) for x in row))))
    return ("\n".join(rows) + "\n").encode()


class People:
    """Files of a small cohort, and of synthetic genomes."""

    def __init__(self, seed: int = 1) -> None:
        """Draw everybody."""
        self.random = np.random.default_rng(seed)
        self.rate = self.random.uniform(0.1, 0.5, VARIANTS)
        self.members, self.others = self.draw(60), self.draw(400)
        self.files = {
            b"f.npz": _npz(frequencies=self.members.mean(axis=0) / 2, reference=self.rate),
            b"m.npz": _npz(genotypes=self.members),
            b"o.npz": _npz(genotypes=self.others),
        }

    def draw(self, people: int) -> np.ndarray:
        """Return genotypes of strangers."""
        return self.random.binomial(2, self.rate, (people, VARIANTS)).astype(np.int8)


KNOWN = {"frequencies": "f.npz", "members": "m.npz", "non-members": "o.npz"}
GENOMES = {"synthetic": "s.npz", "training": "t.npz", "holdout": "h.npz"}


def _gates(files: Mapping[bytes, bytes], bounds: Mapping[str, str], **gate: Any) -> dict[str, GateVerdict]:
    policy = {"version": 1, "release": {"r": {key.replace("_", "-"): value for key, value in gate.items()} | {"bounds": bounds}}}
    report = scan({**files, b".genomic-guard.yaml": json.dumps(policy).encode()})
    return {each.metric: each for each in report.gates}


def test_members() -> None:
    """A small cohort is found in its frequencies, by both tests, and no value of a person is told."""
    people = People()
    bounds = {"lr-auc": "<= 0.6", "homer-auc": "<= 0.6", "tpr@fpr=0.05": "<= 0.2", "power": "<= 0.1"}
    found = _gates(people.files, bounds, n=60, **KNOWN)
    assert {metric: each.verdict for metric, each in found.items()} == {
        "lr-auc": "fail",
        "homer-auc": "fail",
        "tpr@fpr=0.05": "fail",
        "power": "inconclusive",  # 400 people do not carry a rate of 0.001
    }
    assert found["power"].needed == 3000
    for each in found.values():
        assert (each.kind, each.source, 0 < (each.n or 0) <= 400) == ("release", "rows", True)


def test_table_stays_planned() -> None:
    """Without people a bound on power is on what theory says of the table, and one on AUC needs people."""
    people = People()
    found = _gates(people.files, {"power": "<= 0.5"}, n=60, table="t.tsv")
    assert (found["power"].verdict, found["power"].message) == ("error", "the table is missing or could not be read")


def test_planned_beacon() -> None:
    """Without people the power of a beacon is the closed form over the sites that a member is expected to have."""
    verdicts = {}
    for people in (20, 200):
        files = {b"t.tsv": fill(f"{{{{frequencies people={people}}}}}")}
        found = _gates(files, {"beacon-power": "<= 0.1", "power": "<= 0.2"}, n=people, table="t.tsv")["beacon-power"]
        sites = int(found.message.partition("heterozygous at about ")[2].partition(" ")[0])
        assert sites > 100
        assert found.value == beacon.power(sites, people)
        verdicts[people] = found.verdict
    assert verdicts == {20: "fail", 200: "pass"}


def test_scores() -> None:
    """Scores of an attack on a release are judged as they are, whichever of both directions is declared."""
    random = np.random.default_rng(2)
    member = np.repeat([1, 0], [500, 1500])
    score = random.normal(0, 1, 2000) + 2.5 * member
    for direction, sign in (("member", 1), ("non-member", -1)):
        files = {b"s.npz": _npz(member=member, score=sign * score)}
        found = _gates(files, {"lr-auc": "<= 0.7", "tpr@fpr=0.05": "<= 0.2"}, scores="s.npz", higher_is=direction)
        assert {each.verdict for each in found.values()} == {"fail"}
    wrong = _gates({b"s.npz": _npz(member=member, score=-score)}, {"lr-auc": "<= 0.7"}, scores="s.npz", higher_is="member")
    assert wrong["lr-auc"].verdict == "refused"


def _synthetic(people: People, copied: int) -> dict[bytes, bytes]:
    training, holdout, made = (people.draw(120) for _set in range(3))
    made[:copied] = training[:copied]
    return {name: _npz(genotypes=calls) for name, calls in ((b"s.npz", made), (b"t.npz", training), (b"h.npz", holdout))}


BOUNDS = {"duplicates": "<= 0", "kinship": "<= 0", "nearest-ibs": "<= 0.75", "privacy-loss": "<= 0.25", "aats": ">= 0.3"}


def test_synthetic() -> None:
    """Genomes of a generator that knows the population pass, those of one that copies fail by each measure."""
    people = People(3)
    fair = _gates(_synthetic(people, 0), BOUNDS, **GENOMES)
    assert {each.verdict for each in fair.values()} == {"pass"}
    assert {each.outcome for each in fair.values()} == {"pass"}
    copied = _gates(_synthetic(people, 120), BOUNDS, **GENOMES)
    assert {each.verdict for each in copied.values()} == {"fail"}


def test_few_copies_are_not_told() -> None:
    """Of 1 to 10 copies nothing but that there are some is told, unless the policy masks less."""
    people = People(4)
    files = _synthetic(people, 4)
    masked = _gates(files, {"duplicates": "<= 0"}, **GENOMES)["duplicates"]
    assert (masked.verdict, masked.value, masked.interval) == ("fail", None, None)
    assert "1 to 10" in masked.message
    policy = {"version": 1, "small-cell": 0, "release": {"r": GENOMES | {"bounds": {"duplicates": "<= 0"}}}}
    (whole,) = scan({**files, b".genomic-guard.yaml": json.dumps(policy).encode()}).gates
    assert whole.value == pytest.approx(4 / 120)


def test_tables_of_people() -> None:
    """A table with a person in each row tells the same as a matrix; its ids are no variants, and a full stop is missing."""
    people = People(5)
    training, made = people.draw(30), people.draw(30)
    made[:15], made[0, 3], training[4, 7] = training[:15], -1, -1
    bounds, told = {"duplicates": "<= 0"}, []
    for kind, files in (
        ("npz", {b"s.npz": _npz(genotypes=made), b"t.npz": _npz(genotypes=training)}),
        ("csv", {b"s.csv": _csv(made), b"t.csv": _csv(training)}),
    ):
        gate = _gates(files, bounds, synthetic=f"s.{kind}", training=f"t.{kind}")["duplicates"]
        told.append((gate.verdict, gate.value, gate.n, gate.message))
    assert told[0] == told[1]
    assert told[0][:2] == ("fail", 0.5)


def test_ancestry() -> None:
    """Where files tell ancestry, people of others are compared within it, or there is no verdict."""
    people = People(6)
    other = np.random.default_rng(7).uniform(0.1, 0.5, VARIANTS)
    far = np.random.default_rng(8).binomial(2, other, (400, VARIANTS)).astype(np.int8)
    near = people.draw(400)
    members = people.draw(400)
    labels = ["B"] * 400 + ["A"] * 400
    files = {
        b"f.npz": _npz(frequencies=members.mean(axis=0) / 2, reference=people.rate),
        b"m.csv": _csv(members, ancestry=["A"] * 400),
        b"o.csv": _csv(np.concatenate([far, near]), ancestry=labels),
    }
    known = {"frequencies": "f.npz", "members": "m.csv", "non_members": "o.csv", "n": 400}
    assert _gates(files, {"lr-auc": "<= 0.9"}, **known)["lr-auc"].verdict == "refused"
    matched = _gates(files, {"lr-auc": "<= 0.9"}, **known, match_on=["ancestry"])["lr-auc"]
    assert matched.verdict == "pass"
    assert "within ancestry" in matched.method
    one_side = {**files, b"m.csv": _csv(members)}
    assert _gates(one_side, {"lr-auc": "<= 0.9"}, **known)["lr-auc"].verdict == "error"


def _broken(people: People) -> dict[str, tuple[dict[bytes, bytes], str]]:
    """Return files that nothing can be computed from, with words of the message."""
    calls = people.draw(30)
    wrong = calls.copy()
    wrong[16, 2] = 5
    whole = {b"s.npz": _npz(genotypes=calls), b"t.npz": _npz(genotypes=people.draw(30)), b"h.npz": _npz(genotypes=people.draw(30))}
    return {
        "no genotype": (whole | {b"s.npz": _npz(genotypes=wrong)}, "in row 17"),
        "fewer variants": (whole | {b"t.npz": _npz(genotypes=calls[:, 1:])}, "not of the same variants"),
        "infinite": (whole | {b"h.npz": _npz(genotypes=np.full((30, VARIANTS), np.inf))}, "in row 1"),
        "pickled": (whole | {b"s.npz": _npz(genotypes=np.array([{}], object))}, "Python objects"),
        "cut": (whole | {b"s.npz": whole[b"s.npz"][:300]}, "damaged"),
        "missing": ({key: each for key, each in whole.items() if key != b"h.npz"}, "not here"),
        "too few": (whole | {b"h.npz": _npz(genotypes=calls[:5])}, "at least 10 people"),
        "empty": (whole | {b"s.npz": _npz(genotypes=calls[:0])}, "nobody"),
    }


@pytest.mark.parametrize("case", [*_broken(People(9))])
def test_broken_files(case: str) -> None:
    """What cannot be read or compared is an error, never a pass, and its message tells no value."""
    files, words = _broken(People(9))[case]
    (gate,) = _gates(files, {"privacy-loss": "<= 0.5"}, **GENOMES).values()
    assert (gate.verdict, gate.outcome, gate.value) == ("error", "fail", None)
    assert words in gate.message


def test_other_variants() -> None:
    """Tables that name their variants otherwise, or in another order, are not compared column by column."""
    people = People(10)
    calls = people.draw(20)
    names = tuple(f"rs{at}" for at in range(VARIANTS))
    files = {b"s.csv": _csv(calls), b"t.csv": _csv(calls, names[::-1])}
    (gate,) = _gates(files, {"duplicates": "<= 0"}, synthetic="s.csv", training="t.csv").values()
    assert (gate.verdict, gate.message) == ("error", "the files name other variants, or the same in another order")


def test_order_of_rows() -> None:
    """The order of people in files changes no byte of a verdict."""
    people = People(11)
    read = {name: np.load(io.BytesIO(data))["genotypes"] for name, data in _synthetic(people, 30).items()}
    told = []
    for shuffle in (False, True, True):
        moved = {name: people.random.permutation(calls) if shuffle else calls for name, calls in read.items()}
        found = _gates({name: _npz(genotypes=calls) for name, calls in moved.items()}, BOUNDS, **GENOMES)
        told.append([(each.metric, each.value, each.interval, each.n, each.message, each.needed) for each in found.values()])
    assert told[0] == told[1] == told[2]


def test_ignored_rows(repo: Repo, guard: Callable[..., Any]) -> None:
    """Genotypes that git ignores are read where they lie, and named in no report by a digest."""
    people = People(12)
    for name, data in _synthetic(people, 60).items():
        (repo.root / name.decode()).write_bytes(data)
    (repo.root / ".gitignore").write_text("*.npz\n")
    policy = {"version": 1, "release": {"r": GENOMES | {"bounds": {"duplicates": "<= 0"}}}}
    (repo.root / ".genomic-guard.yaml").write_text(json.dumps(policy))
    ran = guard("scan", "--format", "json", cwd=repo.root)
    report = json.loads(ran.out)
    (gate,) = report["gates"]
    assert (ran.code, gate["verdict"], gate["value"]) == (1, "fail", 0.5)
    assert all(each.get("sha256") is None for each in report["evidence"])


def test_what_is_measured() -> None:
    """A bound on power is measured where there are scores or people, planned where there is a table alone."""
    assert release.measured("power", {"scores": b""})
    assert release.measured("power", dict.fromkeys(release.KNOWN))
    assert not release.measured("power", {"members": b""})
    assert not release.measured("variants-per-person", dict.fromkeys(release.KNOWN))
    assert not release.measured("beacon-power", {"scores": b""})
    assert all(release.measured(metric, {}) for metric in (*release.OF_GENOMES, *release.OF_SCORES))
