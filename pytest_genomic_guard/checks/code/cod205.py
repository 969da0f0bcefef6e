"""COD205: a file of weights whose header cannot be true, or that points out of its folder."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import MODEL
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.weights.headers import ModelHeader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

# TensorProto.external_data (onnx.proto3, field 13): StringStringEntryProto of key 1 and value 2; a length of one or two bytes
_LOCATION = Rule(
    name="onnx-location",
    anchors=(b"\n\x08location\x12",),
    pattern=rb"\n\x08location\x12(?:[\x01-\x7f]|[\x80-\xff][\x01-\x1f])(?:/|\\|[A-Za-z]:[\\/]|[^\x00-\x1f\x7f]{0,400}?\.\.[\\/]|(?:https?|file|ftp):)",
)
# what a template of chats has no use for: the ways from an object of Jinja to the interpreter
_TEMPLATE = Rule(
    name="template-escape",
    anchors=(b"__globals__", b"__subclasses__", b"__builtins__", b"__mro__", b"__base__", b"__bases__", b"__import__"),
    pattern=rb"__(?:globals|subclasses|builtins|mro|bases?|import)__",
)
_BACK = 4096  # bytes before it in which the template's tag begins


class COD205(Check[ModelHeader | Text]):
    """A file of weights whose header cannot be true, or that reaches out of the file.

    What it looks for
    -----------------
    safetensors whose header is longer than 100 MB or than the file, is no JSON, names a tensor twice, or gives offsets that
    overlap, leave holes or go beyond the end. GGUF with counts and lengths beyond the file, unknown types, an alignment that is
    none. ONNX whose external data stand at an absolute path, at an address, or outside of the model's folder. Templates of chats,
    in GGUF and in `tokenizer_config.json`, that reach for `__globals__`, `__subclasses__` or `__import__`.

    Why it matters
    --------------
    These formats were made so that weights run nothing. What is left is a parser that believes a length, a runtime that opens the
    path it is told (`../../../etc/passwd` becomes a tensor), and Jinja, which is a program.

    What to do instead
    ------------------
    Write the file again with the library of the format from weights that you trust; give external data a plain name.

    References
    ----------
    - safetensors README, "Format"; ggml `docs/gguf.md`; ONNX `docs/ExternalData.md`; CVE-2024-27318, CVE-2024-25664 and following
      (GGUF), CVE-2024-34359 (templates of chats)
    """

    code = "COD205"
    name = "model-header-abuse"
    severity = "error"
    since = "0.1"
    inline = True
    mend = MODEL
    rules = (_LOCATION, _TEMPLATE)

    def look(self, view: ModelHeader | Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each header once, each path and each template."""
        if isinstance(view, ModelHeader):
            if view.faults:
                more = f", and {len(view.faults) - 1} more" if len(view.faults) > 1 else ""
                yield self.finding(view.locate(), f"a header of {view.format} that cannot be true: {view.faults[0]}{more}")
            return
        for start, end in view.matches(_LOCATION):
            yield self.finding(view.locate(start, end), "an ONNX model whose external data stand outside of its folder")
            break
        for start, end in view.matches(_TEMPLATE) if b"chat_template" in view.data else ():
            before = view.data[max(0, start - _BACK) : start]
            opened, closed = max(before.rfind(b"{{"), before.rfind(b"{%")), max(before.rfind(b"}}"), before.rfind(b"%}"))
            if opened > closed:
                yield self.finding(
                    view.locate(start, end), "a template of chats that reaches for the interpreter behind its objects"
                )
                break
