"""All profiles of programs."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.files.clients import DATABASES, NETWORKS, TRANSFER
from pytest_genomic_guard.views.secrets.files.forms import Book
from pytest_genomic_guard.views.secrets.files.packages import REGISTRIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.secrets.files.forms import Seen
    from pytest_genomic_guard.views.text import Text

FORMS = (*TRANSFER, *NETWORKS, *REGISTRIES, *DATABASES)
BOOK = Book(FORMS)
RULES = BOOK.rules
TOLD = {form.rule.name: (form.what, form.opens) for form in FORMS}


def found(view: Text) -> Iterator[Seen]:
    """Yield the logins of a text."""
    yield from BOOK.found(view)
