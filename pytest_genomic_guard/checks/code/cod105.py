"""COD105: commands of a shell that are put together."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.shells import COMMANDS, LINE, SHELL, command
from pytest_genomic_guard.checks.code.told import told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_SPACE = b" \t"
_MOST = 4096  # bytes of a line of a shell


class COD105(Check[Text | Python]):
    """Commands of a shell that are put together.

    What it looks for
    -----------------
    A text that is not made of constants, given to a shell: `subprocess` with `shell=True`, any other call with `shell=True`,
    `os.system`, `os.popen`, `getoutput`, `asyncio.create_subprocess_shell`, `exec_command` of an SSH client, and a line of a
    notebook that is nothing but a variable (`!{command}`). A name that stands for a constant is looked up. What a model wrote or
    a server sent is COD110.

    What bandit calls B602, B604, B605 and B601; bandit reports constants as well.

    Why it matters
    --------------
    A file name with a semicolon in it, which anybody who uploads a file can choose, is a second command.

    What to do instead
    ------------------
    `subprocess.run(["samtools", "view", path], check=True)`: a list, and no shell. Where it must be one, `shlex.quote`.

    References
    ----------
    - Python library reference, subprocess: security considerations
    - CWE-78
    - bandit B601, B602, B604, B605
    """

    code = "COD105"
    name = "shell-injection"
    severity = "warning"
    since = "0.1"
    inline = True
    gives_way = ("COD110",)
    mend = CODE
    rules = (SHELL, LINE)

    def look(self, view: Text | Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report commands that are built, in calls and in lines of notebooks."""
        if isinstance(view, Text):
            for start, end in view.matches(LINE):
                if view.segment(start).context == "source" and _whole(view, start):
                    yield self.finding(view.locate(start, end), "a variable is the whole command of a shell")
            return
        for use in program(view).some(last=COMMANDS, keys=("shell",)):
            text, tests = command(use)
            if text is not None and not constants.constant(text, use.scope):
                said = f" (bandit {tests[0]})" if tests else ""
                yield from told(self, view, use, f"a command of a shell that is put together{said}", tests)
            elif text is None and not use.called and use.name in {"os.system", "os.popen"}:
                yield from told(self, view, use, f"{use.name} is handed on to run whatever comes (bandit B605)", ("B605",))


def _whole(view: Text, start: int) -> bool:
    """Tell whether a command begins its line, and is a variable from there on."""
    least = max(view.segment(start).start, start - _MOST)
    first = max(least, view.data.rfind(b"\n", least, start) + 1)
    stop = view.data.find(b"\n", start, start + _MOST)
    rest = view.data[start : stop if stop >= 0 else start + _MOST].rstrip()
    return not view.data[first:start].strip(_SPACE) and (rest.startswith(b"!$") or rest.endswith(b"}")) and b" " not in rest
