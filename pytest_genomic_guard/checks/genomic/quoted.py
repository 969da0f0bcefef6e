"""Whether rows are quoted in documentation or source code, where few of them are an example more often than data."""

from __future__ import annotations

from pytest_genomic_guard.views.genomic.consumer import FLOOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.kinds import Kind
    from pytest_genomic_guard.views.tables import DataTable

_SUFFIXES = frozenset(
    {b"md", b"rst", b"rmd", b"qmd", b"adoc", b"tex", b"rd", b"html", b"htm", b"xml", b"wdl", b"nf", b"smk", b"cwl", b"yml", b"yaml"}
    | {
        b"py",
        b"r",
        b"pl",
        b"pm",
        b"sh",
        b"java",
        b"js",
        b"ts",
        b"c",
        b"cc",
        b"cpp",
        b"h",
        b"hpp",
        b"rs",
        b"go",
        b"rb",
        b"jl",
        b"m",
        b"t",
    }
)


def few(table: DataTable, kind: Kind) -> bool:
    """Tell whether a table of a document or program, as its name says, has fewer rows than single out a person."""
    suffix = table.artifact.path.rpartition(b".")[2].lower()
    return not table.trail and suffix in _SUFFIXES and 0 < kind.variants < FLOOR
