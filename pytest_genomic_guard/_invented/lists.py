"""Invented lists of ids."""

from __future__ import annotations

import random

_random = random.SystemRandom()
_LOW, _HIGH = 1_000_000, 6_030_000  # participants of UK Biobank


class Lists:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def eids(count: int = 20, header: str = "", between: str = "line", order: str = "random") -> str:
        """Return numbers as UK Biobank gives them; `between` is line, comma, pair (twice a line), quoted or row (numbered)."""
        ids = _random.sample(range(_LOW, _HIGH), count)
        ids = sorted(ids) if order == "sorted" else ids
        head = f"{header.replace('+', ' ')}\n" if header else ""
        if between == "comma":
            return head + ", ".join(map(str, ids))
        if between == "quoted":
            return head + ", ".join(f'"{each}"' for each in ids)
        if between == "pair":
            return head + "".join(f"{each} {each}\n" for each in ids)
        if between == "row":
            return head + "".join(f"{at:<5}{each}\n" for at, each in enumerate(ids))
        return head + "".join(f"{each}\n" for each in ids)

    @staticmethod
    def eid() -> str:
        """Return one such number."""
        return str(_random.randrange(_LOW, _HIGH))

    @staticmethod
    def cohort_ids(count: int = 20, prefix: str = "QXV", digits: int = 6, between: str = "line", header: str = "") -> str:
        """Return ids of letters and digits that share a pattern; `between` is line, pair, comma (quoted) or blank.

        With the prefix "none" they are numbers.
        """
        prefix = "" if prefix == "none" else prefix
        numbers = _random.sample(range(10 ** (digits - 1), 10**digits), count)
        ids = [f"{prefix}{each}" for each in numbers]
        head = f"{header.replace('+', ' ')}\n" if header else ""
        if between == "comma":
            return head + ", ".join(f'"{each}"' for each in ids)
        if between == "blank":
            return head + " ".join(ids)
        if between == "pair":
            return head + "".join(f"{each} {each}\n" for each in ids)
        return head + "".join(f"{each}\n" for each in ids)

    @staticmethod
    def positions(count: int = 50, start: int = 1_200_000, step: int = 900) -> str:
        """Return places on a chromosome, ascending, one a line."""
        at, out = start, []
        for _each in range(count):
            at += _random.randrange(1, 2 * step)
            out.append(f"{at}\n")
        return "".join(out)

    @staticmethod
    def article_ids(count: int = 50) -> str:
        """Return numbers as PubMed gives them, one a line."""
        return "".join(f"{_random.randrange(1_000_000, 39_000_000)}\n" for _each in range(count))

    @staticmethod
    def counts(count: int = 50) -> str:
        """Return numbers of inhabitants or reads, one a line: small ones are more frequent."""
        return "".join(f"{int(10 ** _random.uniform(5, 7.5))}\n" for _each in range(count))
