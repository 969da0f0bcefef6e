"""Of which ecosystem a group of requirements is, where one file speaks of several, and what a licence says in each.

A file of conda can ask for packages of PyPI too, and a container for packages of everything: the last word of the group's name,
behind a colon where the group has a name of its own, is then the installer (``pip``, ``test:pip``, ``apt``).
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Group, Manifest

_INSTALLERS: dict[str, Ecosystem] = {
    "pip": "python",
    "conda": "conda",
    "r": "r",
    "npm": "node",
    "apt": "container",
    "apk": "container",
    "dnf": "container",
}
_VERSION = regex(r"[A-Za-z0-9][A-Za-z0-9.*+!_~-]{0,99}")
_SPOKEN = 400  # characters of a licence's name that are read; a text is none


def version(text: str) -> str:
    """Return a version as written, or nothing where it cannot be one."""
    return text if _VERSION.fullmatch(text) is not None else ""


def ecosystem(manifest: Manifest, group: Group) -> Ecosystem:
    """Return the ecosystem of a group's requirements."""
    if manifest.ecosystem not in {"conda", "container"} and ":" not in group.name:  # ``pixi:conda`` in a pyproject.toml
        return manifest.ecosystem
    return _INSTALLERS.get(group.name.rpartition(":")[2], manifest.ecosystem)


def named(group: str, installer: str) -> str:
    """Return the name of a group whose requirements another installer brings."""
    return f"{group}:{installer}" if group else installer


def spoken(value: object) -> str:
    """Return the words of a field of a licence on one line: a string, a list of them, npm's objects with a ``type``.

    A list does not say whether all hold or one can be picked: all hold, which is the reading that misses nothing.
    """
    if isinstance(value, dict):
        value = value.get("type") or value.get("name") or ""
    if isinstance(value, list | tuple):
        words = [word for word in (spoken(each) for each in value[:20] if not isinstance(each, list | tuple)) if word]
        if len(words) < 2:
            return "".join(words)
        return " AND ".join(f"({word})" if " OR " in word.upper() else word for word in words)[:_SPOKEN]
    if not isinstance(value, str):
        return ""
    text = " ".join(value[:_SPOKEN].split())
    return "" if text.lower() in {"none", "null", "unknown", "n/a", "na", "noassertion"} or "://" in text else text


def expression(ecosystem: Ecosystem, licence: str) -> str:
    """Return the SPDX expression of a licence as a lock or a manifest names it, or nothing."""
    if not licence:
        return ""
    if ecosystem == "r":
        from pytest_genomic_guard.views.licences import rlang  # noqa: PLC0415 - few need it

        return rlang.expression(licence)
    from pytest_genomic_guard.views.licences.expression import canonical  # noqa: PLC0415 - few need it
    from pytest_genomic_guard.views.licences.prose import named as of_prose  # noqa: PLC0415 - few need it

    whole = canonical(licence) or of_prose(licence)
    if not whole and ecosystem == "conda":  # recipes of R packages often keep the words of their DESCRIPTION
        from pytest_genomic_guard.views.licences import rlang  # noqa: PLC0415 - few need it

        return rlang.expression(licence)
    if whole or " AND " not in licence:
        return whole
    parts = [
        canonical(part) or of_prose(part)
        for part in (each.strip().removeprefix("(").removesuffix(")") for each in licence.split(" AND "))
    ]
    return canonical(" AND ".join(f"({part})" for part in parts)) if all(parts) else ""
