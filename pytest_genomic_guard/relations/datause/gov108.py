"""GOV108: a vendor's agreement or an attestation that has run out."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.datause.mend_register import RENEW
from pytest_genomic_guard.views.datause.nouns import Attestation, Today, Vendor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GOV108(Relation):
    """A vendor's agreement or an attestation that has run out.

    What it looks for
    -----------------
    Entries of the policy's registers `vendors` and `attestations` whose day `expires` is over. The day itself still holds.

    Why it matters
    --------------
    What a vendor does with data of people without an agreement is a disclosure. An attestation, of security controls or of an
    ethics review, is asked for again and again because what it says changes.

    What to do instead
    ------------------
    Renew it and write the new day, or take out what depends on it together with the entry.

    References
    ----------
    - 45 CFR 164.308(b), 164.504(e): contracts with business associates
    - NOT-OD-24-157: attestation of NIST SP 800-171
    """

    code = "GOV108"
    name = "register-entry-expired"
    since = "0.1"
    mend = RENEW
    needs = (Vendor, Attestation)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the entries whose day is over."""
        today = next((fact.day for _path, fact in facts.of(Today)), "")
        registers = (("agreement of an entry of `vendors`", facts.of(Vendor)), ("entry of `attestations`", facts.of(Attestation)))
        for what, entries in registers:
            for _path, entry in entries:
                if entry.expires and entry.expires < today:
                    year, month, day = (int(part) for part in entry.expires.split("-"))
                    at = Location(path=entry.file, line=entry.line or None)
                    told = f"the {what} has run out ({{year}}-{{month:02}}-{{day:02}})"
                    yield self.finding(at, told, key=what, year=year, month=month, day=day)
