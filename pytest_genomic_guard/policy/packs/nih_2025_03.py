"""NIH's rules on controlled-access genomic data as of March 2025: what each family of codes serves, and accessions of dbGaP."""

from __future__ import annotations

from pytest_genomic_guard.policy.packs.rules import Identifier, Rules

_SHARING = "NIH GDS Policy, NOT-OD-14-124"
_SECURITY = "NOT-OD-24-157"
_MODELS = "NOT-OD-25-081"
_TRANSFER = "NIH Data Use Certification, Non-Transferability"
_CLOSE_OUT = "NIH Data Use Certification, Term 12 (Project Close-out)"
_PARAMETERS = "NIH Data Use Certification, provision 14 (Data Derivatives)"
_REGISTRY = "dbGaP (PubMed 17898773)"

RULES = Rules(
    clauses={
        **dict.fromkeys(("GEN1", "GEN2", "GEN3", "GEN5"), (_SHARING, _TRANSFER)),
        "GEN4": ("NOT-OD-19-023",),
        "PHI2": (_SHARING, _TRANSFER),
        "SEC": (_SECURITY,),
        "GOV1": (_SHARING,),
        "GOV2": (_MODELS, _PARAMETERS, _CLOSE_OUT),
        "GOV3": (_MODELS, _PARAMETERS),
        "GOV4": (_MODELS, _TRANSFER),
    },
    identifiers=(
        Identifier(
            name="dbgap-study",
            of="study",
            pattern=rb"phs[0-9]{6}(?:\.v[0-9]+\.p[0-9]+(?:\.c[0-9]+)?)?",
            source=_REGISTRY,
        ),
        Identifier(
            name="dbgap-table",
            of="file",
            pattern=rb"phs[0-9]{6}\.v[0-9]+\.pht[0-9]{6}.*\.c[0-9]+.*",
            source=_REGISTRY,
        ),
        Identifier(
            name="dbgap-subject",
            of="participant",
            pattern=rb"\S+",
            source=_REGISTRY,
            beside=(rb"dbGaP_Subject_ID",),  # the name of the column alone tells
        ),
    ),
)
