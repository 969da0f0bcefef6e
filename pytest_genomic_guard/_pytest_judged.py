"""How the fixtures for gates judge: as a gate of the policy would, on data that a test has. Knows no pytest."""

from __future__ import annotations

import io
import os
from contextlib import ExitStack
from difflib import get_close_matches
from subprocess import SubprocessError

from pytest_genomic_guard._pytest_gates import Audit, Fairness
from pytest_genomic_guard._pytest_guard import Asked, Usage, placed
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence.rowfiles import Opened
from pytest_genomic_guard.gates.inputs import File, Frame
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.policy import FILE, FOLDER, PROFILES, PYPROJECT, Policy, PolicyError, asked, held
from pytest_genomic_guard.policy.beside import gather, misspelt
from pytest_genomic_guard.policy.gatekeys import keys
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.policy.smallcells import DEFAULT, NONE, threshold
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.worktree import Directory, WorkTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Literal

    from pytest_genomic_guard._pytest_gates import Operator
    from pytest_genomic_guard.gates.inputs import Source
    from pytest_genomic_guard.gates.masking import Layout
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Gate
    from pytest_genomic_guard.report import GateVerdict

    Kind = Literal["fairness", "mia", "release"]
    Note = Callable[[GateVerdict], None]

_ROOT = "--genomic-guard-root"
_NAME = "test"  # of the gate that a comparison stands for
# What a fixture takes data for, as the policy takes files.
_DATA: Mapping[Kind, tuple[str, ...]] = {
    "fairness": ("data", "counts", "base"),
    "mia": ("scores", "references", "canary"),
    "release": ("table", "scores", "synthetic", "training", "holdout", "frequencies", "members", "non-members", "reference"),
}
# What a gate of the policy has and a comparison has no use for.
_ELSEWHERE = ("bounds", "value", "recorded", "model", "against")


class Settings(Record):
    """What the policy of the repository says for all gates."""

    inconclusive: Mapping[str, str]
    small: int
    policy: Policy = Policy()  # a default, never written to


def settings(config: Any, guard: Asked | None = None) -> Settings:
    """Read the policy by which a scan of this run judges; there may be none. Raises ValueError where it cannot be used.

    `guard` is what is asked of the scan, where one is.
    """
    __tracebackhide__ = True
    start = str(config.invocation_params.dir)
    if guard is None:
        root, free = config.option.genomic_guard_root, any(str(word).startswith(_ROOT) for word in config.invocation_params.args)
        guard = Asked(words=None, only=False, firm=False, insist=False, lists=False, root=root, free=free)
    try:
        policy = _policy(placed(guard, str(config.rootpath), start)[0])
    except Usage as error:
        raise ValueError(str(error)) from None
    except PolicyError as error:
        place = f"{os.fsdecode(error.file or FILE)}:{error.line}:{error.column}"
        raise ValueError(f"the policy cannot be used: {printable(place)}: {error.message}") from None
    except (GitError, SubprocessError):
        raise ValueError("git cannot open the repository, so its policy is not known; 'git status' says why") from None
    forced = PROFILES[policy.profile].get("inconclusive")
    small = threshold(policy)
    found = {kind: str(forced or word) for kind, word in policy.inconclusive.items()}
    return Settings(inconclusive=found, small=DEFAULT if small == NONE else small, policy=policy)


def _policy(root: str) -> Policy:
    """Return the policy of a repository or folder as its scan finds it. Raises `PolicyError`, and what git raises."""
    folder = os.fsencode(root)
    if not os.path.lexists(os.path.join(root, ".git")):
        return _found(Directory(folder, [], beside=[FILE, PYPROJECT, FOLDER + b"/"]))
    tree = WorkTree(folder)
    try:
        return _found(tree)
    finally:
        tree.close()


def _found(snapshot: Snapshot) -> Policy:
    place, data = held.policy(snapshot)
    if data is None:
        return Policy()
    try:
        loaded = gather(load(data, place), lambda file: held.own(snapshot, file, held.LIST_BYTES))
        misspelt(snapshot.entries())
    except PolicyError as error:
        raise error.within(place) from None
    return loaded.policy


class Judge:
    """Judges comparisons of one set of data; figures are computed when they are compared."""

    def __init__(self, kind: Kind, folder: str, said: Settings, options: Mapping[str, Any], note: Note | None = None) -> None:
        """Take keys of a gate as the policy has them, with underscores, and data where it names files; `note` gets each verdict.

        Raises TypeError for a key that there is not.
        """
        self._kind, self._folder, self._said, self._note = kind, folder, said, note
        self._told: list[tuple[Sequence[GateVerdict], Layout]] = []  # of earlier comparisons
        self._options: dict[str, Any] = {}
        self._data: dict[str, Any] = {}
        known = [key for key in keys(kind) if key not in _ELSEWHERE]
        for name, value in options.items():
            key = name.replace("_", "-")
            if key not in known:
                near = get_close_matches(key, known, 1, 0.5)
                hint = (
                    f"did you mean {near[0].replace('-', '_')!r}?" if near else ", ".join(each.replace("-", "_") for each in known)
                )
                raise TypeError(f"{kind}_gate takes no {name!r}; {hint}")
            if value is not None:
                is_data = key in _DATA[kind] and not (key == "canary" and isinstance(value, (int, float)))
                (self._data if is_data else self._options)[key] = value

    def __call__(self, metric: str, operator: Operator, limit: float, confidence: float | None) -> GateVerdict:
        """Hold a figure against a bound. Raises ValueError where the keys do not go together, or the data cannot be used."""
        __tracebackhide__ = True
        gate = self._gate(metric, operator, limit, confidence)
        try:
            (shown,) = self.all(gate)
        except Unusable as error:
            raise ValueError(f"{metric}: {error}") from None
        if self._note is not None:
            self._note(shown)
        return shown

    def all(self, gate: Gate) -> list[GateVerdict]:
        """Return what is to be said of all bounds of a gate, masked. Raises `Unusable`."""
        on = self._said.inconclusive[self._kind]
        with ExitStack() as stack:
            if self._kind == "release":
                from pytest_genomic_guard.gates.release import of_files  # noqa: PLC0415 - for releases

                opened = {key: stack.enter_context(self._file(key, value)) for key, value in self._data.items()}
                table = opened.pop("table").artifact() if "table" in opened else None
                files = {key: (each.file, each.name) for key, each in opened.items()}
                return of_files(gate, table, files, self._said.small, on_inconclusive=on)
            from pytest_genomic_guard.gates.computing import computed  # noqa: PLC0415 - numpy, for figures that are compared

            inputs: dict[str, Source] = {}
            for key, value in self._data.items():
                named = isinstance(value, (str, os.PathLike))
                inputs[key] = File(stack.enter_context(self._opened(value))) if named else Frame(value)
            found = computed(gate, inputs, self._said.small, on_inconclusive=on)
        from pytest_genomic_guard.gates.masking import Layout, together  # noqa: PLC0415 - as above

        # What was told of these data before counts too: two numbers of people, each large enough, may differ by one that is not.
        self._told.append((found.verdicts, found.layout or Layout()))
        return together(self._told, self._said.small)[-1]

    def _gate(self, metric: str, operator: Operator, limit: float, confidence: float | None) -> Gate:
        """Return the gate that the comparison stands for, from a policy with that alone: so the same rules hold for both."""
        said = {**self._options, **dict.fromkeys(self._data, "data"), "bounds": {metric: f"{operator} {asked.number(limit)}"}}
        if confidence is not None:
            said["confidence"] = asked.number(confidence)
        try:
            return asked.gate(self._kind, _NAME, said)
        except PolicyError as error:
            raise ValueError(f"{self._kind}_gate, {metric}: {error.message}") from None

    def _file(self, key: str, value: Any) -> Opened:
        """Return a file, or data in memory as one."""
        if isinstance(value, (str, os.PathLike)):
            return self._opened(value)
        form, data = _written(value, table=key == "table")
        return Opened(io.BytesIO(data), f"{key}.{form}".encode())

    def _opened(self, path: str | os.PathLike[str]) -> Opened:
        """Open a file relative to the folder. Raises AssertionError where there is none."""
        full = os.path.join(self._folder, os.fspath(path))
        try:
            return Opened(open(full, "rb"), os.fsencode(os.fspath(path)))
        except OSError:
            raise AssertionError("there is no file that could be read at the path that the fixture was given") from None


def _written(thing: Any, *, table: bool) -> tuple[str, bytes]:
    """Return what is in memory as the content of a file: a table as csv, other dicts of arrays as npz, an array as npy."""
    file = io.BytesIO()
    if table and isinstance(thing, dict):
        import csv  # noqa: PLC0415 - for such tables

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([thing, *zip(*thing.values(), strict=True)])
        return "csv", text.getvalue().encode()
    if callable(getattr(thing, "to_csv", None)):
        return "csv", str(thing.to_csv(index=False)).encode()
    if callable(getattr(thing, "write_csv", None)):
        thing.write_csv(file)
        return "csv", file.getvalue()
    if type(thing).__module__.partition(".")[0] == "pyarrow":
        from pyarrow.csv import write_csv  # noqa: PLC0415 - who has the object has the library

        write_csv(thing, file)
        return "csv", file.getvalue()
    import numpy as np  # noqa: PLC0415 - for arrays

    if isinstance(thing, dict):
        np.savez(file, allow_pickle=False, **{str(name): np.asarray(column) for name, column in thing.items()})
        return "npz", file.getvalue()
    np.save(file, np.asarray(thing))
    return "npy", file.getvalue()


def figures(  # noqa: PLR0913, PLR0917 - what a fixture knows, and what it is given
    kind: Kind, folder: str, said: Settings, data: Any, options: Mapping[str, Any], note: Note | None = None
) -> Fairness | Audit:
    """Return figures of data, to be compared; `data` is what the kind of gate has first: rows, scores, or frequencies."""
    judge = Judge(kind, folder, said, _given(kind, data, options), note)
    return Fairness(judge) if kind == "fairness" else Audit(kind, judge)


def _given(kind: Kind, data: Any, options: Mapping[str, Any]) -> Mapping[str, Any]:
    first = _DATA[kind][0]
    if data is not None and first in options:
        raise TypeError(f"{kind}_gate takes {first!r} once")
    return options if data is None else {first: data, **options}


def recorded(  # noqa: PLR0913, PLR0917 - as above
    kind: Kind, folder: str, said: Settings, name: str, data: Any, options: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Judge a gate of the policy that tests record, on data that a test has; return its verdicts as the report has them.

    Raises TypeError for an option that is no data, ValueError where the policy has no such gate, and for data that cannot be used.
    """
    for key in options:
        if key.replace("_", "-") not in _DATA[kind]:
            known = ", ".join(each.replace("-", "_") for each in _DATA[kind])
            raise TypeError(f"{kind}_gate.record takes no {key!r}: the policy says how it judges; data are {known}")
    gates = [gate for gate in said.policy.gates if gate.kind == kind and gate.options.get("recorded")]
    gate = next((gate for gate in gates if (f"{os.fsdecode(gate.root)}: " if gate.root else "") + gate.name == name), None)
    if gate is None:
        near = get_close_matches(name, [gate.name for gate in gates], 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"the policy has no {kind} gate of that name with 'recorded: true'{hint}")
    judge = Judge(kind, folder, said, _given(kind, data, options))
    try:
        verdicts = judge.all(gate)
    except Unusable as error:
        raise ValueError(f"{kind}_gate.record, {name}: {error}") from None
    return [_fields(verdict.replace(gate=name, source="recorded")) for verdict in verdicts]


def _fields(verdict: GateVerdict) -> dict[str, Any]:
    """Return a verdict as plain values, which xdist can send."""
    found = {key: getattr(verdict, key) for key in verdict._defaults}  # noqa: SLF001 - the fields of a record
    groups = [{key: getattr(group, key) for key in group._defaults} for group in verdict.groups]  # noqa: SLF001 - as above
    return found | {"groups": groups}
