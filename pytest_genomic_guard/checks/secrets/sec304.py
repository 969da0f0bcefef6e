"""SEC304: credentials of clouds, containers and clusters."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import clouds
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC304(Check[Text]):
    """A credential of a cloud, a registry of containers or a cluster.

    What it looks for
    -----------------
    Credentials that command line programs of clouds keep: AWS (credentials, sso and cli cache), Google (authorized_user,
    refresh tokens), Azure (MSAL cache, service principals), kubeconfig (tokens and passwords), docker and podman (`auths`),
    values of Kubernetes Secrets, image pull secrets, Terraform tokens and secrets in a state, OpenStack, ngrok, age.

    Sealed and encrypted secrets, templates and references are none. Private keys are told of as such.

    Why it matters
    --------------
    Refresh tokens do not end by themselves. A kubeconfig or a Secret opens what runs in the cluster, and base64 hides nothing.

    What to do instead
    ------------------
    Sign in on each machine. Seal secrets (SOPS, Sealed Secrets, External Secrets) before they are committed; keep state in a
    backend.

    References
    ----------
    - AWS CLI, Configuration and credential file settings; google-auth; docker login; Kubernetes, Secrets; Terraform, State
    - CWE-522, CWE-312
    """

    code = "SEC304"
    name = "cloud-credentials"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = clouds.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each credential."""
        yield from told(self, view, clouds.TOLD)
