"""Which files can be cards of models or data, or metrics beside them: by name alone, for every text of a run."""

from __future__ import annotations

_EXACT = frozenset({b"metadata.json", b"model.yaml", b"model.yml", b"model-template.yaml", b"card.json", b"dvclive.json"})
_DATA = (b".json", b".xml", b".yaml", b".yml", b".jsonld")
_WORDS = (b"card", b"croissant", b"bom", b"cdx", b"datasheet")
_METRICS = frozenset({b"metrics.json", b"results.json", b"trainer_state.json", b"metrics.yaml", b"scores.json", b"evaluation.json"})


def may_be(path: bytes) -> bool:
    """Tell whether a file can be a card, by its name; `read` looks closer."""
    low = path[-96:].lower()
    if low.endswith((b".md", b".markdown", b".mdx", b".xml")):  # cards of CHAI are called by their models
        return True
    name = low.rpartition(b"/")[2]
    if name in _EXACT or metric(low):
        return True
    return name.endswith(_DATA) and (any(word in name for word in _WORDS) or b"cards/" in low)


def metric(path: bytes) -> bool:
    """Tell whether a file can be one of metrics, by its name."""
    name = path.rpartition(b"/")[2].lower()
    if b".eval_results/" in path.lower() and name.endswith((b".yaml", b".yml")):
        return True
    return name in _METRICS or name.endswith(
        (b"_metrics.json", b"_results.json", b"-metrics.json", b"_metrics.yaml", b"_scores.json")
    )
