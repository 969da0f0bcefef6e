"""SEC216: credentials of other biomedical services."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets import biomedical
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.programmes import rules
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC216(Check[Text]):
    """Credentials of other biomedical services.

    What it looks for
    -----------------
    API keys and tokens of Galaxy, cBioPortal, OncoKB, ClinVar submissions, Dockstore, Benchling, LabKey, Flywheel and
    DisGeNET, and passwords of COSMIC, XNAT, OMERO, iRODS, PhysioNet, UK Biobank, All of Us, Genomics England, The Cancer
    Imaging Archive, LOINC and the Life Science login, where the service is named near. What their forms are was read in the
    source of the clients of Galaxy, cBioPortal and OncoKB only.

    Why it matters
    --------------
    They open data of patients and participants, or licensed data, in the name of their owner.

    What to do instead
    ------------------
    Keep it outside of the repository and read it from the environment, a keyring or the client's own settings folder.

    References
    ----------
    - oncokb/oncokb-annotator AnnotatorCore.py, CnaAnnotator.py (-b, Authorization: Bearer), read 2026-11-22
    - cBioPortal/cbioportal docs/deployment/authorization-and-authentication/Authenticating-Users-via-Tokens.md,
      UuidDataAccessTokenServiceImpl.java (a random UUID), read 2026-11-22
    - galaxyproject/bioblend bioblend/galaxyclient.py (x-api-key), read 2026-11-22
    - Not confirmed: the forms of the others. There a name that says whose it is, or a service named near, is asked for
    """

    code = "SEC216"
    name = "biomedical-service-credential"
    since = "0.1"
    confidence = "medium"  # most of its formats are not confirmed
    mend = KEY
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
