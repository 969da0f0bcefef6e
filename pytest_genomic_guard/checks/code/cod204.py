"""COD204: a model file that brings code along."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.checks.code.mend import MODEL
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.weights.loads import Loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

# keras/src/saving/serialization_lib.py: a lambda is a class name of its own with base64 of marshal as its code; Lambda.get_config
# before Keras 3 gave that base64 first in a list or tuple, and the type of the function. Base64 of a code object begins 4w or Yw.
_LAMBDA = Rule(
    name="keras-lambda",
    anchors=(b'"__lambda__"', b'"function_type"', b'"class_name": "Lambda"', b'"class_name":"Lambda"'),
    pattern=rb'"__lambda__"[ ]?,\s{0,40}"config"[ ]?:[ ]?\{\s{0,40}"code"|"function_type"[ ]?:[ ]?"lambda"[ ]?[,}]'
    rb'|"class_name"[ ]?:[ ]?"Lambda"[^\x00]{0,400}?"function"[ ]?:[ ]?\[\s{0,40}"(?:4w|Yw)[A-Za-z0-9+/]{6}',
)
# The same library imports what "module" says (CVE-2025-1550)
_MODULE = Rule(
    name="keras-module",
    anchors=tuple(
        b'"module"%s"%s' % (between, name)
        for between in (b": ", b":")
        for name in (
            b"os",
            b"posix",
            b"nt",
            b"subprocess",
            b"builtins",
            b"sys",
            b"importlib",
            b"runpy",
            b"shutil",
            b"pty",
            b"socket",
        )
    ),
    pattern=rb'"module"[ ]?:[ ]?"(?:(?:os|posix|nt|subprocess|sys|importlib|runpy|shutil|pty|socket)(?:\.\w{1,40})?"'
    rb'|builtins"[^\x00]{0,200}?"config"[ ]?:[ ]?"(?:exec|eval|compile|__import__|open|getattr)")',
)
_OPERATIONS = (b"PyFunc", b"PyFuncStateless", b"EagerPyFunc", b"ReadFile", b"WriteFile", b"MatchingFiles")
# NodeDef of tensorflow/core/framework/node_def.proto: op is field 2; inputs, device or attributes follow
_NODE = Rule(
    name="savedmodel-operation",
    anchors=tuple(b"\x12%c%s" % (len(name), name) for name in _OPERATIONS),
    pattern=rb"\x12[\x06-\x0f](?:" + b"|".join(map(re.escape, _OPERATIONS)) + rb")(?=[\x1a\x22\x2a\x32\x3a])",
)
_BACK = 64 << 10  # bytes around the type of a function in which its bytecode begins
_BYTECODE = regex(rb'"(?:4w|Yw)[A-Za-z0-9+/]{38}')


class COD204(Check[Loads | Text]):
    """A model file that brings code along.

    What it looks for
    -----------------
    Keras models with a `Lambda` layer whose function is in the file as marshalled bytecode (`.keras`, `.h5`, JSON), or whose
    configuration names a module such as `os` to be imported; TensorFlow graphs with operations that call Python or read and write
    files (`PyFunc`, `ReadFile`, `WriteFile`, `MatchingFiles`); pickles in which cloudpickle or dill stored functions with their
    code.

    Why it matters
    --------------
    Bytecode in a model runs with all that its user may do, when the model is loaded or used, and no review has seen it.
    `safe_mode=True` does not hold for `.h5`, and versions of Keras before 3.9 imported what a configuration named.

    What to do instead
    ------------------
    Make the lambda a layer of its own, registered in code; store weights, and build the model in code.

    References
    ----------
    - Keras documentation, `Lambda` layer and `safe_mode`; CVE-2024-3660, CVE-2025-1550
    - TensorFlow `SECURITY.md`: "models are programs"; cloudpickle README, "Security"
    """

    code = "COD204"
    name = "model-with-code"
    severity = "error"
    since = "0.1"
    inline = True
    mend = MODEL
    rules = (_LAMBDA, _MODULE, _NODE)

    def look(self, view: Loads | Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each kind of code once a text or pickle."""
        if isinstance(view, Loads):
            if view.code and not view.runs:
                yield self.finding(view.locate(), "a pickle of functions whose code is in the file", subject=view.code[0])
            return
        for start, end in view.matches(_LAMBDA):
            around = view.data[max(0, start - _BACK) : end + _BACK]
            if b'"class_name"' in around and _BYTECODE.search(around):
                yield self.finding(view.locate(start, end), "a Keras model with a Lambda layer whose code is in the file")
                break
        for start, end in view.matches(_MODULE):
            near = view.data[max(0, start - 400) : end + 400]
            if b'"class_name"' in near and b'"config"' in near:
                yield self.finding(
                    view.locate(start, end), "a Keras model whose configuration imports a module that can run anything"
                )
                break
        for start, end in view.matches(_NODE):
            if b"\0" in view.data or view.segment(start).context == "binary":
                name = view.data[start + 2 : end].decode()
                yield self.finding(
                    view.locate(start, end), "a TensorFlow graph with an operation that calls Python or opens files", subject=name
                )
                break
