"""What goes wrong in a view or a rule: a gap that says where, and never what an error's message says."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact, Finding, Gap, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Rulebook, View


def refuse_foreign(found: object, rulebook: Rulebook) -> None:
    """Raise for what would be lost, judged as another rule's, or could not be told: it would end the run of all others."""
    own = isinstance(found, Finding) and found.code == rulebook.code
    told = own and isinstance(found.location, Location) and isinstance(found.message, str)  # type: ignore[attr-defined]
    if not told and not isinstance(found, Fact):
        raise TypeError("a rule yields findings under its own code, and facts")


def failed(view: View, reason: str, error: BaseException) -> Gap:
    """Return the gap that a rule, or a view when it was asked, leaves by an error."""
    try:
        at = view.locate()
    except (Exception, SystemExit):  # noqa: BLE001 - as above
        at = Location(path=view.artifact.path, trail=view.trail)
    return Gap(path=at.path, trail=at.trail, reason=reason, where=where(error))


def where(error: BaseException) -> str:
    """Return module and line where an exception arose: never its message."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return "unknown"
    return f"{frame.tb_frame.f_globals.get('__name__', __name__)}:{frame.tb_lineno}"
