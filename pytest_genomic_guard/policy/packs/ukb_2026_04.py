"""UK Biobank's conditions as of April 2026: what each family of codes serves, and how participants and fields are named."""

from __future__ import annotations

from pytest_genomic_guard.policy.packs.rules import Identifier, Rules

_CODE = "UK Biobank, Use of third-party code-sharing repositories (article 28027475352221)"
_EXPORT = "UK Biobank Research Analysis Platform: summary results alone are exported, never individual-level data"
_FIELDS = (
    *(rb"eid", rb"[0-9]+-[0-9]+\.[0-9]+", rb"f\.[0-9]+\.[0-9]+\.[0-9]+"),
    *(rb"p[0-9]+_i[0-9]+(?:_a[0-9]+)?", rb"n_[0-9]+_[0-9]+_[0-9]+"),
)

RULES = Rules(
    clauses={
        **dict.fromkeys(("GEN1", "GEN2", "GEN3", "PHI2"), (_EXPORT, _CODE)),
        "GEN5": (_CODE,),
    },
    identifiers=(
        Identifier(
            name="uk-biobank-participant",
            of="participant",
            pattern=rb"[1-6][0-9]{6}",
            least=1_000_000,
            most=6_500_000,  # of the platform's guide 6,000,000, and of the audit tool this: the wider of both
            source="UK Biobank Research Analysis Platform, guide; UK-Biobank/UKB-Git-Audit-Tool 1.2",
            beside=_FIELDS,  # seven digits alone are coordinates more often than people
        ),
    ),
)
