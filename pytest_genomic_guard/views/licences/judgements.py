"""What is said of the policy's own words on licences: exceptions that hold for nothing, clarifications that no longer hold."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    # version: of the package there is another; file: it is not there; changed: the file is another; expression: it is none
    Why = Literal["version", "file", "changed", "expression"]


class ExceptionUnused(Fact):
    """An exception or a clarification that nothing needs, or an exception whose day is over."""

    package: str
    kind: Literal["exception", "clarify"] = "exception"
    expired: bool = False
    line: int = 0


class ClarifyVoid(Fact):
    """A clarification that does not hold for the package that is there."""

    package: str
    version: str = ""
    why: Why = "changed"
    line: int = 0
