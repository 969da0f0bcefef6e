"""SEC201: keys, carts and passports of dbGaP."""

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


class SEC201(Check[Text]):
    """Keys, carts and passports of dbGaP.

    What it looks for
    -----------------
    Repository keys (prj_*.ngc) and carts (.krt) of dbGaP by their first bytes under any name, also packed, in base64 or
    unpacked, carts also in clear; files named .enc_key, which hold the password of a project; download tickets and encryption
    keys in the settings of the SRA toolkit (user-settings.mkfg); passports of the NIH Researcher Auth Service (JWT).

    A text that only speaks of such files, or of their first bytes, is no finding.

    Why it matters
    --------------
    Such a file is all that is needed to download and decrypt the controlled-access data of a dbGaP project, for as long as
    the project is open.

    What to do instead
    ------------------
    Keep the key outside of the repository, where the data-use certification puts it, and give its path to prefetch with
    --ngc.

    References
    ----------
    - ncbi/ncbi-vdb: libs/kfg/config.c, libs/kfg/kart.c, libs/kfg/repository.c
    - ncbi/sra-tools test/external/prefetch/out_dir_and_file.pl (a cart in clear), data/*.ngc and *.krt (gzip behind the first
      bytes), CHANGES.md (--perm), read 2026-11-22
    - NIH Security Best Practices for Users of Controlled-Access Data, 2025
    """

    code = "SEC201"
    name = "dbgap-credential"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
