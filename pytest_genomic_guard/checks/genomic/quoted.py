"""Whether rows are quoted in documentation or source code, where few of them are an example more often than data."""

from __future__ import annotations

from pytest_genomic_guard.views.genomic import idlists
from pytest_genomic_guard.views.genomic.consumer import FLOOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.kinds import Kind
    from pytest_genomic_guard.views.tables import DataTable

_CODE = frozenset(b"py r pl pm sh java js ts c cc cpp h hpp rs go rb jl m t wdl nf smk cwl".split())
_SUFFIXES = _CODE | frozenset(b"md rst rmd qmd adoc tex rd html htm xml yml yaml".split())
_TYPED, _DIGITS = 1000, 18  # people whose numbers code counts up; digits of such a number
_INVENTED = 6  # people whom a test of a program makes up at most


def few(table: DataTable, kind: Kind) -> bool:
    """Tell whether a table of a document or program, as its name says, has fewer rows than single out a person."""
    suffix = table.artifact.path.rpartition(b".")[2].lower()
    return not table.trail and suffix in _SUFFIXES and 0 < kind.variants < FLOOR


def in_code(table: DataTable, kind: Kind) -> bool:
    """Tell whether a table of a program, as its name says, has rows of so few people that a test made them up."""
    suffix = table.artifact.path.rpartition(b".")[2].lower()
    return not table.trail and suffix in _CODE and 0 < kind.people <= _INVENTED


def made_up(table: DataTable, kind: Kind) -> bool:
    """Tell whether a table of a program or document has people who are numbered as nobody draws numbers: in a row, or round."""
    suffix = table.artifact.path.rpartition(b".")[2].lower()
    source = "source" in table.trail or (not table.trail and suffix in _SUFFIXES)
    names = kind.names
    if not source or not 1 < len(names) <= _TYPED or not all(name.isdigit() and len(name) <= _DIGITS for name in names):
        return False
    numbers = sorted(map(int, names))
    return idlists.regular(numbers, known=True) or all(len(set(name)) == 1 for name in names)
