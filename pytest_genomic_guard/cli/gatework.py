"""What the commands ``fairness``, ``mia``, ``release`` and ``merge`` share: gates of options, their inputs, and what is written."""

from __future__ import annotations

import math
import os
import re
import subprocess
from contextlib import ExitStack

from pytest_genomic_guard.cli import gatetold
from pytest_genomic_guard.cli.gateoptions import ALPHA, KEYS, LISTS, RELEASED
from pytest_genomic_guard.cli.session import UsageError, emit, prepare, tell
from pytest_genomic_guard.evidence.rowfiles import Opened
from pytest_genomic_guard.gates import evidence
from pytest_genomic_guard.gates.inputs import File
from pytest_genomic_guard.gates.verdicts import small_cell
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.policy import FILE, FOLDER, PROFILES, PYPROJECT, PolicyError, asked
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.worktree import Directory, WorkTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    from pytest_genomic_guard.gates.evidence import Computed
    from pytest_genomic_guard.gates.inputs import Source
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Gate

    Kind = Literal["fairness", "mia", "release"]

_FIRST = {"fairness": "data", "mia": "scores", "release": "table"}  # what FILE is
_BOUND = re.compile(r"\s*([^\s<>=]+(?:=[0-9.]+)?)\s*([<>]=)\s*(-?[0-9.]+)\s*")


class Work:
    """A gate as the options say, in the repository or folder where the command runs."""

    def __init__(self, kind: Kind, given: argparse.Namespace, usual: Sequence[str] = ()) -> None:
        """Find the gate; without a bound, `usual` are the figures that are told. Raises `UsageError` and `PolicyError`."""
        self.kind, self._given = kind, given
        self.snapshot = _snapshot()
        self.root = os.fsdecode(self.snapshot.root)  # type: ignore[attr-defined]  # both kinds have one
        _plan, self.policy = prepare(self.snapshot)
        self.small = small_cell(self.policy) if given.small_cell is None else given.small_cell
        if self.small < 0:
            raise UsageError("--small-cell is a number of people, 0 for none")
        self.judges = bool(given.bound or given.gate)
        self.gate = self._named(given.gate) if given.gate else self._said(usual)

    def _named(self, name: str) -> Gate:
        """Return a gate of the policy, which no other option changes. Raises `UsageError`."""
        found = [gate for gate in self.policy.gates if gate.kind == self.kind]
        for gate in found:
            if (f"{os.fsdecode(gate.root)}: " if gate.root else "") + gate.name == name:
                self._alone(gate)
                return gate
        from pytest_genomic_guard.policy.schema import nearest  # noqa: PLC0415 - for this mistake only

        raise UsageError(f"the policy has no {self.kind} gate of this name{nearest(name, [gate.name for gate in found])}")

    def _alone(self, gate: Gate) -> None:
        """Refuse options that say how a gate is judged, files that it does not name, and gates that are judged elsewhere."""
        given, merges = self._given, self._given.command == "merge"  # which says by itself of which columns its counts are
        keys = [key for key in KEYS[self.kind] if not (merges and key in {"groups", "intersections"})]
        said = [f"--{key}" for key in keys if getattr(given, key.replace("-", "_"), None) is not None]
        said += [f"--{key}" for key in ("bound", "counts") if getattr(given, key, False) and not (merges and key == "counts")]
        said += ["--alpha"] * (getattr(given, "alpha", ALPHA) != ALPHA)
        elsewhere = self.kind != "release" and (bool(gate.file) or gate.options.get("recorded", False))
        given.counts = merges or "counts" in gate.inputs
        if not merges and not elsewhere:
            lost = self.paths().keys() - (set() if self.kind == "release" else gate.inputs.keys())
            said += ["FILE" if key == _FIRST[self.kind] else f"--{key}" for key in lost]
        if said:
            raise UsageError(f"--gate judges as the policy says: leave out {', '.join(sorted(said))}")
        if elsewhere and gate.file:
            raise UsageError("this gate judges a figure that stands in a file ('value'): genomic-guard scan judges it")
        if elsewhere and not self.paths():
            raise UsageError("tests record this gate, and pytest --genomic-guard judges it; here it needs a file of rows")

    def _said(self, usual: Sequence[str]) -> Gate:
        """Return the gate that the options say."""
        given = self._given
        said: dict[str, Any] = {}
        for key in KEYS[self.kind]:
            value = getattr(given, key.replace("-", "_"), None)
            if value is not None:
                said[key] = [each.strip() for each in value.split(",")] if key in LISTS else value
        if getattr(given, "plan", None) is not None:
            said["variants"] = given.plan
        said |= self.files()
        bounds = [_bound(text) for text in given.bound]
        if len(dict(bounds)) < len(bounds):
            raise UsageError("one --bound for each metric; two bounds are two gates of a policy")
        said["bounds"] = dict(bounds) or {metric: _anything(metric) for metric in usual}
        name = os.path.splitext(os.path.basename(os.fsdecode(getattr(given, "data", None) or b"figures")))[0]
        try:
            return asked.gate(self.kind, re.sub(r"\W+", "-", name).strip("-") or "figures", said)
        except PolicyError as error:
            raise UsageError(error.message) from None

    def files(self) -> dict[str, str]:
        """Return for the keys of files that there is one, whose name the gate need not know."""
        return dict.fromkeys(self.paths(), "file")

    def paths(self) -> dict[str, bytes]:
        """Return the files that the command line names by the keys of a gate."""
        given = self._given
        if self.kind == "release":
            names = ("table", *RELEASED)
            return {key: path for key in names if (path := getattr(given, key.replace("-", "_"), None))}
        first = "counts" if getattr(given, "counts", False) else "data" if self.kind == "fairness" else "scores"
        found = {first: getattr(given, "data", None), **{key: getattr(given, key, None) for key in ("base", "references")}}
        return {key: path for key, path in found.items() if path}

    def computed(self, sources: Mapping[str, Source] | None = None) -> Computed:
        """Compute the gate, over `sources` or the files that are named. Raises `UsageError` and `Unusable`."""
        from pytest_genomic_guard.gates import computing  # noqa: PLC0415 - numpy, for what is computed

        if self.kind == "release":
            return self._released()
        with ExitStack() as stack:
            if sources is None:
                sources = {key: File(stack.enter_context(_opened(path))) for key, path in self._paths().items()}
            return computing.computed(
                self.gate,
                sources,
                self.small,
                on_inconclusive=self._on_inconclusive(),
                earlier=computing.earlier(self.snapshot, self.gate, self.small),
                model=computing.model_of(self.snapshot, self.gate),
            )

    def _released(self) -> Computed:
        from pytest_genomic_guard.gates import release  # noqa: PLC0415 - readers of tables, for releases alone

        if self._given.gate:
            found, _digest = release.verdicts(
                self.snapshot, self.gate, on_inconclusive=self._on_inconclusive(), small_cell=self.small
            )
            return evidence.Computed(verdicts=found, shown=found)
        with ExitStack() as stack:
            opened = {key: stack.enter_context(_opened(path)) for key, path in self.paths().items()}
            held = opened.pop("table", None)
            table = held.artifact() if held else None
            files = {key: (each.file, each.name) for key, each in opened.items()}
            found = release.of_files(self.gate, table, files, self.small, on_inconclusive=self._on_inconclusive())
        return evidence.Computed(verdicts=found, shown=found)

    def _paths(self) -> dict[str, bytes]:
        if not self._given.gate:
            return self.paths()
        inputs = {key: path for key, path in self.gate.inputs.items() if key not in {"model", "against"}}
        return {key: os.path.join(os.fsencode(self.root), path) for key, path in inputs.items()} | self.paths()

    def first(self) -> Opened:
        """Return the opened file of rows or counts. Raises `UsageError`."""
        found = self._paths()
        return _opened(found.get("counts") or found["data"])

    def _on_inconclusive(self) -> str:
        return str(PROFILES[self.policy.profile].get("inconclusive") or self.policy.inconclusive[self.kind])

    def told(self, computed: Computed) -> int:
        """Print the figures, write what the options ask for, and return the exit status."""
        given = self._given
        shown = [*computed.shown]
        if given.evidence is not None:
            self._evidence(computed)
        if given.plot:
            from pytest_genomic_guard.cli import gateplots  # noqa: PLC0415 - for plots

            gateplots.draw(shown, given.plot, self._curve(), judged=self.judges)
        emit(gatetold.json(shown, judged=self.judges) if given.format == "json" else gatetold.text(shown, judged=self.judges))
        if not self.judges:
            return CLEAN
        failed = any(verdict.outcome == "fail" and verdict.verdict != "error" for verdict in shown)
        return FAILED if failed else INCOMPLETE if any(verdict.verdict == "error" for verdict in shown) else CLEAN

    def _curve(self) -> Any:
        """Return the curve of an attack, where there is one."""
        if self.kind != "mia" or not any(key in self._paths() for key in ("scores", "references")):
            return None
        from pytest_genomic_guard.gates import membership  # noqa: PLC0415 - for plots

        with ExitStack() as stack:
            sources = {key: File(stack.enter_context(_opened(path))) for key, path in self._paths().items()}
            try:
                return membership.curve(self.gate, sources, self.small)
            except Unusable as error:
                tell(f"no curve: {error}")
                return None

    def _evidence(self, computed: Computed) -> None:
        if not self.judges:
            raise UsageError("--evidence holds figures that bounds judge: give --gate or --bound")
        if self.kind == "release":
            from pytest_genomic_guard.gates.release import by_rows  # noqa: PLC0415 - as above

            if not by_rows(self.gate):
                raise UsageError("--evidence stands for files of people, which are not committed; a table is judged where it lies")
        if any(verdict.verdict == "error" for verdict in computed.verdicts):
            tell("no evidence is written of data that cannot be used")
            return
        place = self._given.evidence or os.path.join(self.root, os.fsdecode(evidence.path(self.gate)))
        write(place, evidence.dumps(evidence.document(self.gate, computed, self.small)))


def write(place: str, text: str) -> None:
    """Write a file, and the folders above it. Raises `UsageError`."""
    try:
        os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
        with open(place, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        raise UsageError("a file could not be written") from None
    tell(f"written: {printable(os.path.relpath(place))}")


def run(work: Work, sources: Mapping[str, Source] | None = None) -> int:
    """Compute a gate and tell of it; data that cannot be used end with exit status 3."""
    try:
        return work.told(work.computed(sources))
    except Unusable as error:
        tell(f"the data cannot be used: {error}")
        return INCOMPLETE


def _snapshot() -> Snapshot:
    here = os.getcwdb()
    while not os.path.lexists(os.path.join(here, b".git")):
        above = os.path.dirname(here)
        if above == here:
            return Directory(os.getcwdb(), [], beside=[FILE, PYPROJECT, FOLDER + b"/"])
        here = above
    try:
        return WorkTree(here)
    except (GitError, subprocess.SubprocessError):
        raise UsageError("git cannot open the repository; 'git status' says why") from None


def _opened(path: bytes) -> Opened:
    try:
        return Opened(open(path, "rb"), os.path.basename(path))
    except OSError:
        raise UsageError("a file of rows cannot be read: there is none, or it may not be opened") from None


def _anything(metric: str) -> str:
    """Return a bound for a figure that is told and not judged: the largest that it can be."""
    high = names.possible(metric)[1] if names.split(metric) else math.inf if metric == "epsilon-lower" else 1.0
    return f"<= {asked.number(high) if high < math.inf else 999999999}"


def _bound(text: str) -> tuple[str, str]:
    found = _BOUND.fullmatch(text)
    if found is None:
        raise UsageError('--bound needs a metric and a bound, such as "tpr.difference <= 0.10"')
    return found[1], f"{found[2]} {found[3]}"
