"""Values that several keys of a policy share."""

from __future__ import annotations

from pytest_genomic_guard.policy.schema import Choice, Scalar


def name(text: str) -> str:
    """Return a path's text. Raises ValueError for escapes that are no bytes of any file name."""
    text.encode("utf-8", "surrogateescape")
    return text


RELATIVE = r"(?!/)(?!.*\\)[^\0]+"
PATH = Scalar("a path relative to the root, with / between folders", RELATIVE, name)
COUNT = Scalar("a whole number", r"[0-9]{1,9}", int, type=["integer", "string"])
_PART_FORM = r"0(?:\.[0-9]{1,17})?|1(?:\.0{1,17})?|[1-9](?:\.[0-9]{1,17})?e-[0-9]{1,2}"
PART = Scalar("a number between 0 and 1, such as 0.01 or 1e-5", _PART_FORM, float, type=["number", "string"])
NUMBER = Scalar("a number such as 8 or 0.5", r"[0-9]{1,9}(?:\.[0-9]{1,17})?", float, type=["number", "string"])
TRUTH = Scalar("true or false", r"true|false", lambda text: text == "true", type=["boolean", "string"])
WORD = Scalar("a name without blanks", r"[^\s\0]{1,200}")
SHARE = Scalar("a number from 0.5 to below 1, such as 0.95", r"0\.[5-9][0-9]{0,17}", float, type=["number", "string"])
DECIDE = Choice("fail-if-proven", "pass-if-proven", "point")
