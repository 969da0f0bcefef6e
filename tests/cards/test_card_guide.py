"""The guide on cards: its examples are taken as they stand, and its tables say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_genomic_guard.cli.main import parser
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.relations.cards.held import DATA, SHORT
from pytest_genomic_guard.views.cards.nouns import REQUIRED, SECTIONS, TIERS

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "cards.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if line.startswith("| ")]


def test_the_policy_is_one() -> None:
    """It loads, and means what its comments say."""
    text = next(text for word, text in BLOCKS if word == "yaml" and text.startswith("version"))
    policy = load(text.encode(), b".genomic-guard.yaml").policy
    assert policy.settings("cards", b"x")["tier"] == "research"
    assert policy.settings("cards", b"published/x")["tier"] == "release"
    assert policy.settings("cards", b"x")["registry"][0]["card"] == "docs/cards/scorer.md"


def test_each_command_is_one() -> None:
    """The parser takes it."""
    lines = [line.split() for word, text in BLOCKS if not word for line in text.splitlines()]
    assert len(lines) >= 5
    for line in lines:
        assert line[0] == "genomic-guard"
        assert parser().parse_args(line[1:]).act in {"check", "new"}


def test_the_table_has_every_code() -> None:
    """None is missing, and none is there that the code does not have."""
    named = {code for row in ROWS for code in re.findall(r"CARD\d{3}", row[0])}
    assert named == {code for code in Registry().entries if code.startswith("CARD")}


def test_the_reasons_are_all_there() -> None:
    """Each with its word in JSON, and as the table shows it."""
    told = {row[2].strip("`"): row[0] for row in ROWS if len(row) == 3 and re.fullmatch(r"`[a-z]+`", row[2])}
    assert told == {why: text for why, text in SHORT.items() if why}


def test_the_sections_are_all_there() -> None:
    """Each has a row on what it needs."""
    assert [row[0].strip("`") for row in ROWS if len(row) == 2 and row[0].startswith("`")] == list(SECTIONS)


@pytest.mark.parametrize("tier", TIERS)
def test_the_tiers_are_as_the_code_has_them(tier: str) -> None:
    """As many things in a cell as the tier adds."""
    row = next(row for row in ROWS if len(row) == 3 and row[0] == f"`{tier}`")
    for cell, per in ((row[1], REQUIRED), (row[2], DATA)):
        assert len(cell.removeprefix("also: ").split(", ")) == len(per[tier])  # type: ignore[index]
