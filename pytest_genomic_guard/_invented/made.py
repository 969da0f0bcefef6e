"""What invented contents are made of: names, sites, alleles."""

from __future__ import annotations

import random
import string

_random = random.SystemRandom()


def word(letters: int = 6) -> str:
    return "".join(_random.choices(string.ascii_uppercase, k=3)) + "".join(_random.choices(string.digits, k=letters)) + "P"


def sites(count: int) -> list[tuple[str, str, int, str, str]]:
    """Return id, chromosome, position and two alleles of invented variants, over all autosomes."""
    step = 22 / max(1, count)
    at = 700_000
    rows = []
    for number in range(count):
        at += _random.randrange(100, 9_000)
        one, two = _random.sample("ACGT", 2)
        rows.append((f"rs{_random.randrange(10**5, 10**8)}", str(1 + int(number * step)), at, one, two))
    return rows


def pair(one: str, two: str, het: str) -> tuple[str, str]:
    """Return two alleles of a person, or with `het` always or never of no person."""
    share = {"always": 1.0, "never": 0.0}.get(het, 0.3)
    if _random.random() < share:
        return one, two
    same = _random.choice((one, one, two))
    return same, same


def text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
