"""The guide on data use says what the code does: codes, keys, forms, and examples that load."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_genomic_guard.cli.schemas import policy_schema
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.views.datause.systems import SIGNS

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "data-use.md").read_text("utf-8")


def test_codes() -> None:
    """The table at the top has every code on data use once, and no other."""
    top = GUIDE.split("\n## ")[0]
    codes = re.findall(r"GOV\d{3}", "".join(row.split("|")[1] for row in top.splitlines() if row.startswith("| GOV")))
    assert sorted(codes) == [code for code in Registry().entries if code.startswith("GOV")]


def test_keys() -> None:
    """The table of an entry has every key that the policy reads, and no other."""
    part = GUIDE.split("## An entry")[1].split("**Which entry")[0]
    rows = [row.split("|")[1] for row in part.splitlines() if row.startswith("| `")]
    keys = {key for row in rows for key in re.findall(r"`([a-z-]+)`", row)}
    entry = policy_schema()["properties"]["data-use"]["items"]["properties"]
    assert keys == set(entry)


def test_examples() -> None:
    """The examples are policies."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        load(block.encode(), b".genomic-guard.yaml")


def test_archives() -> None:
    """Every archive whose signs are looked for is in the guide."""
    assert all(sign.system in GUIDE for sign in SIGNS)
