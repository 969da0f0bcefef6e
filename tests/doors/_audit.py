"""Repositories to audit, and audits read as a committee reads them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from _scratch import Ran, Repo, guard
from markdown_it import MarkdownIt

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from markdown_it.token import Token


def audit(repo: Repo | Path, *arguments: str | Path, env: Mapping[str, str] | None = None, pack: str = "ukb") -> Ran:
    """Run ``genomic-guard audit``."""
    return guard("audit", "--pack", pack, *arguments, cwd=repo.root if isinstance(repo, Repo) else repo, env=env)


def told(repo: Repo | Path, *arguments: str, env: Mapping[str, str] | None = None, pack: str = "ukb") -> Any:
    """Return the document of an audit as data."""
    return json.loads(audit(repo, "--format", "json", *arguments, env=env, pack=pack).out)


def states(repo: Repo | Path, *arguments: str) -> dict[str, str]:
    """Return the state of each place by its path."""
    return {place["path"]: place["state"] for place in told(repo, *arguments)["findings"]}


def calls(people: int = 2) -> bytes:
    """Return variant calls of people who exist nowhere."""
    return samples.vcf(samples=people, variants=40)


def parsed(text: str) -> list[Token]:
    """Return the document as Markdown with tables understands it."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def flat(tokens: list[Token]) -> list[Token]:
    """Return all tokens, those inside of lines too."""
    return [one for token in tokens for one in (token, *(token.children or ()))]


def section(text: str, number: int) -> str:
    """Return one section of the document."""
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, number
    return found[0]


def waiver(path: str, data: bytes, *, reason: str = "reference", owner: str = "steward", days: int = 90) -> str:
    """Return a policy with one waiver."""
    digest = hashlib.sha256(data).hexdigest()
    until = samples.later(days).decode()
    lines = ["version: 1", "waivers:", f"  - {{code: GEN101, path: {path}, sha256: {digest},", f"     reason: {reason},"]
    return "\n".join([*lines, f"     owner: {owner}, expires: {until}}}", ""])
