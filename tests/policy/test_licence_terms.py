"""Words of the key `licences` that nothing could ever equal are errors with a place, and never a silent pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, judged, place, refused
from packaging.licenses import canonicalize_license_expression

from pytest_genomic_guard.policy import PolicyError
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.policy.terms import CARDS
from pytest_genomic_guard.views.licences import hub

if TYPE_CHECKING:
    from pathlib import Path

REVIEWED = "reason: x, owner: y, expires: 2099-12-31"
# what is wrong stands between the bars
BAD = [
    "{allow: [MIT, |Foo|]}",
    "{own: |bogus|}",
    "{own: |MIT OR|}",
    f"{{exceptions: [{{package: |'*'|, {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: |num*|, {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: a, versions: |bogus|, {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: a, versions: |'<1, x'|, {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: a, versions: |'== x'|, {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: a, allow: [|bogus|], {REVIEWED}}}]}}",
    f"{{exceptions: [{{package: a, allow: [|gemma|], {REVIEWED}}}]}}",
    "{clarify: [{package: a, expression: |not an spdx|}]}",
    "{clarify: [{package: |'*'|, expression: MIT}]}",
    "{clarify: [{package: a, expression: MIT, versions: |latest|}]}",
]
GOOD = [
    "{allow: [MIT, mit, GPL-3.0, GPL-2.0+, LicenseRef-Ours, gemma, openrail]}",
    "{own: MIT OR (Apache-2.0 AND LicenseRef-Ours)}",
    "{own: GPL-2.0-only WITH Classpath-exception-2.0}",
    *(
        f"{{exceptions: [{{package: '{name}', {REVIEWED}}}]}}"
        for name in ("r-base", "@types/node", "data.table", "_libgcc_mutex", "libstdc++6")
    ),
    *(
        f"{{exceptions: [{{package: a, versions: '{versions}', {REVIEWED}}}]}}"
        for versions in ("1.0", "==1.*", ">=1.0, <2", "~=1.4", "!=1.2-3", "2024a", "1!2.0", "v1.2", "=1.2.*", "===1.0+cu121")
    ),
]


@pytest.mark.parametrize("text", BAD)
def test_refused(tmp_path: Path, text: str) -> None:
    """Exit status 2, with the place of the value."""
    before, value, after = text.split("|")
    ran = judged(tmp_path, policy=f"version: 1\nlicences: {before}{value}{after}\n")
    line, column = place(f"version: 1\nlicences: {before}\0{after}\n", "\0")
    found = refused(ran)
    assert found[:2] == (line, column)
    assert found[2].startswith("this must be ")


@pytest.mark.parametrize("text", GOOD)
def test_taken(text: str) -> None:
    """What can be meant is taken as it was written."""
    assert load(f"version: 1\nlicences: {text}\n".encode(), POLICY.encode()).policy.settings("licences", b"x")


def test_words_of_cards() -> None:
    """The ids of cards that are no SPDX ids are those that the cards are read by."""

    def known(name: str) -> bool:
        try:
            return bool(canonicalize_license_expression(name))
        except ValueError:
            return False

    assert {name for name in hub.ids() if not known(name)} - {"unknown", "other"} == CARDS


@pytest.mark.parametrize("word", ["ghp_" + "a1B2" * 9, "Foo Bar", "<" * 50])
def test_no_value_is_quoted(word: str) -> None:
    """The message says what is wanted, and not what is there."""
    with pytest.raises(PolicyError) as told:
        load(f"version: 1\nlicences: {{allow: ['{word}']}}\n".encode(), POLICY.encode())
    assert word not in str(told.value)
