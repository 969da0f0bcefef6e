"""Train, attack, and record what the policy's gates say of it. Run with ``pytest --genomic-guard``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attack
import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", attack.MODELS)
def test_membership(name: str, mia_gate: Any, tmp_path: Path) -> None:
    """Record the verdicts on models that were trained here and now; the items at the end of the run tell them."""
    scores, references = attack.audit(name, str(tmp_path))
    mia_gate.record(name, scores, references=references)


def test_regularised(mia_gate: Any, tmp_path: Path) -> None:
    """Hold figures against bounds in a test, without a policy."""
    scores, references = attack.audit("regularised", str(tmp_path))
    leak = mia_gate(scores, references=references, higher_is="member", attack="lira", min_attack="lira")
    assert leak.auc <= 0.65
