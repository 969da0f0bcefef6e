"""NIH's rules on controlled-access genomic data as of March 2025: what each family of codes serves, and accessions of dbGaP."""

from __future__ import annotations

from pytest_genomic_guard.policy.packs.rules import Identifier, Notice, Rules

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
    # The notice binds whoever holds data under NIH's Data Use Certification: studies of dbGaP, wherever they are read (AnVIL,
    # BioData Catalyst, the controlled tier of the GDC, which is TCGA's). Not listed are All of Us, whose data are used under its
    # own agreement and code of conduct and no Data Use Certification, and UK Biobank, EGA, JGA, FinnGen, MIMIC: what their own
    # terms say of models stands in the register `data-use` (GOV107, GOV204).
    notices=(
        Notice(
            name=_MODELS,
            title="Protecting Human Genomic Data when Developing Generative Artificial Intelligence Tools and Applications",
            since="2025-03-28",
            systems=("dbGaP", "TCGA", "GDC", "AnVIL", "BioData Catalyst"),
            models="generative",
            sharing="paused",
            retention="until-close-out",
            allowed="with NIH's approval such a model may be trained and developed further among the approved users of the data; "
            "it is deleted at the project's close-out, or the project is renewed to go on using it",
            briefly="training with NIH's approval is allowed",
            source="NIH Guide, NOT-OD-25-081 (2025-03-28), NOT-OD-25-118 (2025-05-30); NCI, datascience.cancer.gov",
        ),
    ),
)
