"""Packs: dated rules that add their clauses to findings, and facts that checks can ask for."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from _policy import POLICY, Repo, guard, hook, inside, judged, place, policy, refused, scan, write

from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.policy.packs.rules import clauses, data, in_force
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [pack.name for pack in RULES]
OWN = ["45 CFR 164.514(b)(2)(i)(R)"]
HIPAA = "45 CFR 164.502(b)"
NIH = ["NIH GDS Policy, NOT-OD-14-124", "NIH Data Use Certification, Non-Transferability"]
# The data of every released pack, as a digest of all that it says. A line here never changes: a newer reading has another name.
RELEASED = {
    "hipaa-2024": "bac54c017d228db7bf0d36e93c355569bb26c8a77c96b6451dacfa7ec281c23e",
    "nih-2025-03": "45e800cf9206d1f4b1db3a3b0bb549bfd21b9ff520eabf5fbd779455c56b1277",
    "ukb-2026-04": "061117d51917bce2b220b8ce16cf5e9ae720c736079e9c2c76c132db20675504",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a call set."""
    return write(tmp_path / "w", {"x.vcf": samples.vcf()})


def told(folder: Path, **keys: Any) -> list[str]:
    """Return the clauses of the one finding under a policy."""
    (finding,) = judged(folder, policy=policy(**keys)).json["findings"]
    found: list[str] = finding["clauses"]
    return found


def test_a_named_pack_adds_its_clauses(folder: Path) -> None:
    """A finding has its own clauses first, then those of each pack that the policy names, none twice; without packs, its own."""
    assert inside("scan", "--format", "json", folder).json["findings"][0]["clauses"] == OWN
    assert told(folder) == told(folder, packs=[]) == OWN
    assert told(folder, packs=["hipaa-2024"]) == [*OWN, HIPAA]
    assert told(folder, packs=["nih-2025-03"]) == [*OWN, *NIH]
    everything = told(folder, packs=NAMES)
    assert everything[:4] == [*OWN, HIPAA, *NIH]
    assert all("UK Biobank" in clause for clause in everything[4:])
    assert len(everything) == len(set(everything)) == 6


def test_clauses_alone_change(folder: Path) -> None:
    """Packs change nothing but clauses and the digests of policy and rules, in whatever order they are named."""
    reports = [judged(folder, policy=policy(packs=packs)).json for packs in ([], NAMES, NAMES[::-1])]
    assert reports[1]["findings"] == reports[2]["findings"]
    digests = [report["tool"].pop("ruleset") for report in reports]
    assert (digests[0] != digests[1], digests[1] == digests[2]) == (True, True)
    for report in reports:
        del report["policy"]["sha256"], report["findings"][0]["clauses"], report["scanned"]["bytes"]
    assert reports[0] == reports[1] == reports[2]


def test_digest_of_the_rules_tells_packs_apart(folder: Path) -> None:
    """Every choice of packs has a digest of its own."""
    choices = [[], *([name] for name in NAMES), NAMES[:2], NAMES]
    digests = {judged(folder, policy=policy(packs=packs)).json["tool"]["ruleset"] for packs in choices}
    assert len(digests) == len(choices)


def test_sarif_has_them_as_tags(folder: Path) -> None:
    """The format that shows clauses by rule shows those of the packs too."""
    for packs, tags in (([], OWN), (["hipaa-2024"], [*OWN, HIPAA])):
        write(folder, {POLICY: policy(packs=packs)})
        ((rule,),) = [
            run["tool"]["driver"]["rules"] for run in json.loads(guard("scan", "--format", "sarif", cwd=folder).out)["runs"]
        ]
        assert rule["properties"]["tags"] == ["security", "privacy", *tags]


def test_nothing_is_told_as_idle(folder: Path) -> None:
    """Packs are used, so they are not named as read and not judged; the hook takes them too."""
    assert judged(folder, policy=policy(packs=NAMES)).err == ""
    repo = Repo(folder)
    repo.add("a.txt", b"plain\n")
    repo.add(POLICY, policy(packs=NAMES).encode())
    ran = hook("everything", "a.txt", cwd=folder)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(("name", "near"), [("hipaa-2023", "hipaa-2024"), ("nih-2025-3", "nih-2025-03"), ("ukb", None)])
def test_unknown_pack(tmp_path: Path, name: str, near: str | None) -> None:
    """A pack that there is not is an error at its place, which names the known ones and the nearest."""
    text = f"version: 1\npacks:\n  - {NAMES[0]}\n  - {name}\n"
    line, column, message = refused(judged(tmp_path / "w", policy=text))
    assert (line, column) == (4, 5)
    assert message == f"this must be one of {', '.join(NAMES)}" + (f"; did you mean '{near}'?" if near else "")


def test_repeated_pack(tmp_path: Path) -> None:
    """A pack that is named twice is an error at the second."""
    text = "version: 1\npacks: [hipaa-2024, 'hipaa-2024']\n"
    assert refused(judged(tmp_path / "w", policy=text)) == (*place(text, "'hipaa-2024'"), "this is in the list already")


def test_rules_shows_them_by_pack(tmp_path: Path) -> None:
    """`rules --clauses` lists every clause of every pack with the codes that serve it, and says where none does yet."""
    found = json.loads(guard("rules", "--clauses", "--format", "json", cwd=tmp_path).out)["packs"]
    assert [(pack["name"], pack["title"], pack["date"], pack["source"]) for pack in found] == [
        (pack.name, pack.title, pack.date, pack.source) for pack in RULES
    ]
    codes = sorted(Registry().entries)
    for pack in found:
        for clause, serving in pack["clauses"].items():
            assert serving == [code for code in codes if clause in clauses(pack["name"], code)]
        for code in codes:
            assert {clause for clause, serving in pack["clauses"].items() if code in serving} == set(clauses(pack["name"], code))
    text = guard("rules", "--clauses", cwd=tmp_path).out
    for pack in found:
        (part,) = [part for part in text.split("\n\n") if part.startswith(f"pack {pack['name']}: ")]
        for clause, serving in pack["clauses"].items():
            (line,) = [line for line in part.splitlines() if line.startswith(f"{clause}  ")]
            assert line.endswith(f"  {', '.join(serving) or 'no code yet'}")


def test_the_longest_key_counts() -> None:
    """A family, a group of it and a code can be mapped; the most precise one counts, also where it says: none."""
    assert clauses("hipaa-2024", "PHI101") == (HIPAA, "45 CFR 164.514(b)(2)")
    assert clauses("hipaa-2024", "PHI201") == (HIPAA, "45 CFR 164.514(e)")
    assert clauses("hipaa-2024", "PHI401") == clauses("hipaa-2024", "RUN101") == ()
    assert "NOT-OD-25-081" in clauses("nih-2025-03", "GOV201")


def test_data_do_not_depend_on_naming() -> None:
    """What checks look for is there without a policy; a name can only choose between packs of one rule maker."""
    assert in_force(()) == in_force(NAMES) == tuple(sorted(NAMES))
    known = {each.name: each for each in Policy().pack_data("identifiers")}
    assert known == {each.name: each for each in Policy(packs=("nih-2025-03",)).pack_data("identifiers")}
    (areas,) = [each for each in Policy().pack_data("lists") if each.name == "restricted-zip3"]
    assert len(set(areas.values)) == 17
    assert {each.name: each.number for each in Policy().pack_data("limits")} == {"oldest-age": 89, "zip3-people": 20_000}
    with pytest.raises(AttributeError):
        Policy().pack_data("identifier")


def dashed(*parts: str) -> str:
    """Return parts with dashes between, so that no identifier stands in this file."""
    return "-".join(parts)


def test_identifiers_match_what_they_name() -> None:
    """The form of an identifier takes what its source allows, whole, and nothing near it."""
    forms = {each.name: re.compile(each.pattern) for each in Policy().pack_data("identifiers")}
    study = f"phs{178:06}"
    table = f"{study}.v1.pht{1:06}.v1.p1.c2.txt"
    social = [dashed(*parts.split()) for parts in ("000 01 0001", "666 01 0001", "900 01 0001", "001 00 0001", "001 01 0000")]
    member = [dashed(first, "A00", "AA00") for first in ("0A00", "1S00", "1A0A")]
    cases = {
        "uk-biobank-participant": (["1" + "0" * 6, "6" + "4" * 6], ["0" * 7, "7" + "0" * 6, "1" * 6, "1" * 8]),
        "dbgap-study": (
            [study, f"{study}.v11.p8", f"{study}.v11.p8.c1"],
            ["phs178", f"{study}.v11", f"{study}xv11xp8", f"x{study}", f"{study}9"],
        ),
        "dbgap-table": ([table], [f"{study}.v1.p1", f"{study}.v1.pht1.c1"]),
        "ssn": ([dashed("001", "01", "0001")], [dashed("001", "010001"), *social]),
        "medicare-beneficiary-identifier": ([dashed("1A00", "A00", "AA00")], [dashed("1A00", "A00AA00"), *member]),
    }
    for name, (takes, refuses) in cases.items():
        assert all(forms[name].fullmatch(text.encode()) for text in takes), name
        assert not any(forms[name].fullmatch(text.encode()) for text in refuses), name
    for each in Policy().pack_data("identifiers"):
        assert each.source
        assert all(re.compile(pattern) for pattern in each.beside)
    (person,) = [each for each in Policy().pack_data("identifiers") if each.name == "uk-biobank-participant"]
    columns = [b"eid", b"31-0.0", b"f.31.0.0", b"p31_i0", b"n_31_0_0"]
    assert all(any(re.fullmatch(pattern, column) for pattern in person.beside) for column in columns)
    assert not any(re.fullmatch(pattern, column) for pattern in person.beside for column in (b"lat", b"fx31.0.0", b"31", b"p1"))


@pytest.mark.parametrize("name", NAMES)
def test_a_released_pack_never_changes(name: str) -> None:
    """An old date pins the data: what a pack says has the digest with which it was released."""
    held = data(name)
    fields = [
        [[getattr(each, field) for field in each._defaults] for each in getattr(held, kind)]  # noqa: SLF001 - fields of a record
        for kind in ("identifiers", "limits", "lists", "notices")
    ]
    said = repr((sorted(held.clauses.items()), fields))
    assert hashlib.sha256(said.encode()).hexdigest() == RELEASED[name]


def test_keys_are_codes() -> None:
    """What a pack maps is a family or the beginning of codes of one, and every clause is told as one line."""
    for name in NAMES:
        for key, served in data(name).clauses.items():
            assert re.fullmatch(r"(?:GEN|PHI|SEC|COD|LIC|CARD|GOV|FAIR|MIA)\d{0,3}", key)
            assert len(set(served)) == len(served)
            assert all(clause.isprintable() and clause == clause.strip() for clause in served)


def test_work_tree_and_index_agree(tmp_path: Path) -> None:
    """The staged policy decides which packs are in force where the index is judged."""
    repo = Repo(tmp_path / "repo")
    repo.add("x.vcf", samples.vcf())
    repo.add(POLICY, policy(packs=["hipaa-2024"]).encode())
    repo.write(POLICY, policy(packs=[]).encode())
    staged = scan("--staged", cwd=repo.root).json["findings"]
    assert [each["clauses"] for each in staged if each["code"] == "GEN101"] == [[*OWN, HIPAA]]
    assert [each["clauses"] for each in scan(cwd=repo.root).json["findings"]] == [OWN]
