"""Areas of ZIP codes with 20,000 people or fewer: 45 CFR 164.514(b)(2)(i)(B) lets nobody tell even their first three digits.

A dated list, as those in `policy/packs`, which take it from here. HHS says not to rely on it once newer census data are out:
whoever has a newer list gives it to `places.identifying_zip`.
"""

from __future__ import annotations

AS_OF = "2000"  # the census
SOURCE = "Department of Health and Human Services, guidance on de-identification"
RESTRICTED: tuple[str, ...] = (
    *("036", "059", "063", "102", "203", "556", "692", "790", "821"),
    *("823", "830", "831", "878", "879", "884", "890", "893"),
)
