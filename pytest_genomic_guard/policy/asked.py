"""A gate that a test or the command line asks for, held to the rules that hold for one in a policy."""

from __future__ import annotations

from json import dumps

from pytest_genomic_guard.policy import FILE
from pytest_genomic_guard.policy.load import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pytest_genomic_guard.policy import Gate


def gate(kind: str, name: str, said: Mapping[str, Any]) -> Gate:
    """Return the gate that a policy would have with these keys, by reading such a policy. Raises `PolicyError`."""
    return load(dumps({"version": 1, kind: {name: said}}, default=str).encode(), FILE).policy.gates[0]


def number(value: float) -> str:
    """Return a number without an exponent, as a policy has it."""
    return f"{value:.15f}".rstrip("0").rstrip(".")
