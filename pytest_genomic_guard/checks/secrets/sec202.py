"""SEC202: data encrypted by NCBI."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets import biomedical
from pytest_genomic_guard.checks.secrets.mend import CONTROLLED
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.programmes import rules
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC202(Check[Text]):
    """Data encrypted by NCBI.

    What it looks for
    -----------------
    Files that begin as NCBI's encryption writes them (NCBInenc, NCBIkenc), under any name, also packed or
    in base64.

    Why it matters
    --------------
    They are controlled-access data. Who has the repository key or the password of the project, now or later, can read them.

    What to do instead
    ------------------
    Keep such files where the data-use certification puts them, and commit code that downloads them.

    References
    ----------
    - ncbi/ncbi-vdb: interfaces/krypto/encfile-priv.h, libs/krypto/encfile.c
    """

    code = "SEC202"
    name = "ncbi-encrypted-data"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
