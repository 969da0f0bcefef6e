"""A NOTICE for what is shipped: who is in it, under what, and the texts of the licences, each text once."""

from __future__ import annotations

import re

from pytest_genomic_guard.inventory.sources import Seen
from pytest_genomic_guard.views.licences.showing import shown, shown_expression, shown_version, telling
from pytest_genomic_guard.views.secrets.vendors import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.views.licences.nouns import Conclusion

# What a terminal would obey, what turns the direction of writing, what nobody sees; form feeds divide pages.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_RULE = "=" * 79
_HEAD = (
    "Third-party packages\n\n"
    "What this project needs at run time, and what its extras bring, with the licences as they were found in the project's\n"
    "environment. Written by `genomic-guard licences notice`; what is only developed with is left out. A list of texts is no\n"
    "legal advice, and does not tell whether anything else has to be done.\n"
)


def text(parts: Sequence[Part]) -> tuple[str, int]:
    """Return the document, and of how many packages no text is here."""
    lines: dict[str, None] = {}
    texts: dict[str, dict[str, None]] = {}
    without: set[str] = set()
    for part in parts:
        for title, said, files in _shipped(part):
            lines[f"{title}: {said}"] = None
            for file, data in files.items():
                texts.setdefault(_plain(data), {})[f"{title}: {_named(file)}"] = None
            if not files:
                without.add(f"{title}: {said}")
    found = [_HEAD, *(f"{line}\n" for line in _listed(lines, "Packages"))]
    found += [f"{line}\n" for line in _listed(without, "Packages whose licence text is not here")]
    for body, users in sorted(texts.items(), key=lambda pair: (sorted(pair[1]), pair[0])):
        found += [f"\n{_RULE}\n", *(f"{each}\n" for each in sorted(users)), f"{_RULE}\n\n{body}\n"]
    return "".join(found), len(without)


def _listed(lines: Mapping[str, None] | set[str], title: str) -> Iterator[str]:
    if lines:
        yield from ("", title, "-" * len(title), "", *sorted(lines))


def _shipped(part: Part) -> Iterator[tuple[str, str, Mapping[str, bytes]]]:
    """Yield name with version, licence, and texts by file, of all that is needed at run time or for an extra."""
    told = {each.name: each for each in part.packages}
    for name, each in sorted((*part.closure.items(), *part.closure.missing.items())):
        if part.own(name) or name in part.base or each.scope == "dev":
            continue
        node, package = part.nodes.get((part.ecosystem, name)), told.get(name)
        version = package.version if package else node.version if node else ""
        title = f"{shown(name)} {shown_version(version) if version else ''}".rstrip()
        extra = f" (extra {shown(each.group)})" if each.scope == "extra" and each.group else ""
        texts = part.seen.texts(name) if isinstance(part.seen, Seen) and part.has(name) else {}
        yield (
            title,
            _said(package.conclusion if package else None) + extra,
            {key: data for key, data in texts.items() if data.strip()},
        )


def _said(what: Conclusion | None) -> str:
    if what is None or not what.expression:
        return "no licence found"
    more = sorted(set(what.bundled) - {what.expression})
    return shown_expression(what.expression) + (f"; within it {', '.join(map(shown_expression, more))}" if more else "")


def _named(file: str) -> str:
    """Return the name of a licence file, where it is no secret."""
    plain = _plain(file.encode("utf-8", "replace")).replace("\n", " ")
    return "a file that is not named here" if telling(plain) else plain


def _plain(data: bytes) -> str:
    """Return a text as it can be shown: lines end in one way, nothing in it is a command, and tokens of vendors are masked."""
    data = masked(data)
    try:
        told = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = data.decode("latin-1")
    told = told.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "\n".join(line.rstrip() for line in _CONTROL.sub("", told).strip("\n").split("\n"))
