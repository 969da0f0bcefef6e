"""COD203: a pickle that no loader would read to its end."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import MODEL
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.weights.loads import Loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_WORDS = {
    "cut": "ends before its last opcode",
    "opcode": "holds a byte that is no opcode",
    "argument": "holds an opcode with an argument that cannot be",
    "stack": "takes from its stack what is not there",
    "array": "holds an array of which the length cannot be told",
    "steps": "has more opcodes than are followed",
}


class COD203(Check[Loads]):
    """A pickle that is cut, broken or followed by something else.

    What it looks for
    -----------------
    Pickles that end before their last opcode, that hold what is no opcode, that take from their stack what is not there, or behind
    which bytes stand that are no pickle. It is judged up to the break all the same: what it calls before that is COD201. PyTorch's
    old form, where storages follow five pickles, and the arrays that joblib writes between opcodes are read as they are meant.

    Why it matters
    --------------
    A loader runs what stands before the break, and only then says that the file is damaged. Scanners that stop at the first odd
    byte have passed such files: models were published that opened a connection and then broke on purpose.

    What to do instead
    ------------------
    Make the file again from its source, or remove it. Keep weights as safetensors, which cannot run anything.

    References
    ----------
    - CWE-502; reports of February 2025 on "nullifAI" (broken pickles in 7z on a public hub of models)
    """

    code = "COD203"
    name = "broken-pickle"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = MODEL

    def look(self, view: Loads, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report why a loader would stop, with how far it would come."""
        if view.broken:
            words = _WORDS[view.broken]
            yield self.finding(
                view.locate(),
                f"a pickle that {words}, after {{opcodes}} opcodes and {{calls}} calls",
                opcodes=view.opcodes,
                calls=view.calls,
            )
        elif view.trailing:
            yield self.finding(view.locate(), "{count} bytes that are no pickle stand behind a pickle", count=view.trailing)
