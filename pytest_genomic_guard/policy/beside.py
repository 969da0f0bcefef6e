"""What stands beside the policy in ``.genomic-guard/``: registers, which continue its lists, and the manifests of its waivers."""

from __future__ import annotations

import hashlib
from bisect import bisect_left

from pytest_genomic_guard.policy import FOLDER, PolicyError
from pytest_genomic_guard.policy.keys import REGISTERS
from pytest_genomic_guard.policy.lists import read_manifest
from pytest_genomic_guard.policy.load import waiver
from pytest_genomic_guard.policy.madeup import entries as made_up
from pytest_genomic_guard.policy.nodes import typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.policy import Waiver
    from pytest_genomic_guard.policy.load import Loaded
    from pytest_genomic_guard.policy.nodes import Cache

    Read = Callable[[bytes], bytes | None]


def gather(loaded: Loaded, read: Read, cache: Cache | None = None) -> Loaded:
    """Return a policy with its registers and manifests; `read` gives a file or None. Raises `PolicyError` with the file's name."""
    policy = loaded.policy
    used: dict[bytes, str] = {}
    registers = []
    for name, kind in REGISTERS.items():
        file = b"%b/%b.yaml" % (FOLDER, name.encode())
        data = read(file)
        if data is None:
            continue
        try:
            node, items = typed(data, kind, cache)
        except PolicyError as error:
            raise error.within(file) from None
        used[file] = hashlib.sha256(data).hexdigest()
        registers.append((name, file, node))
        for item in items:
            item.file = file
        if name == "waivers":
            policy = policy.replace(waivers=(*policy.waivers, *(waiver(item, file) for item in items)))
        elif name == "synthetic":
            policy = policy.replace(synthetic=(*policy.synthetic, *made_up(items, file)))
        else:
            policy = policy.replace(declared={**policy.declared, name: [*policy.declared.get(name, ()), *items]})
    waivers = tuple(each for entry in policy.waivers for each in (_spread(entry, read, used) if entry.manifest else (entry,)))
    policy = policy.replace(waivers=waivers, used=tuple(sorted(used.items())))
    return loaded.replace(policy=policy, registers=tuple(registers))


def misspelt(entries: Sequence[Artifact]) -> None:
    """Raise `PolicyError` for a file that was meant to be a register: nobody would notice that it is not read."""
    at = bisect_left(entries, FOLDER + b"/", key=lambda entry: entry.path)
    while at < len(entries) and entries[at].path.startswith(FOLDER + b"/"):
        path = entries[at].path
        stem, _dot, end = path[len(FOLDER) + 1 :].decode("utf-8", "replace").rpartition(".")
        if end in {"yaml", "yml"} and f"{stem}.{end}" not in {f"{name}.yaml" for name in REGISTERS}:
            import difflib  # noqa: PLC0415 - for names that are none of ours

            if near := difflib.get_close_matches(stem, REGISTERS, 1, 0.8):
                raise PolicyError(f"there is no such register; did you mean '{near[0]}.yaml'?", 1, 1, path)
        at += 1


def _spread(entry: Waiver, read: Read, used: dict[bytes, str]) -> Iterator[Waiver]:
    """Yield a waiver for each file of a manifest, which has to be the one that was reviewed."""
    data = read(entry.path)
    if data is None:
        raise PolicyError("the manifest of this waiver is not there", entry.line, 1, entry.file)
    if hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() != entry.sha256:
        raise PolicyError("the manifest of this waiver is not the one that was reviewed", entry.line, 1, entry.file)
    used[entry.path] = hashlib.sha256(data).hexdigest()
    for number, (path, sha256) in enumerate(read_manifest(data, entry.path), 1):
        yield entry.replace(path=path, sha256=sha256, entry=number)
