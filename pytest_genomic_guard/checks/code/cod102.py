"""COD102: code from a hub."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.told import told, uses
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options
    from pytest_genomic_guard.views.code.names import Use

_ARGUMENT = Rule(
    name="remote-code",
    anchors=(b"trust_remote_code", b"torch.hub", b"hub.load(", b"import hub"),
    pattern=rb"(?:trust_remote_code|torch\.hub\b|hub\.load\(|import hub\b)",
)
_FLAG = Rule(
    name="remote-code-flag",
    anchors=(b"--trust-remote-code", b"--trust_remote_code", b"TRUST_REMOTE_CODE"),
    pattern=rb"(?:--trust[-_]remote[-_]code\b(?![-_])(?![\"']?[= ,]{1,3}[\"']?(?i:false|0|no)\b)"
    rb"|TRUST_REMOTE_CODE[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?i:true|1|yes)\b)",
)
_SETTING = Rule(
    name="remote-code-setting",
    anchors=(b"trust_remote_code", b"trust-remote-code"),
    pattern=rb"trust[-_]remote[-_]code[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?:true|True|yes|on)\b",
)
_LONG = 8192  # bytes of a line from which its parts are looked at by themselves
_PROSE = (b".md", b".rst", b".txt", b".html", b".mdx", b".adoc", b".tex", b".log", b".csv", b".tsv")
_PROGRAM = (b".py", b".pyi", b".pyx", b".ipynb")
_DECLARES = regex(rb"(?:add_argument|option|Option|field|help)[ \t]*(?:\(|=)[^)]{0,300}\Z", re.DOTALL)
_BEFORE = 320


class COD102(Check[Text | Python]):
    """Code from a hub.

    What it looks for
    -----------------
    `trust_remote_code=True` in any call (`from_pretrained`, `pipeline`, `load_dataset`, `LLM`, a dictionary of arguments),
    `torch.hub.load`, `torch.hub.help` and `torch.hub.list` of a repository that is not local, and the same in commands and
    settings: `--trust-remote-code`, `trust_remote_code: true`. A constant is looked up where a name stands for it; an argument
    that only the caller knows is not reported, nor is the definition of such an option, nor text of a manual.

    bandit has no test for these.

    Why it matters
    --------------
    The repository of a model, which its owner or whoever took over the account can change at any time, runs its Python in your
    process, with your credentials, beside your data.

    What to do instead
    ------------------
    Use a class that the library ships. Where there is none, copy the code into your repository after reading it, or pin
    `revision` and `code_revision` to a commit you have read, and allow the line with the reason.

    References
    ----------
    - Hugging Face Transformers, "Custom models": trust_remote_code
    - PyTorch, torch.hub: trust_repo
    - CWE-829, CWE-494
    """

    code = "COD102"
    name = "remote-code"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (_ARGUMENT, _FLAG, _SETTING)

    def look(self, view: Text | Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report calls, flags and settings."""
        if isinstance(view, Python):
            for use in uses(view):
                what = _remote(use)
                if what:
                    yield from told(self, view, use, f"{what}: the Python of a repository on a hub runs here")
            return
        path = view.artifact.path.lower()
        if path.endswith(_PROSE):
            return
        seen = set()
        for rule in (_FLAG, _SETTING):
            for start, end in view.matches(rule):
                line = view.data.rfind(b"\n", max(0, start - _LONG), start) + 1 or max(0, start - start % _LONG - _LONG)
                if line in seen or not self._meant(view, start, line, path, setting=rule is _SETTING):
                    continue
                seen.add(line)
                yield self.finding(
                    view.locate(start, end), "trust-remote-code is on: the Python of a repository on a hub runs here"
                )

    def _meant(self, view: Text, start: int, line: int, path: bytes, *, setting: bool) -> bool:
        """Tell whether a flag is used there, and not defined, explained or taken out by a comment."""
        context = view.segment(start).context
        if context not in {"file", "source"} or (setting and (context == "source" or path.endswith(_PROGRAM))):
            return False
        before = view.data[max(view.segment(start).start, start - _BEFORE) : start]
        head = view.data[line:start]
        if head.endswith((b"`", b'b"', b"b'")):
            return False  # named in a manual; bytes, which no command is
        return not (_DECLARES.search(before) or head.lstrip().startswith((b"#", b"//", b";", b"--", b"%%", b'"""', b"help")))


def _remote(use: Use) -> str:
    """Return what runs the code of others there."""
    if not use.called:
        return ""
    if constants.true(use.argument("trust_remote_code"), use.scope):
        return "trust_remote_code=True"
    if use.name in {"torch.hub.load", "torch.hub.help", "torch.hub.list"}:
        local = constants.surely(use.argument("source"), use.scope, "local")
        return "" if local else f"{use.name} without source=local"
    return _mapped(use)


def _mapped(use: Use) -> str:
    """Return what a dictionary among the arguments asks for."""
    import ast  # noqa: PLC0415 - it is there where a program was parsed

    for keyword in use.call.keywords:
        if isinstance(keyword.value, ast.Dict):
            for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "trust_remote_code" and constants.true(value, use.scope):
                    return "trust_remote_code=True"
    return ""
