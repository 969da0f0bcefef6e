"""COD202: a pickle that looks up names of which nobody knows what they do."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import MODEL
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.weights.loads import Loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class COD202(Check[Loads]):
    """A pickle that looks up classes or functions that are in no list of known ones.

    What it looks for
    -----------------
    Names that are neither data of the libraries that people pickle (PyTorch, numpy, pandas, scikit-learn, XGBoost, anndata,
    transformers and some hundred more) nor known to run code: most are classes of one's own project, which must be there when the
    file is loaded, and whose `__setstate__` and `__init__` run then. One finding a file, with their number; the names are not
    shown, since they come out of the file.

    Why it matters
    --------------
    A file that needs code which is not in it cannot be judged without that code, loads into something else when the code changes,
    and is what an attack by a package of the same name needs.

    What to do instead
    ------------------
    Keep the weights (`state_dict`, safetensors) and build the object in code. Where the classes are your own, waive it with that
    reason.

    References
    ----------
    - CWE-502; PyTorch documentation, "Serialization semantics": `state_dict` over whole modules
    """

    code = "COD202"
    name = "pickle-of-unknown-classes"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = MODEL

    def look(self, view: Loads, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report how many names are unknown, where nothing worse is known of the file."""
        if view.unknown and not view.runs and not view.made and not view.code:
            words = "{count} names" if view.unknown > 1 else "{count} name"
            yield self.finding(
                view.locate(),
                f"a pickle that looks up {words} of no known library, whose code runs as it is loaded",
                count=view.unknown,
            )
