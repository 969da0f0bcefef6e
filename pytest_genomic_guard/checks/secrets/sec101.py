"""SEC101: keys of clouds."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.checks.secrets.vendor import told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import vendors
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC101(Check[Text]):
    """A key or token of a cloud.

    What it looks for
    -----------------
    Access keys, secrets and tokens of AWS, Google Cloud, Azure, DigitalOcean, Alibaba, Tencent, IBM, Heroku, Cloudflare, Hetzner,
    Vault, Terraform and others: by their prefix and length where they have one, otherwise by the vendor's name and a word such as
    key before them. The JSON key file of a Google service account is told of once.

    Ids in addresses that were signed for some hours are none, nor are values that the vendors' documentation shows, placeholders,
    and peptides that begin as an access key id does.

    Why it matters
    --------------
    Whoever has it acts as its owner: reads the buckets in which data of people lie, and runs machines on the owner's bill. Public
    repositories are searched for such keys within minutes.

    What to do instead
    ------------------
    Use roles of the machine, `aws configure`, `gcloud auth application-default login` or `az login`; keep keys of programs in a
    store of secrets.

    References
    ----------
    - docs.aws.amazon.com/IAM, IAM identifiers: prefixes of access keys
    - microsoft/security-utilities: GeneratedRegexPatterns
    - `source` beside each format in views/secrets/vendors, read 2026-11-22
    """

    code = "SEC101"
    name = "cloud-key"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC2",)
    rules = vendors.rules("SEC101")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
