"""What the fixture `model_card` gives: the card of a model, as `genomic-guard card check` reads it. Loaded by tests that use it."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from json import loads
from subprocess import DEVNULL, run

from pytest_genomic_guard._pytest_guard import above, shielded
from pytest_genomic_guard.report import USAGE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.views.cards.nouns import REQUIRED, SECTIONS, TIERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_RAN = (0, 1, 3)  # exit statuses with which there is a document


class Stated:
    """An answer that explains itself where it is asserted."""

    def __init__(self, card: ModelCard, names: tuple[str, ...]) -> None:
        """Ask for sections."""
        self.card = card
        self.missing = tuple(name for name in names if card.sections[name] != "stated")

    def __bool__(self) -> bool:
        """Tell whether all of them are stated."""
        return not self.missing

    def __repr__(self) -> str:
        """Say which are not, and why."""
        if not self.missing:
            return f"<all of it is stated in {self.card.path}>"
        return f"<not stated in {self.card.path}: {'; '.join(map(self._why, self.missing))}>"

    def _why(self, name: str) -> str:
        told = self.card.details[name]
        line = f"line {told['line']}, " if told["line"] else ""
        return f"{name} ({line}{told['reason']})"


class ModelCard:
    """A card: what it states, to which tier it is held, and which models resolve to it."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        """Take a card of the document that `card check --format json` gives."""
        self.path: str = row["path"]
        self.tier: str = row["tier"]
        self.kind: str = row["kind"]
        self.sections: dict[str, str] = dict(row["sections"])  # to stated, mentioned or absent
        self.details: dict[str, dict[str, Any]] = dict(row["details"])
        self.lacks: tuple[str, ...] = tuple(row["lacks"])  # what its tier requires and it does not state
        self.models: tuple[str, ...] = tuple(each["path"] for each in row["models"])
        self.licence: str = row["licence"]

    def __repr__(self) -> str:
        """Name it."""
        return f"<card {self.path}, tier {self.tier}>"

    def stated(self, *names: str) -> Stated:
        """Tell whether the card states these sections with content. Raises ValueError for a name that is none of a section."""
        for name in names:
            if name not in SECTIONS:
                near = get_close_matches(name, SECTIONS, 1, 0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(SECTIONS)}"
                raise ValueError(f"there is no such section; {hint}")
        if not names:
            raise ValueError(f"stated() takes names of sections: {', '.join(SECTIONS)}")
        return Stated(self, names)

    def complete(self, tier: str = "") -> Stated:
        """Tell whether it states all that a tier requires of a model, without one all that is required of it here."""
        if not tier:
            return Stated(self, self.lacks)
        if tier not in TIERS:
            raise ValueError(f"a tier is one of {', '.join(TIERS)}")
        return Stated(self, tuple(name for each in TIERS[: TIERS.index(tier) + 1] for name in REQUIRED[each]))


class Cards:
    """The cards of one repository, read in a child process: once, and once for each file that is a card by being named."""

    def __init__(self, folder: str) -> None:
        """Take the folder to which paths are relative."""
        self._folder = os.path.realpath(folder)
        self._root = above(folder)
        self._read: dict[str, dict[str, Any]] = {}

    def card(self, path: str) -> ModelCard:
        """Return the card at a path, or of the model there. Raises AssertionError where there is none."""
        full = os.path.realpath(os.path.join(self._folder, path))
        if not os.path.lexists(full):
            raise AssertionError(f"there is nothing at {printable(path)}")
        name = os.path.relpath(full, self._root).replace(os.sep, "/")
        rows = self._document("")["cards"]
        found = [row for row in rows if name == row["path"] or any(name == each["path"] for each in row["models"])]
        if not found and os.path.isdir(full):
            found = _of_folder(rows, "" if name == "." else f"{name}/")
            if len(found) > 1:
                raise AssertionError(f"there are several cards at {printable(path)}: name one, or a model")
        elif not found and not _alone(self._document(""), name):
            found = self._document(full)["cards"]
        if not found:
            raise AssertionError(f"no card resolves to {printable(path)}; `genomic-guard card new` writes a draft")
        return ModelCard(found[0])

    def _document(self, file: str) -> dict[str, Any]:
        """Return what a check says, of all or of one file. Raises AssertionError where it says nothing."""
        if file not in self._read:
            command = [sys.executable, "-I", "-m", "pytest_genomic_guard", "card", "check", "--format", "json"]
            command += ["--", file] if file else []
            done = run(command, cwd=self._root, env=shielded(os.environ), stdin=DEVNULL, capture_output=True, check=False)  # noqa: S603
            said = printable(done.stderr.decode("utf-8", "replace").strip())
            if done.returncode not in _RAN or not done.stdout:
                what = "the policy or the path could not be understood" if done.returncode == USAGE else "the cards were not read"
                raise AssertionError(f"{what}: {said or 'the check did not start'}")
            self._read[file] = loads(done.stdout)
        return self._read[file]


def _of_folder(rows: list[dict[str, Any]], below: str) -> list[dict[str, Any]]:
    """Return the cards right in a folder; where there are none, those of the models below it."""
    here = [row for row in rows if row["path"].startswith(below) and "/" not in row["path"].removeprefix(below)]
    return here or [row for row in rows if any(each["path"].startswith(below) for each in row["models"])]


def _alone(document: Mapping[str, Any], name: str) -> bool:
    """Tell whether a path is that of a model without a card."""
    return name in document["without"]
