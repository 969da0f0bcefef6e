"""Where a text stands: in a program, which more often makes people up, or in data."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.text import Context

_CODE = frozenset(
    (
        b"py pyi ipynb r rmd qmd pl pm sh bash java kt scala groovy js jsx ts tsx mjs cs fs vb c cc cpp h hpp rs go rb"
        b" php swift jl m lua sql tf t wdl nf smk cwl ex exs erl clj hs dart feature http rest liquid j2 jinja mustache"
        b" hbs tmpl tpl erb xsl xslt rd fsh"
    ).split()
)
_PROSE = frozenset(b"md rst adoc tex html htm".split())
AROUND = 4096  # bytes before and behind, by which a text without a suffix of its own tells that it is a program
_STATEMENTS, _SHARE = 8, 0.08  # lines that are statements; of all that are not empty
# Lines that only programs have: of Python, JavaScript, Java, C#, R and their like. No prompts: what stands below one was printed.
_STATEMENT = regex(
    rb"(?m)^[ \t]{0,60}+(?:from [\w.]{1,80}+ import \w|import [\w.]{1,80}+(?: as \w{1,40}+)?;?[ \t\r]{0,9}+$"
    rb"|(?:async )?def \w{1,80}+\(|class \w{1,80}+(?:\(|:|\s\{)|self\.\w|return (?:[\[({\"'-]|\w{1,80}+[.(\[])"
    rb"|assert\w{0,40}+[ (]|(?:(?:el)?if|for|with|while|except) [^\n]{1,160}:[ \t\r]{0,9}+$|(?:else|try|finally):[ \t\r]{0,9}+$|@\w"
    rb"|(?:const|let|var) \w{1,80}+ ?=|function \w{1,80}+\(|#include [<\"]"
    rb"|(?:public|private|protected|static) [\w<>]{1,60}+ \w{1,60}+ ?[(=;{]|\w[\w.]{0,80}+ ?(?:=|<-) ?[\w.]{1,80}+\()"
)
_LINE = regex(rb"(?m)^[ \t]*+\S")
_PACKED = frozenset({"gzip", "bgzf", "bzip2", "xz", "zstd"})  # of one file, whose name says what is in it
INVENTED = 6  # people whom a test of a program makes up at most


def of(artifact: Artifact, trail: tuple[str, ...], context: Context = "file") -> str:
    """Return "code", "document" or "data". What a program printed is data wherever it stands."""
    if context == "output" or any(step.startswith("output") for step in trail):
        return "data"
    if context == "source":
        return "code"
    if context == "prose":
        return "document"
    name = artifact.path.rpartition(b"/")[2]
    if len(trail) == 1 and trail[0] in _PACKED:
        inner = name.rpartition(b".")[0].rpartition(b".")[2].lower()
        return "code" if inner in _CODE and inner != b"sql" else "data"  # dumps are packed, and letters to send
    if trail or b"." not in name:
        return "data"
    suffix = name.rpartition(b".")[2].lower()
    return "code" if suffix in _CODE else "document" if suffix in _PROSE else "data"


def programmed(data: bytes, at: int) -> bool:
    """Tell whether the lines around an offset are those of a program, which was saved as a text."""
    block = at - at % AROUND
    around = data[max(0, block - AROUND) : block + 2 * AROUND]
    found = sum(1 for _line in _STATEMENT.finditer(around))
    return found >= _STATEMENTS and found >= _SHARE * sum(1 for _line in _LINE.finditer(around))
