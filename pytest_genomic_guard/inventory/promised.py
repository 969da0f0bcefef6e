"""What the policy promises of models and of data under terms, as facts: relations see facts and options, and no policy."""

from __future__ import annotations

import time

from pytest_genomic_guard.model import Located, Unreadable
from pytest_genomic_guard.policy import FILE
from pytest_genomic_guard.policy.smallcells import threshold
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.views.cards.nouns import CardRegistry, CardTerms
from pytest_genomic_guard.views.cards.sent import Released
from pytest_genomic_guard.views.datause.nouns import Attestation, DataUse, Today, Vendor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from pytest_genomic_guard.model import Fact, Gap, Snapshot
    from pytest_genomic_guard.policy import Policy

_TEXTS = ("closes", "generative", "dua", "dar", "owner", "approval", "irb")
_LISTS = ("duo", "consent", "paths", "models", "aliases")


def facts(policy: Policy, snapshot: Snapshot, excluded: Callable[[bytes], bool]) -> tuple[Located, ...]:
    """Return the day, the terms of cards for the whole and for each project, and the entries of the registers."""
    at = policy.path or FILE
    whole = snapshot.whole()
    today = time.strftime("%Y-%m-%d")
    texts = (policy.sha256 or "", *(digest for _path, digest in policy.used))
    day = Today(day=today, policy=at, whole=whole, small_cell=threshold(policy), packs=policy.packs, texts=texts)
    found = [Located(path=b".", fact=day), *(Located(path=b".", fact=each) for each in _terms(policy))]
    found += _carded((each.fact for each in found), snapshot, excluded)
    for item in policy.declared.get("data-use", ()):
        use = _use(item, item.file or at)
        found.append(Located(path=use.file, fact=use.replace(files=_files(use, snapshot, excluded)) if use.paths else use))
    for key, make in (("vendors", _vendor), ("attestations", _attestation)):
        for item in policy.declared.get(key, ()):
            file = item.file or at
            found.append(Located(path=file, fact=make(item, file)))
    return tuple(found)


def _files(use: DataUse, snapshot: Snapshot, excluded: Callable[[bytes], bool]) -> tuple[bytes, ...]:
    """Return the files that an entry's patterns match."""
    from pytest_genomic_guard.policy.globs import Glob  # noqa: PLC0415 - where an entry has patterns only

    globs = [Glob(each) for each in use.paths]
    paths = dict.fromkeys(snapshot.names())
    texts = ((path, path.decode("utf-8", "surrogateescape")) for path in paths if not excluded(path))
    return tuple(path for path, text in texts if any(glob.match(text) for glob in globs))


def released(snapshot: Snapshot) -> frozenset[bytes]:
    """Return the names of the tags that a push sends: what they publish is judged with what its commits bring."""
    return frozenset(each.fact.name for each in snapshot.facts() if isinstance(each.fact, Released))


def lost(policy: Policy, snapshot: Snapshot, excluded: Callable[[bytes], bool]) -> tuple[tuple[Located, ...], tuple[Gap, ...]]:
    """Return the cards of which a change leaves less than its base has, where there is a base."""
    if snapshot.source not in {"index", "range"}:
        return (), ()
    from pytest_genomic_guard.inventory import before  # noqa: PLC0415 - where there is a base

    registry = (terms.registry for terms in _terms(policy))
    found, gaps = before.facts(snapshot, excluded, frozenset(path for each in registry for _pattern, path, _line in each))
    return tuple(found), tuple(gaps)


def _terms(policy: Policy) -> Iterator[CardTerms]:
    for root in (b"", *(project.root for project in policy.projects)):
        values = policy.settings("cards", root or b".")
        registry = tuple(
            (item["models"], item["card"].encode("utf-8", "surrogateescape"), item.line) for item in values.get("registry", ())
        )
        tier, fixtures = values.get("tier", "basic"), tuple(values.get("fixtures", ()))
        if registry:
            yield CardRegistry(root=root, tier=tier, registry=registry, fixtures=fixtures, file=policy.path or FILE)
        else:
            yield CardTerms(root=root, tier=tier, registry=registry, fixtures=fixtures)


def _carded(terms: Iterable[Fact], snapshot: Snapshot, excluded: Callable[[bytes], bool]) -> Iterator[Located]:
    """Yield the cards that the registry names and that a person says are cards: a scan does not see that they are."""
    paths = {path for each in terms if isinstance(each, CardRegistry) for _pattern, path, _line in each.registry}
    for path in sorted(path for path in paths if snapshot.find(path) is not None and not excluded(path)):
        from pytest_genomic_guard.views.cards import read, trees  # noqa: PLC0415 - where the policy has a registry only

        try:
            data = read_all(snapshot.open(path), trees.MOST + 1)
            card = None if read.plain(data, path) else read.card(data, path)
        except (Unreadable, trees.CardError):
            continue  # told where the file is scanned
        if card:
            yield Located(path=path, fact=card)


def _use(item: Any, file: bytes) -> DataUse:
    values: dict[str, Any] = {key: item.get(key, "") for key in _TEXTS} | {key: tuple(item.get(key, ())) for key in _LISTS}
    return DataUse(
        id=item["id"],
        line=item.line,
        controlled=item.get("controlled"),
        ai_training=item.get("ai-training", ""),
        share_models=item.get("share-models", ""),
        small_cell=item.get("small-cell"),
        use=_pairs(item, "use"),
        limits=_pairs(item, "limits"),
        file=file,
        **values,
    )


def _pairs(item: Any, key: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in item.get(key, {}).items()))


def _vendor(item: Any, file: bytes) -> Vendor:
    return Vendor(name=item["name"], line=item.line, expires=item.get("expires", ""), file=file)


def _attestation(item: Any, file: bytes) -> Attestation:
    return Attestation(id=item["id"], line=item.line, date=item["date"], expires=item["expires"], link="link" in item, file=file)
