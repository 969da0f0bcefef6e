"""What groups of codes are about, those of later versions too: so that a report can say what nobody looked for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Mapping[str, str] = {
    "GEN1": "variants and genotypes",
    "GEN2": "sequencing reads and omics data",
    "GEN3": "genotype tables and matrices",
    "GEN4": "aggregates from which people can be found again",
    "GEN5": "lists of participant ids",
    "GEN6": "pointers to data kept elsewhere",
    "PHI1": "identifiers of patients with health context",
    "PHI2": "restricted data by person, such as tables with participant ids and fields",
    "PHI3": "single strong identifiers",
    "PHI4": "synthetic data and notes",
    "PHI5": "disclosure by aggregates",
    "PHI6": "media and metadata",
    "SEC1": "credentials of vendors",
    "SEC2": "credentials of biomedical services",
    "SEC3": "credential files",
    "SEC4": "assignments of secrets",
    "COD1": "unsafe code",
    "COD2": "unsafe model files",
    "LIC1": "licences of dependencies",
    "LIC2": "licences in the source tree",
    "LIC3": "licences of models and data",
    "LIC9": "evidence on licences",
    "CARD1": "models without a card",
    "CARD2": "what model cards say",
    "CARD3": "data cards",
    "GOV1": "data use terms",
    "GOV2": "the NIH rule on models trained on controlled data",
    "GOV3": "models that are data",
    "GOV4": "flows of data to others",
    "GOV5": "change control",
    "FAIR1": "fairness gates",
    "FAIR2": "evidence of fairness",
    "MIA1": "membership inference gates",
    "MIA2": "evidence of membership tests",
    "MIA3": "release of genomic summaries",
}
