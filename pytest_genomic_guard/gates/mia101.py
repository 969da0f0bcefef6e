"""MIA101: a bound on membership inference."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook


class MIA101(Rulebook):
    """A bound on membership inference that is not kept.

    What it looks for
    -----------------
    The gates under `mia` in the policy: what an attack on a trained model tells of who was in its training data, as `auc`,
    `advantage` or `tpr@fpr=X`; the lower limit of epsilon that an audit with canaries proves (`epsilon-lower`); what an accountant
    claims (`epsilon`); how exposed a canary is (`exposure`). The figure is that of the worst group. The whole interval inside the
    bound passes, the whole of it outside fails, anything else is inconclusive, which fails unless `on-inconclusive` says otherwise.

    Refused is what no figure can be trusted in: members and non-members that covariates alone tell apart (unless people are
    compared within `match-on`), scores that point the wrong way, a claim that lacks what its accountant was told. An attack that is
    weaker than `min-attack` never passes, and neither does a false-positive rate that the non-members cannot carry.

    Where the scores are not there, as in a hook, the committed evidence file is judged, and the message says so. Evidence that
    disagrees with the scores fails, and evidence of another model is refused.

    Why it matters
    --------------
    A model that tells its training data from other data tells that a person was in a cohort, and with it often a diagnosis.

    What to do instead
    ------------------
    Train with less memorisation (differential privacy, regularisation, fewer epochs), or release less. Where the gate is
    inconclusive, attack with more non-members or a stronger attack.

    References
    ----------
    - Carlini et al.: Membership inference attacks from first principles. IEEE Symposium on Security and Privacy 2022
    - Zarifzadeh, Liu & Shokri: Low-cost high-power membership inference attacks. ICML 2024
    - Steinke, Nasr & Jagielski: Privacy auditing with one (1) training run. NeurIPS 2023
    """

    code = "MIA101"
    name = "membership-bound"
    since = "0.1"
