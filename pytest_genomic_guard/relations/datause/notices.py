"""Which dated rules bind a model on the day of a run: `policy.packs` has them as data, and a newer one needs no code."""

from __future__ import annotations

from pytest_genomic_guard.policy.packs import rules
from pytest_genomic_guard.relations.datause.generates import SURE
from pytest_genomic_guard.views.cards.named import may_be

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.policy.packs.rules import Notice
    from pytest_genomic_guard.relations.datause.provenance import Source, Subject
    from pytest_genomic_guard.views.datause.nouns import Today

HALTED = frozenset({"paused", "forbidden"})
_SHARED = {"paused": "pauses", "forbidden": "forbids", "allowed": "allows"}
_PROSE = (b".md", b".mdx", b".markdown")
_PROGRAMS = (b".py", b".ipynb", b".sh", b".yml", b".yaml", b"makefile", b".mk", b".smk", b".r")
_DOING = (b"train", b"tune", b"fit", b"push", b"publish", b"upload", b"release", b"deploy", b"hub", b"makefile", b"gitlab-ci")
_BESIDE = (b"config.json", b"adapter_config.json", b"model_index.json", b"mlmodel", b"dvc.lock", b"dvc.yaml")


def in_force(today: Today) -> list[Notice]:
    """Return the notices of the packs in force that had been released by the day of the run."""
    found = [notice for name in rules.in_force(today.packs) for notice in rules.data(name).notices]
    return [notice for notice in found if notice.since <= today.day]


def binding(subject: Subject, notices: list[Notice]) -> Iterator[tuple[Source, Notice]]:
    """Yield the data of a model, each with the notice that binds the model for it."""
    for source in subject.sources:
        if source.controlled:
            for notice in notices:
                if source.system in notice.systems and (notice.models == "all" or subject.generates in SURE):
                    yield source, notice
                    break


def told(notice: Notice) -> str:
    """Return what a notice says of sharing, and what it allows, as a sentence goes on with it."""
    return f"{notice.name} {_SHARED[notice.sharing]} sharing it; {notice.briefly or notice.allowed}"


def looks_at(path: bytes) -> bool:
    """Tell of a file that nobody changed whether it can matter: cards, models, configurations beside them, what publishes."""
    low = path.lower()
    above, _, name = low.rpartition(b"/")
    if may_be(path) and (not name.endswith(_PROSE) or b"card" in name or name.startswith(b"readme") or b"model" in low):
        return True
    if name in _BESIDE or name.endswith(b".dvc"):
        return True
    if name.endswith(_PROGRAMS):
        return above.endswith(b".github/workflows") or any(word in name for word in _DOING)
    from pytest_genomic_guard.views.models.named import format_of  # noqa: PLC0415 - where there are models or cards

    return format_of(path)[1]
