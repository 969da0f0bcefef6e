"""FAIR101: a fairness bound."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook


class FAIR101(Rulebook):
    """A fairness bound that is not kept.

    What it looks for
    -----------------
    The gates under `fairness` in the policy: a metric's difference or ratio between groups, its smallest or largest value, with a
    bound, and an evidence file that holds the figure with its interval and its n. The whole interval inside the bound passes,
    the whole of it outside fails, anything else is inconclusive. A figure without an interval, or of too few people, is never a
    pass.

    Why it matters
    --------------
    With groups of 50 to 1,000 people, a rule on point estimates fails a perfectly fair model in one run of three. And a gap
    that nobody could measure is not a gap that is absent.

    What to do instead
    ------------------
    Mend the model, or gather evidence until the interval can decide: the message says what is missing.

    References
    ----------
    - Newcombe: Interval estimation for the difference between independent proportions. Statistics in Medicine 1998, 17:873
    """

    code = "FAIR101"
    name = "fairness-bound"
    since = "0.1"
