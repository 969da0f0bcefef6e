"""What a wheel says that it carries: the components of the bills of materials in its dist-info (PEP 770, 2026-11).

Read are CycloneDX 1.x (cyclonedx.org/docs, ``components``) and SPDX 2.3 and 3.0 (spdx.github.io/spdx-spec, ``packages``, ``files``,
``@graph``), as JSON. auditwheel writes names and versions alone: of those, libraries that are known count by their names.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_MOST = 2000  # components that are passed on
_ROWS = 100_000  # that are looked at
_SAID = 20  # licences of one
_COPYLEFT = frozenset(("strong-copyleft", "network-copyleft"))
_SYSTEMS = regex(r"pkg:(?:rpm|deb|apk|alpm|conda|brew|generic|nix)/")  # where a name is that of a native library
# GCC's runtime libraries, which have an exception for what is linked with them, whatever a packager's tag says.
_RUNTIME = regex(r"(?:lib)?(?:gcc|gfortran|quadmath|stdc\+\+|gomp|atomic|ssp|itm)(?:[-_.\d]|\Z|libs)")


class _Component(Record):
    name: str
    version: str = ""
    purl: str = ""
    expression: str = ""
    optional: bool = False  # a document says that it can be left out


def components(sboms: Sequence[bytes], ref: str) -> list[dict[str, Any]]:
    """Return name, version and licence of each, as components of CycloneDX; others' documents are read, and nothing is believed."""
    from pytest_genomic_guard.views.licences.showing import shown, shown_version  # noqa: PLC0415 - for this command

    found: dict[tuple[str, str], str] = {}
    for each in (one for data in sboms for one in _read(data)):
        good = each.name and shown(each.name) == each.name and (not each.version or shown_version(each.version) == each.version)
        if good and len(found) < _MOST:
            found.setdefault((each.name, each.version), each.expression)
    return [_component(f"{ref}#{number}", *key, found[key]) for number, key in enumerate(sorted(found), 1)]


def copyleft(sboms: Sequence[bytes], libraries: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the SPDX expressions of strong and network copyleft among all components, sorted.

    What is optional counts where one of the wheel's native libraries has its name: Pillow's bill has libimagequant so, which its
    wheels do not carry, and FreeType, which they do (2026-11).
    """
    if not sboms:
        return ()
    from pytest_genomic_guard.inventory.bundled import packaged  # noqa: PLC0415 - where a wheel has one
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - as above

    found: set[str] = set()
    for each in (one for data in sboms for one in _read(data, whole=True)):
        said = each.expression
        if each.optional and not any(each.name.lower() in library.lower() for library in libraries):
            continue
        if classify(said) == "unknown" and (not each.purl or _SYSTEMS.match(each.purl)):
            said = packaged(each.name) or said
        if classify(said) in _COPYLEFT and not _RUNTIME.match(each.name.lower()):
            found.add(said)
    return tuple(sorted(found))


def _component(ref: str, name: str, version: str, expression: str) -> dict[str, Any]:
    from pytest_genomic_guard.inventory.bom import choice  # noqa: PLC0415 - which imports this

    row: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name}
    if version:
        row["version"] = version
    if licences := choice(expression, "declared"):
        row["licenses"] = licences
    return row


def _read(data: bytes, *, whole: bool = False) -> Iterator[_Component]:
    """Yield the components of one document; with `whole` what it is about, and what has a licence and no name, as well."""
    import json  # noqa: PLC0415 - where there is one

    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(document, dict):
        return
    known: dict[str, str] = {}
    for row in _cyclonedx(document, whole=whole):
        licences = [*_list(row, "licenses"), *_list(_dict(row, "evidence"), "licenses")]
        yield _made(row, row.get("version"), row.get("purl"), list(_words(licences)), known)
    for row in [*_list(document, "packages"), *(_list(document, "files") if whole else ())][:_ROWS]:
        if isinstance(row, dict):
            purls = [one.get("referenceLocator") for one in _list(row, "externalRefs") if isinstance(one, dict)]
            purl = next((one for one in purls if isinstance(one, str) and one.startswith("pkg:")), "")
            yield _made(row, row.get("versionInfo"), purl, [row.get("licenseConcluded"), row.get("licenseDeclared")], known)
    for row in _list(document, "@graph")[:_ROWS] if whole else ():
        if isinstance(row, dict):
            address = row.get("software_packageUrl")
            said = row.get("simplelicensing_licenseExpression")
            yield _made(row, row.get("software_packageVersion"), address, [said], known)


def _cyclonedx(document: dict[str, Any], *, whole: bool) -> Iterator[dict[str, Any]]:
    """Yield the components, those within others too, without those that a document says are left out."""
    waiting = [_dict(_dict(document, "metadata"), "component")] if whole else []
    waiting += [each for each in _list(document, "components") if isinstance(each, dict)]
    for _count in range(_ROWS):
        if not waiting:
            return
        row = waiting.pop()
        if row.get("scope") != "excluded":
            yield row
            waiting += [each for each in _list(row, "components") if isinstance(each, dict)]


def _made(row: dict[str, Any], version: Any, purl: Any, said: Sequence[Any], known: dict[str, str]) -> _Component:
    """Build a component of what a document says; `known` has what words were read as before."""
    from pytest_genomic_guard.views.licences.expression import canonical  # noqa: PLC0415 - where a document has one
    from pytest_genomic_guard.views.licences.prose import named  # noqa: PLC0415 - as above

    name = row.get("name")
    read = []
    for text in said[:_SAID]:
        if isinstance(text, str) and text not in known:
            known[text] = canonical(text[:1000]) or named(text[:1000])
        if isinstance(text, str) and text not in {"NOASSERTION", "NONE"} and known[text]:
            read.append(known[text])
    parts = list(dict.fromkeys(read))
    expression = parts[0] if len(parts) == 1 else canonical(" AND ".join(f"({one})" for one in parts)) if parts else ""
    texts = [one if isinstance(one, str) else "" for one in (name, version, purl)]
    optional = row.get("scope") == "optional"
    return _Component(name=texts[0], version=texts[1], purl=texts[2], expression=expression, optional=optional)


def _words(licences: Sequence[Any]) -> Iterator[Any]:
    """Yield what entries of CycloneDX say: an expression, an id, or a name."""
    for each in licences:
        if isinstance(each, dict):
            inner = _dict(each, "license")
            yield each.get("expression") or inner.get("id") or inner.get("name")


def _dict(row: dict[str, Any], key: str) -> dict[str, Any]:
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []
