"""COD111: torch.load without weights_only."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.views.code.manifests import TorchLoad, TorchNamed, is_manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class COD111(Relation):
    """`torch.load` without `weights_only`.

    What it looks for
    -----------------
    A call of `torch.load` that does not say `weights_only=True`, also under another name, in a program or the cells of a
    notebook. It is quiet where the nearest folder with a manifest that names torch (requirements, `pyproject.toml`, `setup.cfg`,
    `environment.yml`, a lock) allows only torch 2.6 or later there, in which only weights are loaded by default. A manifest
    without a lower bound promises nothing. `weights_only=False` is COD101 whatever is pinned.

    What bandit calls B614.

    Why it matters
    --------------
    Before torch 2.6 the default unpickles the file, which runs what its maker wrote into it. Files of weights come from other
    people, and have done so with credential thieves inside.

    What to do instead
    ------------------
    Say `weights_only=True`, keep weights as safetensors, or require torch >= 2.6 where you name torch.

    References
    ----------
    - PyTorch 2.6 release notes, "flip of the default of weights_only in torch.load"
    - CVE-2025-32434 (weights_only=True before 2.6)
    - bandit B614
    """

    code = "COD111"
    name = "torch-load"
    since = "0.1"
    inline = True
    mend = CODE
    needs = (TorchLoad,)
    reach = "above"  # the manifest lies at the top, programs lie below
    looks_at = staticmethod(is_manifest)
    alone = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the loads that no manifest makes safe."""
        named: dict[bytes, bool] = {}
        for path, fact in facts.of(TorchNamed):
            folder = path.rpartition(b"/")[0]
            named[folder] = named.get(folder, True) and fact.safe
        for path, load in facts.of(TorchLoad):
            if not _promised(path.rpartition(b"/")[0], named):
                yield self.finding(
                    load.at,
                    "torch.load without weights_only=True: before torch 2.6, which no manifest here asks for, it runs what the "
                    "file tells it to (bandit B614)",
                    key=load.key,
                )


def _promised(folder: bytes, named: dict[bytes, bool]) -> bool:
    """Tell whether the nearest folder upwards in which torch is named allows safe versions only."""
    while True:
        if folder in named:
            return named[folder]
        if not folder:
            return False
        folder = folder.rpartition(b"/")[0]
