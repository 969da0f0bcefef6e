"""Made-up people of the implementation guides' examples (ASC X12N 005010X220 to X279), as test suites of parsers repeat them."""

from __future__ import annotations

_NAMES = """
smith ted|smith jane|smith john|smith fred|smith william|smith mary|smith robert|doe david|arnold tom|the fifth richard
howling hal|mann john|mann joseph|mann michael|gaiman neil|wahl james|dimpson dj|bach johann|clifton william|border liz
plump penny|norton graig|bozarth lance|bozarth maggie|budd william|settle susan|baki angi|burck raymond|townsend william
island ellis|medyum wayne|medyum carol|ring diamond|dimmer bart|rubble barney|flintstone fred|blok ingrid|jones sarah
smith jan|smith jon|martin molly|smith joe|solo hans
"""
# Family and given name, in any order
SPECIMENS: frozenset[frozenset[str]] = frozenset(
    frozenset(each.rsplit(" ", 1)) for line in _NAMES.split("\n") for each in line.split("|")
)
