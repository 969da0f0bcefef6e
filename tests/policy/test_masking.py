"""Paths that repeat a sample id of the same snapshot are masked in whatever is written; nothing else in a path is."""

from __future__ import annotations

import hashlib
import string
import unicodedata
from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, guard, judged, policy, scan, write
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.policy.mask import MASK, mask
from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# paths in which NAME stands as people write sample ids into file names
PLACES = [
    "NAME.vcf",
    "NAME",
    "d/NAME.hard-filtered.vcf",
    "NAME/calls.vcf",
    "a/NAME/b/NAME.vcf",
    "2024-05-01_NAME.vcf",
    "NAME_S1_L001.vcf",
    "NAME-tumor.vcf",
    "NAME tumor.vcf",
    "NAME(1).vcf",
    "run+NAME.vcf",
    "x@NAME.vcf",
    "[NAME].vcf",
    "NAME,other.vcf",
    "sample=NAME.vcf",
    "NAME~",
    "#NAME#",
    ".NAME.swp",
    "é-NAME-ü.vcf",
    "NAME\n.vcf",
]


@pytest.mark.parametrize("case", [str.upper, str.lower])
@pytest.mark.parametrize("place", PLACES)
def test_id_in_a_path(tmp_path: Path, place: str, case: Callable[[str], str]) -> None:
    """An id is masked wherever it stands between other characters, in either case, in text and in JSON; the rest stays."""
    name = samples.name()
    path = place.replace("NAME", case(name))
    folder = write(tmp_path / "w", {path: samples.vcf(names=f"{name},{samples.name()}")})
    for ran in (scan(cwd=folder), guard("scan", cwd=folder)):
        assert ran.code == 1
        assert name.lower() not in (ran.out + ran.err).lower()
    (shown,) = [path for _code, _outcome, path in scan(cwd=folder).codes()]
    assert shown == place.replace("NAME", MASK)


def test_id_from_another_file(tmp_path: Path) -> None:
    """What names a person in one file is masked in the paths of all: of findings, gaps, evidence, waivers, and of the policy."""
    name, people = samples.name(), samples.vcf(samples=1)
    gate = {"g": {"value": f"{name}.json#", "bounds": {"tpr.difference": "<= 0.1"}, "decide": "point"}}
    waivers = [
        {"code": "GEN101", "path": f"{name}/{kind}.vcf", "sha256": sha, "reason": name, "owner": name, "expires": day}
        for kind, sha, day in (
            ("unused", "0" * 64, samples.later().decode()),
            ("late", hashlib.sha256(people).hexdigest(), "2020-01-01"),
            ("void", "0" * 64, samples.later().decode()),
            ("good", hashlib.sha256(people).hexdigest(), samples.later().decode()),
        )
    ]
    files: dict[str, bytes | str] = {
        "cohort.vcf": samples.vcf(names=name),
        f"{name}.bin": samples.binary(),
        f"{name}.json": "0.2",
        f"{name}.gz": b"\x1f\x8b\x08\0",
        f"{name}/damaged.ipynb": b'{"cells": [',
        **{f"{name}/{kind}.vcf": people for kind in ("late", "void", "good")},
    }
    folder = write(tmp_path / "w", files)
    other = write(tmp_path / "o", {f"{name}.yaml": policy(fairness=gate, waivers=waivers)}) / f"{name}.yaml"
    for ran in (scan("--config", other, cwd=folder), guard("scan", "--config", other, cwd=folder)):
        assert ran.code == 1
        assert name not in ran.out + ran.err
    report = scan("--config", other, cwd=folder).json
    assert [each["path"] for each in report["evidence"]] == [f"{MASK}.json"]
    assert {each["path"] for each in report["gaps"]} == {f"{MASK}.gz", f"{MASK}/damaged.ipynb"}
    assert [each["path"] for each in report["waivers"]["unused"]] == [f"{MASK}/unused.vcf"]
    assert [each["path"] for each in report["waivers"]["expired"]] == [f"{MASK}/late.vcf"]
    assert {(each["code"], each["path"]) for each in report["findings"] if each["code"] != "GEN101"} >= {("RUN102", f"{MASK}.bin")}
    assert report["policy"]["path"].endswith(f"/{MASK}.yaml")
    ordered = sorted(name.encode() for name in files)
    for each in report["findings"]:
        if each["entry"] is not None and each["code"].startswith("GEN"):
            assert ordered[each["entry"]].decode().replace(name, MASK) == each["path"]


@pytest.mark.parametrize("style", ["vcf", "gzip", "bgzf", "utf-16", "bcf", "frame", "html", "fam"])
def test_ids_of_every_view(tmp_path: Path, style: str) -> None:
    """Whatever a name was read from, it is masked; so is the name in a `.fam` that has no finding of its own."""
    people = samples.vcf(samples=1)
    name = people.split(b"FORMAT\t")[1].split(b"\n")[0].decode()
    files: dict[str, bytes] = {"a.vcf": people}
    if style in {"gzip", "bgzf", "utf-16"}:
        files = {"a.vcf": DIRECTIVES[style](people)}
    elif style == "bcf":
        header = samples.vcf(names=name, variants=0) + b"\0"
        files = {"a.bcf": b"BCF\2\2" + len(header).to_bytes(4, "little") + header}
    elif style in {"frame", "html"}:
        table = samples.frame(samples=1, style="html" if style == "html" else "text")
        head = table.decode().replace("<th>", " ").replace("</th>", " ").split("\n")
        name = next(word for word in " ".join(head).split() if len(word) == len(name) and word.endswith("Q"))
        files = {"a.ipynb": DIRECTIVES["notebook-html" if style == "html" else "notebook"](table)}
    elif style == "fam":
        fam = samples.fam(people=6)
        name = fam.split()[1].decode()
        files = {"a.fam": fam, "a.bim": samples.bim(), "a.bed": samples.bed(people=6)}
    ran = scan(cwd=write(tmp_path / "w", {**files, f"{name}.png.gz": b"\x1f\x8b\x08\0"}))
    assert ran.codes()
    assert ran.gaps() == [(f"{MASK}.png.gz", "truncated")]


SHOWN = [
    "NA12878",
    "HG00096",
    "HG002",
    "HGDP01076",
    "GM12878",
    "20240501",
    "2024-05-01",
    "12345",
    "1234-5",
    "patient",
    "tumor",
    "S1",
    "abc",
]


@pytest.mark.parametrize("name", SHOWN)
def test_what_tells_nothing_stays(tmp_path: Path, name: str) -> None:
    """Public ids, dates, plain numbers, everyday words and two or three letters are shown, though a column has that name."""
    ran = judged(write(tmp_path, {f"{name}/{name}.vcf": samples.vcf(names=name)}), policy="version: 1\nsamples: {public: []}\n")
    assert ran.codes() == [("GEN101", "fail", f"{name}/{name}.vcf")]


def test_ids_of_an_excluded_file_are_not_known(tmp_path: Path) -> None:
    """What was not read masks nothing, and nothing of it is told."""
    name = samples.name()
    write(tmp_path, {"third/x.vcf": samples.vcf(names=name), "y.vcf": samples.vcf()})
    ran = judged(tmp_path, policy=policy(exclude=[{"path": "third/", "reason": "r"}]))
    assert ran.codes() == [("GEN101", "fail", "y.vcf")]
    assert name not in ran.out
    assert POLICY not in ran.out or ran.json["policy"]["path"] == POLICY


IDS = st.text(string.ascii_letters + string.digits, min_size=4, max_size=12).filter(lambda text: not text.isdigit())
INNER = st.lists(IDS, min_size=1, max_size=4).flatmap(
    lambda parts: st.lists(st.sampled_from("-_. +:/@"), min_size=len(parts), max_size=len(parts)).map(
        lambda marks: "".join(part + mark for part, mark in zip(parts, marks, strict=True))[:-1]
    )
)
AROUND = st.text("/._-+ @()[]{}~#=,;:!'\"\n\t", max_size=5)


@settings(max_examples=300, deadline=None)
@given(name=INNER, before=AROUND, after=AROUND, others=st.lists(IDS, max_size=3))
def test_an_id_never_stays(name: str, before: str, after: str, others: list[str]) -> None:
    """Between any marks, an id of any make is gone from the shown path, and only it is."""
    public = mask([name.encode()])(name.encode()) == name
    shown = mask([name.encode(), *(each.encode() for each in others)])((before + name + after).encode())
    assert public or name.lower() not in shown.lower()
    if not public:
        assert shown.startswith(before)
        assert shown.endswith(after)
        assert MASK in shown


def _letters(name: bytes) -> str:
    text = unicodedata.normalize("NFKD", name.decode("utf-8", "backslashreplace").casefold()).casefold()
    return "".join(each for each in text if each.isalnum())


@settings(max_examples=300, deadline=None)
@given(path=st.binary(max_size=40), names=st.lists(st.binary(max_size=12), max_size=4))
def test_any_path(path: bytes, names: list[bytes]) -> None:
    """Masking fails for no path and no names, is always text, and leaves a path alone where no word of it is a name."""
    shown = mask(names)(path)
    assert shown.encode("utf-8").decode() == shown
    if not any(_letters(each) in _letters(path) for each in names if _letters(each)):
        assert MASK not in shown or MASK.encode() in path


def test_parts_of_words_stay() -> None:
    """A short id is no part of a longer word; two ids in one name are both masked."""
    name, other = samples.name(), samples.name()
    show = mask([name.encode(), other.encode(), b"anna"])
    assert show(b"annals/savanna.md") == "annals/savanna.md"
    assert show(f"{name}_{other}.vcf".encode()) == f"{MASK}_{MASK}.vcf"


def test_longest_id_first() -> None:
    """Where one id is the beginning of another, the longer one is masked whole."""
    name = samples.name()
    show = mask([name.encode(), f"{name}-tissue-9b".encode()])
    assert show(f"{name}-tissue-9b.vcf".encode()) == f"{MASK}.vcf"
    assert show(f"{name}-tissue-9c.vcf".encode()) == f"{MASK}-tissue-9c.vcf"


def test_case_separators_and_accents_do_not_matter() -> None:
    """An id is masked however a path writes it, and where it is glued to other letters."""
    name = samples.name()
    show = mask([f"{name[:3]}_{name[3:]}".encode(), "Zoë-Üxküll".encode()])
    for path in (name, f"{name[:3]}-{name[3:]}", name.lower(), f"x{name}chr1", f"{name}v2", f"{name}{name}"):
        shown = show(f"d/{path}.vcf".encode())
        assert name.lower() not in shown.lower().replace("-", "")
        assert MASK in shown
    for form in ("NFC", "NFD"):
        assert show(unicodedata.normalize(form, "d/ZOË_ÜXKÜLL.vcf").encode()) == f"d/{MASK}.vcf"
