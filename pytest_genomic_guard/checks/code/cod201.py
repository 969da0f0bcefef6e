"""COD201: a pickle that would run something as it is loaded."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import MODEL
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.weights.loads import Loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class COD201(Check[Loads]):
    """A pickle that would run something as it is loaded.

    What it looks for
    -----------------
    Names that a pickle looks up and that can run code, open files or connections, or import: `os.system`, `subprocess.Popen`,
    `builtins.eval`, `runpy`, `torch.hub`, `numpy.load` and some hundred others of a closed list, also when they are reached
    through another module, are put together while loading, or are read as attributes. All opcodes are followed, none is
    executed. It sees pickles of protocol 0 to 5 under any name: `.pkl`, `data.pkl` in PyTorch's archives, PyTorch's old form,
    joblib (compressed, too, and with arrays in it), arrays of objects of numpy, pickles in pickles, in base64 and in archives,
    and behind the first bytes of a picture. What stands before the place where a file breaks counts; so does what looks like
    such a name behind it.

    Why it matters
    --------------
    Loading a pickle is running it. Models are passed on by people who trust the paper, and are loaded where the patients' data are.

    What to do instead
    ------------------
    Do not load the file. Ask who made it; keep weights as safetensors, and load old files with `torch.load(weights_only=True)`.

    References
    ----------
    - Python documentation, `pickle`: "Never unpickle data that could have come from an untrusted source"; PEP 307, PEP 574
    - CWE-502 (deserialisation of untrusted data); MITRE ATLAS AML.T0011.000
    """

    code = "COD201"
    name = "pickle-that-runs-code"
    severity = "error"
    since = "0.1"
    inline = True
    mend = MODEL

    def look(self, view: Loads, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what loading would run, once a file."""
        if view.runs:
            first, count = view.runs[0], len(view.runs)
            more = f", and {count - 1} more that are in our list" if count > 1 else ""
            where = ", before the place where the file breaks" if view.broken else ""
            yield self.finding(
                view.locate(), f"a pickle that would run or open something as it is loaded{more}{where}", subject=first
            )
        elif view.made:
            yield self.finding(
                view.locate(), "a pickle that puts together the name of what it calls while it is loaded ({count})", count=view.made
            )
        elif view.behind:
            yield self.finding(
                view.locate(), "behind a pickle that ends early stands the name of what could run something", subject=view.behind[0]
            )
