"""SEC105: tokens of messaging, mail, payment and services."""

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


class SEC105(Check[Text]):
    """A token of messaging, mail, payment or another service.

    What it looks for
    -----------------
    Tokens and webhooks of Slack, Discord, Telegram, Microsoft Teams, Twilio, SendGrid, Mailgun, Mailchimp, Stripe, Square, PayPal,
    Shopify, Notion, Linear, Figma, Dropbox, Airtable, Postman, Grafana, Datadog, New Relic, PagerDuty, Okta, Auth0 and others.

    Why it matters
    --------------
    It reads what people wrote, writes in the name of a trusted sender, or moves money.

    What to do instead
    ------------------
    Keep it in the environment or in a store of secrets; give a webhook to the program that needs it, not to the repository.

    References
    ----------
    - docs.slack.dev/authentication/tokens
    - support.pagerduty.com/main/docs/api-access-keys
    - `source` beside each format in views/secrets/vendors, read 2026-11-22
    """

    code = "SEC105"
    name = "messaging-token"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC2",)
    rules = vendors.rules("SEC105")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
