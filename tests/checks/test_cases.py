"""Every case of every case file does what its heading says, through the engine that the doors use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import Case, assert_case, cases

if TYPE_CHECKING:
    from collections.abc import Iterator


def _all() -> Iterator[object]:
    for file in sorted(Path(__file__).parent.glob("*.md")):
        for case in cases(file.read_text("utf-8")):
            word = "fires" if case.fires else "quiet"
            yield pytest.param(case, file.stem, id=f"{file.stem}-{word}-{case.title.replace(' ', '-')}")


@pytest.mark.parametrize(("case", "code"), list(_all()))
def test_case(case: Case, code: str) -> None:
    """A firing case tells what the file expects; a quiet one tells nothing under its code, and leaves nothing unread."""
    assert_case(case, code)
