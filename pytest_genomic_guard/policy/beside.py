"""What stands beside the policy in ``.genomic-guard/``: registers, which continue its lists, and the manifests of its waivers."""

from __future__ import annotations

import hashlib

from pytest_genomic_guard.policy import FOLDER, PolicyError
from pytest_genomic_guard.policy.keys import REGISTERS
from pytest_genomic_guard.policy.lists import read_manifest
from pytest_genomic_guard.policy.load import compose, waiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.policy import Waiver
    from pytest_genomic_guard.policy.load import Loaded

    Read = Callable[[bytes], bytes | None]


def gather(loaded: Loaded, read: Read) -> Loaded:
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
            node = compose(data)
            items = kind.read(node)
        except PolicyError as error:
            raise error.within(file) from None
        used[file] = hashlib.sha256(data).hexdigest()
        registers.append((name, file, node))
        if name == "waivers":
            policy = policy.replace(waivers=(*policy.waivers, *(waiver(item, file) for item in items)))
        else:
            policy = policy.replace(declared={**policy.declared, name: [*policy.declared.get(name, ()), *items]})
    waivers = tuple(each for entry in policy.waivers for each in (_spread(entry, read, used) if entry.manifest else (entry,)))
    policy = policy.replace(waivers=waivers, used=tuple(sorted(used.items())))
    return loaded.replace(policy=policy, registers=tuple(registers))


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
