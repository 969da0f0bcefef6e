"""FAIR101: a fairness bound."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook


class FAIR101(Rulebook):
    """A fairness bound that is not kept.

    What it looks for
    -----------------
    The gates under `fairness` in the policy: a metric's difference or ratio between groups, its smallest or largest value, its
    change against the base branch or its drift against earlier evidence, with a bound. The figures are computed from rows (`data`)
    or counts (`counts`), taken from a file of another tool (`value`), or recorded by a test (`recorded`). The whole interval inside
    the bound passes, the whole of it outside fails, anything else is inconclusive. Intervals hold at once for all groups and all
    bounds of a gate.

    Groups that are declared and missing, or of which too few people count for the metric, are listed and keep the gate from
    passing. A figure without an interval, or of too few people, is never a pass.

    Where the rows are not there, as in a hook, the committed evidence file is judged, and the message says so. Evidence that
    disagrees with the rows fails, and evidence of another model is refused.

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
    - Zou & Donner: Construction of confidence limits about effect measures. Statistics in Medicine 2008, 27:1693
    """

    code = "FAIR101"
    name = "fairness-bound"
    since = "0.1"
