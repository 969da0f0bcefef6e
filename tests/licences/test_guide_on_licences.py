"""The guide on licences: its examples are taken as they stand, and its table has every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_genomic_guard.cli.main import parser
from pytest_genomic_guard.inventory.judged import Settings
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.registry import Registry

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "licences.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("text", [text for word, text in BLOCKS if word == "yaml"])
def test_each_policy_is_one(text: str) -> None:
    """It loads, and means something."""
    policy = load(text.encode(), b".genomic-guard.yaml").policy
    assert Settings.of(policy.settings("licences", b"x")) != Settings()


def test_each_command_is_one() -> None:
    """The parser takes it."""
    lines = [line.partition("  #")[0].split() for word, text in BLOCKS if not word for line in text.splitlines()]
    assert len(lines) >= 6
    for line in lines:
        assert line[0] == "genomic-guard"
        assert parser().parse_args(line[1:]).act in {"refresh", "list", "why", "sbom", "notice"}


def test_the_table_has_every_code() -> None:
    """Alone, in a range, or by a family."""
    cells = [row.split("|")[1] for row in GUIDE.splitlines() if row.startswith("| LIC")]
    named = {code for cell in cells for code in re.findall(r"LIC\d{3}", cell)}
    for first, last in re.findall(r"LIC(\d{3}) to LIC(\d{3})", " ".join(cells)):
        named.update(f"LIC{number}" for number in range(int(first), int(last) + 1))
    families = {code for cell in cells for code in re.findall(r"(LIC\d)xx", cell)}
    codes = {code for code in Registry().entries if code.startswith("LIC")}
    assert {code for code in codes if code[:4] not in families} <= named
    assert named <= codes
