"""Where a text stands: in a program, which more often makes people up, or in data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.text import Context

_CODE = frozenset(
    (
        b"py pyi ipynb r rmd qmd pl pm sh bash java kt scala groovy js jsx ts tsx mjs cs fs vb c cc cpp h hpp rs go rb"
        b" php swift jl m lua sql tf t wdl nf smk cwl ex exs erl clj hs dart feature http rest liquid j2 jinja mustache"
        b" hbs tmpl tpl erb xsl xslt rd"
    ).split()
)
_PROSE = frozenset(b"md rst adoc tex html htm".split())
INVENTED = 6  # people whom a test of a program makes up at most


def of(artifact: Artifact, trail: tuple[str, ...], context: Context = "file") -> str:
    """Return "code", "document" or "data". What a program printed is data wherever it stands."""
    if context == "output" or any(step.startswith("output") for step in trail):
        return "data"
    if context == "source":
        return "code"
    if context == "prose":
        return "document"
    suffix = artifact.path.rpartition(b".")[2].lower()
    if trail or b"." not in artifact.path.rpartition(b"/")[2]:
        return "data"
    return "code" if suffix in _CODE else "document" if suffix in _PROSE else "data"
