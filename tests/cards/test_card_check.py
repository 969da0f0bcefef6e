"""``genomic-guard card check``: what it shows, its JSON, its exit status, and that a scan says the same."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from _card_texts import BASIC, FRONT, SECTIONS, TEXTS, card, policy, weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _scratch import Ran, Repo

    Guard = Callable[..., Ran]

STATUSES = {"stated", "mentioned", "absent"}


def _checked(guard: Guard, cwd: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    ran = guard("card", "check", "--format", "json", *arguments, cwd=cwd)
    return ran.code, json.loads(ran.out)["cards"]


def test_all_cards_of_a_repository(repo: Repo, guard: Guard) -> None:
    """Tracked and untracked ones are shown, and those that git ignores are not; each has a status for each of eleven sections."""
    repo.add("a/MODEL_CARD.md", card(*BASIC))
    repo.add(".gitignore", b"/kept/\n")
    for name in ("b", "kept"):
        (repo.root / name).mkdir()
        (repo.root / name / "MODEL_CARD.md").write_bytes(card("intended-use"))
    code, cards = _checked(guard, repo.root)
    assert code == 1
    assert [each["path"] for each in cards] == ["a/MODEL_CARD.md", "b/MODEL_CARD.md"]
    assert [list(each["sections"]) for each in cards] == [list(SECTIONS)] * 2
    assert {status for each in cards for status in each["sections"].values()} <= STATUSES
    assert cards[0]["lacks"] == []
    assert cards[1]["lacks"] == ["training-data", "limitations"]
    assert {each["tier"] for each in cards} == {"basic"}


@pytest.mark.parametrize("tier", ["basic", "research", "release"])
def test_exit_status_follows_what_the_tier_requires(repo: Repo, guard: Guard, tier: str) -> None:
    """A card with everything passes at each tier, one with what basic requires there alone; the option replaces the policy."""
    (repo.root / "MODEL_CARD.md").write_bytes(card())
    assert guard("card", "check", "--tier", tier, cwd=repo.root).code == 0
    (repo.root / "MODEL_CARD.md").write_bytes(card(*BASIC))
    assert guard("card", "check", "--tier", tier, cwd=repo.root).code == (0 if tier == "basic" else 1)
    (repo.root / ".genomic-guard.yaml").write_bytes(policy(tier))
    code, cards = _checked(guard, repo.root)
    assert (code, cards[0]["tier"]) == (0 if tier == "basic" else 1, tier)
    assert guard("card", "check", "--tier", "basic", cwd=repo.root).code == 0


@pytest.mark.parametrize("gone", [name for name in TEXTS if TEXTS[name]])
def test_each_section_that_is_taken_out_is_missing(repo: Repo, guard: Guard, gone: str) -> None:
    """It is the one that is missing; some are told by others too, which go with it."""
    too = {"evaluation": {"subgroups", "privacy-evaluation"}, "training-data": {"demographics"}}.get(gone, set()) | {gone}
    (repo.root / "MODEL_CARD.md").write_bytes(card(*(name for name in TEXTS if name not in too)))
    code, cards = _checked(guard, repo.root, "--tier", "release")
    assert (code, set(cards[0]["lacks"])) == (1, too)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("evaluation", "The model performs well on held-out data and generalises across sites.\n"),
        ("subgroups", "Performance is similar for women and men and for all ancestries.\n"),
        ("privacy-evaluation", "A membership inference attack showed that the risk is low.\n"),
    ],
)
def test_no_pass_at_release_without_numbers(repo: Repo, guard: Guard, name: str, text: str) -> None:
    """Words about a result are no result."""
    heading = TEXTS[name].partition("\n")[0]
    others = {"subgroups", "privacy-evaluation"} if name == "evaluation" else set()  # whose figures are of an evaluation too
    texts = {each: TEXTS[each] if each != name else f"{heading}\n\n{text}" for each in TEXTS if each not in others}
    said = FRONT + "\n".join(texts.values())
    (repo.root / "MODEL_CARD.md").write_text(said, "utf-8")
    code, cards = _checked(guard, repo.root, "--tier", "release")
    assert (code, set(cards[0]["lacks"])) == (1, {name, *others})


def test_a_named_file_is_a_card_whatever_its_name(repo: Repo, guard: Guard) -> None:
    """Its text is read; in a scan a file of that name is none."""
    repo.add("notes.txt", card(*BASIC))
    code, cards = _checked(guard, repo.root, "notes.txt")
    assert (code, [each["path"] for each in cards]) == (0, ["notes.txt"])
    assert _checked(guard, repo.root) == (0, [])
    for name, data in (("none.txt", b"nothing to see\n"), ("empty.md", b""), ("line.md", b"\n"), ("list.md", b"---\n- a\n---\n")):
        repo.add(name, data)
        code, cards = _checked(guard, repo.root, name)
        assert (name, code) == (name, 1)
        assert set(cards[0]["sections"].values()) == {"absent"}


def test_a_plain_folder(folder: Path, guard: Guard) -> None:
    """There too, all cards or those that are named."""
    (folder / "MODEL_CARD.md").write_bytes(card(*BASIC))
    (folder / "README.md").write_bytes(b"# x\n")
    assert _checked(guard, folder)[0] == 0
    assert _checked(guard, folder, "MODEL_CARD.md")[0] == 0
    assert _checked(guard, folder, "README.md")[0] == 1


def test_from_a_subfolder(repo: Repo, guard: Guard) -> None:
    """A name is relative to where the command runs, and the path that is shown to the root."""
    repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    assert [each["path"] for each in _checked(guard, repo.root / "models", "x/MODEL_CARD.md")[1]] == ["models/x/MODEL_CARD.md"]
    assert [each["path"] for each in _checked(guard, repo.root / "models", "x")[1]] == ["models/x/MODEL_CARD.md"]


def test_no_card(repo: Repo, guard: Guard) -> None:
    """Nothing to say is no failure, but a model without a card is."""
    repo.add("README.md", b"# x\n")
    ran = guard("card", "check", cwd=repo.root)
    assert (ran.code, ran.out) == (0, "no card of a model or a data set here\n")
    repo.add("m.safetensors", weights())
    ran = guard("card", "check", cwd=repo.root)
    assert ran.code == 1
    assert "m.safetensors" in ran.out


def test_usage(repo: Repo, guard: Guard) -> None:
    """A file that is not there, and a tier that is none, are wrong usage; what cannot be read is told as such."""
    assert guard("card", "check", "nowhere.md", cwd=repo.root).code == 2
    assert guard("card", "check", "--tier", "best", cwd=repo.root).code == 2
    assert guard("card", cwd=repo.root).code == 2


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0, reason="permissions do not keep this user out")
def test_unreadable(repo: Repo, guard: Guard) -> None:
    """A card that cannot be opened is status 3."""
    file = repo.root / "MODEL_CARD.md"
    file.write_bytes(card(*BASIC))
    file.chmod(0)
    assert guard("card", "check", cwd=repo.root).code == 3


def test_too_large(repo: Repo, guard: Guard) -> None:
    """A card beyond the bound is status 3, and is not taken for one that says nothing."""
    (repo.root / "MODEL_CARD.md").write_bytes(card(*BASIC) + b"x\n" * (6 << 20))
    ran = guard("card", "check", cwd=repo.root)
    assert ran.code == 3
    assert "MODEL_CARD.md could not be read" in ran.err


def test_a_scan_says_the_same(repo: Repo, guard: Guard) -> None:
    """Codes, lines and subjects are those of a scan."""
    repo.add("MODEL_CARD.md", card("intended-use", "evaluation", front="---\nlibrary_name: pytorch\n---\n\n# x\n\n"))
    repo.add("m.safetensors", weights())
    _code, cards = _checked(guard, repo.root)
    checked = [(each["code"], each["line"], each["subject"], each["outcome"]) for each in cards[0]["findings"]]
    report = guard("scan", "--format", "json", cwd=repo.root).json
    scanned = [
        (each["code"], each["line"], each["subject"], each["outcome"])
        for each in report["findings"]
        if each["code"].startswith(("CARD", "LIC3")) and each["path"] == "MODEL_CARD.md"
    ]
    assert checked == scanned
    assert {"CARD201", "LIC301"} <= {code for code, *_rest in checked}


def test_what_is_waived_passes_as_in_a_scan(repo: Repo, guard: Guard) -> None:
    """A baseline holds for both."""
    repo.add("MODEL_CARD.md", card("intended-use"))
    assert guard("card", "check", cwd=repo.root).code == 1
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 1
    (repo.root / ".genomic-guard").mkdir()
    assert guard("scan", "--write-baseline", ".genomic-guard/baseline", cwd=repo.root).code in {0, 1}
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 0
    assert guard("card", "check", cwd=repo.root).code == 0


def test_the_table_says_why(repo: Repo, guard: Guard) -> None:
    """Section, status, line and reason; then the models that resolve to the card."""
    repo.add("MODEL_CARD.md", card("intended-use", "training-data") + b"\n## Limitations\n")
    repo.add("m.safetensors", weights())
    out = guard("card", "check", cwd=repo.root).out
    row = next(line for line in out.splitlines() if line.split()[1:2] == ["limitations"])
    assert row.split() == ["NO", "limitations", "mentioned", "16", "heading", "alone"]
    assert "model: m.safetensors (safetensors)" in out
    assert out.endswith("\n0 of 1 cards state what the tier requires\n")


def test_models_of_a_card_and_code_that_publishes_them(repo: Repo, guard: Guard) -> None:
    """The card's models are told, and code that publishes a model raises its tier."""
    repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    repo.add("models/x/m.safetensors", weights())
    _code, cards = _checked(guard, repo.root)
    assert cards[0]["models"] == [{"path": "models/x/m.safetensors", "format": "safetensors"}]
    assert (cards[0]["tier"], cards[0]["raised"]) == ("basic", "")
    repo.add(
        "share.py", b"from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained('x')\nmodel.push_to_hub('org/x')\n"
    )
    code, cards = _checked(guard, repo.root)
    assert (code, cards[0]["tier"], cards[0]["raised"]) == (1, "release", "published")


def test_no_text_of_a_card_is_shown(repo: Repo, guard: Guard) -> None:
    """What stands in a card is not quoted, whatever the format."""
    word = "Zzyzzyva"
    repo.add("MODEL_CARD.md", card("intended-use") + f"\n## Limitations\n\n[{word}]\n\n## {word}\n".encode())
    for form in ("text", "json"):
        ran = guard("card", "check", "--format", form, cwd=repo.root)
        assert word not in ran.out + ran.err


@pytest.mark.parametrize("front", ["license: mit\n", "license: mit\nrisk_tier: basic\n", "tags: [x]\n", "title: x\n"])
@pytest.mark.parametrize("weighty", [False, True])
def test_a_named_file_is_judged_whatever_its_front_matter(folder: Path, guard: Guard, front: str, *, weighty: bool) -> None:
    """It is a card though its keys alone would not tell, with and without a model beside it that is not named."""
    if weighty:
        (folder / "model.safetensors").write_bytes(weights())
    start = f"---\n{front}---\n# Scorer\n\n"
    licence = "" if "license" in front else "\n## Licence\n\nThe weights are under the licence MIT.\n"
    (folder / "README.md").write_bytes(card(*BASIC, front=start) + licence.encode())
    code, cards = _checked(guard, folder, "README.md")
    assert (code, [(each["path"], each["lacks"]) for each in cards]) == (0, [("README.md", [])])
    (folder / "README.md").write_bytes(card("intended-use", front=start) + licence.encode())
    code, cards = _checked(guard, folder, "README.md")
    assert (code, cards[0]["lacks"]) == (1, ["training-data", "limitations"])


def test_a_file_beside_a_named_folder(repo: Repo, guard: Guard) -> None:
    """It is judged too, and a file that cannot be judged is told and never a pass."""
    repo.add("a/MODEL_CARD.md", card(*BASIC))
    repo.add("notes.txt", card("intended-use"))
    code, cards = _checked(guard, repo.root, "a", "notes.txt")
    assert (code, [each["path"] for each in cards]) == (1, ["a/MODEL_CARD.md", "notes.txt"])
    repo.add(".genomic-guard.yaml", b"version: 1\nexclude: [{path: a/, reason: kept by others}]\n")
    ran = guard("card", "check", "a/MODEL_CARD.md", cwd=repo.root)
    assert ran.code == 3
    assert "a/MODEL_CARD.md could not be read" in ran.err
