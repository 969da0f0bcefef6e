"""A card in Markdown: its front matter, as the Hugging Face Hub reads it, together with what its text says.

Front matter alone states three things: the licence, on which data sets the model was trained, and figures of an evaluation.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.cards import figures, forms, frontmatter, markdown, printed, sources, titles
from pytest_genomic_guard.views.cards.nouns import TASK, Card, Section
from pytest_genomic_guard.views.cards.trees import CardError
from pytest_genomic_guard.views.licences import cardkeys, cards
from pytest_genomic_guard.views.licences.manifests import yamls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.frontmatter import Front
    from pytest_genomic_guard.views.cards.nouns import By, Fault, Kind, Metric
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml

NAMED = regex(rb"(?:^|/)(?:[^/]*[-_. ])?(?:(?:model|data|dataset|system)[-_ ]?card|datasheet)(?:[-_. ][^/]*)?$", re.IGNORECASE)
# Pages about cards; in the plural, what lists them
_WRITES = frozenset(("text-generation", "text2text-generation", "image-text-to-text"))  # of `pipeline_tag`
_ABOUT = regex(
    rb"(?:^|[-_./ ])(?:annotated|appendix|guide|guidebook|guidelines?|landscape|prompt|spec|schema|how-?to|tutorial|checklist|"
    rb"instructions|generator|docs/source|docs/hub)(?:[-_./ ]|$)",
    re.IGNORECASE,
)
_FOLDER = regex(rb"(?:^|/)(?:model|data|dataset)[-_ ]?cards?/[^/]+$", re.IGNORECASE)
_INDEX = regex(rb"(?:^|/)(?:readme|index|contributing|changelog|template)\b[^/]*$", re.IGNORECASE)
_README = regex(rb"(?:^|/)readme\.(?:md|markdown|mdx)$", re.IGNORECASE)
TEMPLATE = regex(rb"template|cookiecutter|boilerplate|\{\{", re.IGNORECASE)  # a form to be filled in
_PLACES = regex(rb"\{\{[^{}\n]{1,200}\}\}|\{%")
# What a README has to have so that it can be a card by its headings: this alone is asked of every README
HEADED = regex(
    rb"^(?:#{1,6}[ \t]|\*\*|=|<h\d)[^\n]{0,60}(?:model card|intended use|out[- ]of[- ]scope|limitation|training data|training set|"
    rb"pre-?train|evaluation|ethical|bias|model (?:details|description|weights)|checkpoints?|data ?sets?|benchmark|results)",
    re.IGNORECASE | re.MULTILINE,
)


def by_name(path: bytes) -> bool:
    """Tell whether a file is a card by what it, or its folder, is called."""
    stem = path.rpartition(b".")[0] or path
    if _ABOUT.search(path):
        return False
    return NAMED.search(stem) is not None or (_FOLDER.search(path) is not None and _INDEX.search(path) is None)


def read(data: bytes, path: bytes, *, asked: bool = False) -> Card | None:
    """Return the card that a file is, None where it is none; `asked`: a person says that it is. Raises `CardError`."""
    if not asked and TEMPLATE.search(path):
        return None
    front, named = frontmatter.found(data), by_name(path)
    fields: dict[str, Yaml] = {}
    faults: list[Fault] = []
    by: By | None = "name" if named else None
    if front is not None:
        fields, faults, reason = frontmatter.keys(front)
        told = _told(front, fields, path, card=named or _README.search(path) is not None)
        if reason and (told or named):
            raise CardError(reason)
        if told is None and not asked:
            return None
        by, faults = ("form", faults) if told else (by, [])
    if by is None and not asked and not (_README.search(path) and HEADED.search(data)):
        return None
    start = front.end if front is not None and front.closed and (fields or faults) else 0
    kind = _kind(path, fields, named=named)
    first = data.count(b"\n", 0, start)
    if by is None and not asked and not markdown.cardlike(data[start:]):
        return None
    prose = markdown.read(data[start:], first + 1, kind="model" if kind == "unclear" else kind)
    by = by or "headings"
    return _card(data[start:], path, fields, first_line=first + 1, front=front, faults=faults, by=by, kind=kind, prose=prose)


def _kind(path: bytes, fields: dict[str, Yaml], *, named: bool) -> Kind:
    """Tell of what a card is: by its keys, and where it has none by its name."""
    name = path.rpartition(b"/")[2]
    if named and not fields:
        return "dataset" if re.search(rb"(?i)data", name if NAMED.search(name.rpartition(b".")[0]) else path) else "model"
    found = cardkeys.kind({*fields}, name.rpartition(b".")[0]) if fields else "model"
    found = "model" if found == "unclear" and "generative" in fields else found  # a key that models alone have
    return "model" if named and found == "unclear" else found


def _told(front: Front, fields: dict[str, Yaml], path: bytes, *, card: bool) -> bool | None:
    """Tell whether front matter is that of a card: False where nothing tells, None where it is that of something else."""
    keys = {*fields}
    if not keys:  # no YAML, or no table
        hints = frontmatter.hints(front)
        own = hints & cardkeys.OWN
        other = cardkeys.OTHERS.search(front.data) or _PLACES.search(front.data)
        told = (
            bool((own and (card or len(own) > 1)) or (card and len(hints & {"license", "datasets", "tags", "metrics"}) > 0))
            and not other
        )
        return True if told else False if card else None
    if sum(cardkeys.placed(node) for node in fields.values()) > 1:
        return None  # a form to be filled in
    extra = keys & {"risk_tier", "generative"}
    sure = cardkeys.sure(keys - extra, card=card)
    if sure is not None or extra or (card and any(map(frontmatter.meant, keys))):
        return True
    return None if keys & cardkeys.FOREIGN - {"author", "authors", "date"} and not NAMED.search(path.rpartition(b".")[0]) else False


def _card(  # noqa: PLR0913 - all that was read of one file
    body: bytes,
    path: bytes,
    fields: dict[str, Yaml],
    *,
    first_line: int,
    front: Front | None,
    faults: list[Fault],
    by: By,
    kind: Kind,
    prose: markdown.Prose,
) -> Card:
    first = front.first if front else 0
    settled, licence = _licence(fields, first)
    evaluated, metrics, odd = _evaluated(fields, first)
    settled += evaluated
    datasets = cards.ids(fields.get("datasets"))
    if datasets and kind != "dataset":
        settled.append(Section(name="training-data", status="stated", line=yamls.line(fields["datasets"]) + first))
    tier, generative = yamls.text(fields.get("risk_tier")), yamls.text(fields.get("generative")).lower()
    writes = yamls.text(fields.get("pipeline_tag")) in _WRITES
    return Card(
        at=Location(path=path, line=1),
        kind=kind,
        by=by,
        form="datasheet" if re.search(rb"(?i)datasheet", path.rpartition(b"/")[2]) else "markdown",
        tier=tier if tier in frontmatter.TIERS else "",  # type: ignore[arg-type]
        generative={"true": True, "false": False}.get(generative),
        hint=TASK if writes else prose.hint,
        clinical=prose.clinical,
        text=prose.text or writes,
        invented=prose.invented,
        nobody=prose.nobody,
        draft=any(each.code == "CARD202" for each in prose.faults),
        sections=forms.best([*settled, *prose.sections]),
        names=cards.known_names(fields),
        title=titles.of_heading(body),
        base_models=cards.ids(fields.get("base_model")),
        datasets=(*datasets, *cards.ids(fields.get("source_datasets"))),
        sources=sources.of_markdown(body, _listed(fields.get("datasets"))),
        licence=licence,
        metrics=(*metrics, *printed.of(body, first_line))[: figures.MOST],
        faults=(*faults, *odd, *prose.faults),
    )


def _evaluated(fields: dict[str, Yaml], first: int) -> tuple[list[Section], list[Metric], list[Fault]]:
    """Return by the keys of front matter the section on an evaluation, its figures, and what is wrong with them."""
    node = fields.get("model-index")
    if node is not None:
        from pytest_genomic_guard.views.cards.index import Index  # noqa: PLC0415 - for cards that have one

        index = Index(node, first)
        line = index.metrics[0].line if index.metrics else yamls.line(node) + first
        return [figures.section((), line, others=index.values)], index.metrics, index.faults
    listed = fields.get("metrics")
    if listed is not None and _listed(listed):
        return [Section(name="evaluation", status="mentioned", why="heading", line=yamls.line(listed) + first)], [], []
    return [], [], []


def _listed(node: Yaml) -> list[str]:
    """Return the words of a list, or of the one value that stands for it."""
    if node is None:
        return []
    return [told for each in (node.value[:400] if node.id == "sequence" else [node]) if (told := yamls.text(each))]


def _licence(fields: dict[str, Yaml], first: int) -> tuple[list[Section], str]:
    """Return the section on the licence, and its id where there is a single one."""
    found: list[Section] = []
    ids: list[str] = []
    for key in cardkeys.LICENCE:
        node = fields.get(key)
        for value in _listed(node) or ([""] if node is not None else []):
            line = (yamls.line(node) if node is not None else 0) + first
            section, known = forms.licence(value, line)
            if value.strip().lower() == "other":  # its name says which
                name = next(iter(_listed(fields.get("license_name"))), "")
                section, known = forms.licence(name, line) if name else (section.replace(status="mentioned", why="placeholder"), "")
            found.append(section)
            ids += [known] if known else []
    return found, ids[0] if len(set(ids)) == 1 else ""
