"""The HIPAA Privacy and Security Rules as of December 2024: what each family of codes serves, and the numbers of Safe Harbor."""

from __future__ import annotations

from pytest_genomic_guard.identifiers.zip3 import RESTRICTED, SOURCE
from pytest_genomic_guard.policy.packs.rules import Identifier, Limit, Listing, Rules

_SAFE_HARBOR = "45 CFR 164.514(b)(2)(i)"
_MINIMUM = "45 CFR 164.502(b)"
_EXPERT = "45 CFR 164.514(b)(1)"
_LIMITED = "45 CFR 164.514(e)"
_CODE = f"{_SAFE_HARBOR}(R)"
_LETTER = rb"[AC-HJKMNP-RT-Y]"
_MIXED = rb"[0-9AC-HJKMNP-RT-Y]"

RULES = Rules(
    clauses={
        **dict.fromkeys(("GEN1", "GEN2", "GEN3", "GEN5"), (_MINIMUM, _CODE)),
        "GEN4": (_EXPERT,),
        "PHI": (_MINIMUM, "45 CFR 164.514(b)(2)"),
        "PHI2": (_MINIMUM, _LIMITED),
        "PHI4": (),
        "PHI5": (_EXPERT,),
        "SEC": ("45 CFR 164.308(a)(5)(ii)(D)", "45 CFR 164.312(d)"),
        "GOV1": ("45 CFR 164.508", "45 CFR 164.512(i)", _LIMITED),
        "GOV2": ("45 CFR 164.310(d)(2)(i)",),
        "GOV4": ("45 CFR 164.308(b)", "45 CFR 164.314(a)", "45 CFR 164.502(e)", "45 CFR 164.504(e)"),
        "GOV5": ("45 CFR 164.308(a)(8)",),
    },
    identifiers=(
        Identifier(
            name="ssn",
            of="patient",
            pattern=rb"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}",
            source=f"{_SAFE_HARBOR}(G); Social Security Administration, POMS RM 10201.035",
        ),
        Identifier(
            name="medicare-beneficiary-identifier",
            of="patient",
            pattern=b"[1-9]%b%b[0-9]-%b%b[0-9]-%b%b[0-9]{2}" % (_LETTER, _MIXED, _LETTER, _MIXED, _LETTER, _LETTER),
            source=f"{_SAFE_HARBOR}(I); Centers for Medicare & Medicaid Services, layout of the identifier",
        ),
    ),
    limits=(
        Limit(name="oldest-age", number=89, means="the highest age that may be told", source=f"{_SAFE_HARBOR}(C)"),
        Limit(name="zip3-people", number=20_000, means="an area must have more people than this", source=f"{_SAFE_HARBOR}(B)"),
    ),
    lists=(
        Listing(
            name="restricted-zip3",
            values=RESTRICTED,
            means="first three digits of ZIP codes whose areas have too few people, by the census of 2000",
            source=SOURCE,
        ),
    ),
)
