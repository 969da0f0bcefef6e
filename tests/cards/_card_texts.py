"""Cards of an invented model, and the model."""

from __future__ import annotations

import json
import struct

SECTIONS = (
    *("intended-use", "out-of-scope", "training-data", "evaluation", "limitations", "licence", "subgroups", "demographics"),
    *("privacy", "privacy-evaluation", "oversight"),
)
FRONT = "---\nlicense: mit\nlibrary_name: pytorch\n---\n\n# Variant scorer\n\n"
TEXTS = {
    "intended-use": "## Intended use\n\nThis model is intended for researchers who annotate variants in studies of adults.\n",
    "out-of-scope": "## Out-of-scope use\n\nIt must not be used for diagnosis, treatment or insurance decisions.\n",
    "training-data": "## Training data\n\nTrained on 12,000 exomes of gnomAD v4.1 with labels of ClinVar, release of 2024.\n",
    "evaluation": "## Evaluation\n\nOn the held-out set of 2,000 variants it reaches an AUROC of 0.91 and an accuracy of 0.87.\n",
    "limitations": "## Limitations\n\nIt fails on structural variants and on genes outside of the panel on which it was trained.\n",
    "licence": "",  # in the front matter
    "subgroups": (
        "## Performance by ancestry\n\n| Ancestry | n | AUROC |\n|---|---|---|\n| African | 400 | 0.88 |\n"
        "| East Asian | 500 | 0.90 |\n| European | 1100 | 0.92 |\n"
    ),
    "demographics": (
        "## Demographics\n\nOf the people in the training data 52 % were women and 48 % men, aged 18 to 85; 60 % were of European,"
        " 25 % of African and 15 % of East Asian ancestry.\n"
    ),
    "privacy": "## Privacy\n\nAll records were de-identified before training, and no names or dates were used.\n",
    "privacy-evaluation": (
        "## Privacy evaluation\n\nA membership inference attack (LiRA, 64 shadow models) reached an AUC of 0.51 and a true positive"
        " rate of 0.002 at a false positive rate of 0.001.\n"
    ),
    "oversight": "## Human oversight\n\nA geneticist must review each score before it is reported and can overrule it.\n",
}
BASIC = ("intended-use", "training-data", "limitations")


def card(*names: str, front: str = FRONT) -> bytes:
    """Return a card with these sections; without any with all of them."""
    return (front + "\n".join(TEXTS[name] for name in names or TEXTS)).encode()


def weights(**said: str) -> bytes:
    """Return a model in safetensors with what it says of itself."""
    header = {"__metadata__": {"format": "pt", **said}, "w": {"dtype": "F32", "shape": [4, 4], "data_offsets": [0, 64]}}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(64)


def policy(tier: str) -> bytes:
    """Return a policy with a tier."""
    return f"version: 1\ncards: {{tier: {tier}}}\n".encode()
