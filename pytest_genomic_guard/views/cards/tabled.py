"""Cards as JSON or YAML of nobody's schema: a file whose name says that it is one, with keys that are the headings of a card.

It is read as the Markdown that it would be: a heading for each key, the values below. Lines are led back to those of the keys.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures, forms, trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.cards.nouns import Card, Kind, Metric, Section
    from pytest_genomic_guard.views.cards.trees import Read, Tree

OWN = re.compile(
    rb"^[ \t{]{0,16}[\"']?(?:model[_ -]?name|intended[_ -]?uses?|limitations|training[_ -]?data|out[_ -]?of[_ -]?scope(?:_uses?)?|"
    rb"evaluation(?:_results)?|performance(?:_metrics)?|model[_ -]?details|risk_tier|licen[cs]e|architecture|checkpoints|"
    rb"data_source|intendedUse|trainingData|metrics|datasets)[\"']?[ \t]{0,4}:",
    re.MULTILINE | re.IGNORECASE,
)
_LEAST = 2  # keys of a card that a file has
_CHARACTERS = 200_000


def is_one(data: bytes) -> bool:
    """Tell whether a file has keys of a card."""
    return len({each[0].strip().lower() for each in OWN.finditer(data)}) >= _LEAST


def card(read: Read, at: Location, *, kind: Kind = "model") -> Card | None:
    """Return the card that a table is, None for a schema and for what is no table."""
    from pytest_genomic_guard.views.cards import markdown, sources  # noqa: PLC0415 - where there is a card only
    from pytest_genomic_guard.views.cards.nouns import Card  # noqa: PLC0415 - as above

    tree = trees.table(read.tree)
    if not tree or {"$schema", "$defs", "@context", "openapi", "jsonrpc"} & {*tree}:
        return None
    parts: list[str] = []
    lines: list[int] = []
    _written(read, tree, 1, parts, lines)
    body = "\n".join(parts)
    prose = markdown.read(body.encode("utf-8", "replace"), 1, kind=kind)
    settled, licence = _licence(read, tree)
    metrics = _metrics(tree)
    if metrics:
        settled.append(figures.section(metrics, read.line("metrics", "performance_metrics", "performance", "evaluation")))
    said = [each.replace(line=lines[min(each.line, len(lines)) - 1] if each.line and lines else 0) for each in prose.sections]
    tier = trees.word(tree.get("risk_tier"))
    return Card(
        at=at,
        kind=kind,
        form="table",
        tier=tier if tier in {"basic", "research", "release"} else "",  # type: ignore[arg-type]
        generative={"true": True, "false": False}.get(trees.word(tree.get("generative")).lower()),
        hint=prose.hint,
        clinical=lines[min(prose.clinical, len(lines)) - 1] if prose.clinical and lines else 0,
        text=prose.text,
        invented=prose.invented,
        nobody=prose.nobody,
        sections=forms.best([*settled, *said]),
        names=forms.called(*(trees.word(tree.get(key)) for key in ("model_name", "name", "id"))),
        base_models=forms.ids(trees.word(each) for each in trees.listed(tree.get("base_model"))),
        datasets=forms.ids(trees.word(each) for each in trees.listed(tree.get("datasets"))),
        sources=sources.of_markdown(body.encode("utf-8", "replace"), ()),
        licence=licence,
        metrics=metrics,
    )


def _licence(read: Read, tree: dict[str, Tree]) -> tuple[list[Section], str]:
    """Return what is said of the licence, of code, weights and data where they are kept apart."""
    found: list[Section] = []
    licence = ""
    for value in trees.listed(tree.get("license", tree.get("licence"))):
        for told in list(value.values()) if isinstance(value, dict) else [value]:
            section, known = forms.licence(trees.word(told), read.line("license", "licence"))
            found.append(section)
            licence = licence or known
    return found, licence


def _written(read: Read, tree: dict[str, Tree], level: int, parts: list[str], lines: list[int]) -> None:
    """Write a table as Markdown, and of each line of that the line of its key."""
    for key, value in tree.items():
        line = read.line(key)
        heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.replace("_", " ").replace("-", " "))[:80]
        said = [f"{'#' * min(level, 6)} {heading}", ""]
        inner = isinstance(value, dict)
        if not inner:
            said += [f"- {each}" for each in trees.words(value).split("\n") if each] + [""]
        elif all(isinstance(each, trees.Number) for each in value.values()):  # type: ignore[union-attr]
            said += [f"- {name}: {each}" for name, each in value.items()] + [""]  # type: ignore[union-attr]
            inner = False
        parts += said
        lines += [line] * len(said)
        if inner and level < 8 and len(parts) < 5000:
            _written(read, value, level + 1, parts, lines)  # type: ignore[arg-type]


def _metrics(tree: dict[str, Tree]) -> tuple[Metric, ...]:
    """Return the figures of tables whose key says that they are results."""
    found: tuple[Metric, ...] = ()
    for key, value in tree.items():
        if isinstance(value, dict):
            if re.search(r"(?i)metric|perform|result|evaluat|score", key):
                found += tuple(each.replace(line=0) for each in figures.of_table(value, 0))
            else:
                found += _metrics({name: each for name, each in value.items() if isinstance(each, dict)})
    return found[: figures.MOST]
