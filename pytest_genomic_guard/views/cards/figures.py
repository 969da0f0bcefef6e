"""Figures of cards and of files of metrics: names that mean the same are one, and a figure keeps how exactly it was written."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import trees
from pytest_genomic_guard.views.cards.nouns import Metric, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.trees import Tree

MOST = 400  # figures of one card or file
_FIGURE = regex(r"[~≈]?\s{0,2}([+-]?(?:\d{1,12}(?:,\d{3}){0,3}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?)\s{0,2}(%?)")
_SPLITS = {  # what trainers call `eval` is any data but those of training
    "eval": "evaluation", "evaluation": "evaluation", "val": "validation", "valid": "validation", "validation": "validation",
    "dev": "validation", "test": "test", "predict": "test", "holdout": "test", "train": "train", "training": "train",
}  # fmt: skip
_SAME = {
    "acc": "accuracy", "rocauc": "auroc", "auc": "auroc", "aucroc": "auroc", "roc-auc": "auroc", "auc-roc": "auroc",
    "prauc": "auprc", "pr-auc": "auprc", "aupr": "auprc", "average-precision": "auprc", "f1-score": "f1", "f-score": "f1",
    "f1score": "f1", "matthews-correlation": "mcc", "matthews-correlation-coefficient": "mcc", "r2-score": "r2", "r-squared": "r2",
    "mean-absolute-error": "mae", "mean-squared-error": "mse", "root-mean-squared-error": "rmse", "root-mean-square-error": "rmse",
    "sensitivity": "recall", "word-error-rate": "wer", "ppl": "perplexity", "brier": "brier-score", "dice-score": "dice",
    "mean-dice": "dice", "val-mean-dice": "dice", "prec": "precision", "balanced-acc": "balanced-accuracy",
    "intersection-over-union": "iou", "em": "exact-match", "area-under-the-roc-curve": "auroc", "accuracy-score": "accuracy",
    "recall-score": "recall", "precision-score": "precision", "roc-auc-score": "auroc",
}  # fmt: skip
_KNOWN = frozenset(
    [
        "accuracy",
        "f1",
        "precision",
        "recall",
        "auroc",
        "auprc",
        "mcc",
        "bleu",
        "sacrebleu",
        "rouge",
        "rouge1",
        "rouge2",
        "rougel",
        "rougelsum",
        "wer",
        "cer",
        "perplexity",
        "loss",
        "mse",
        "rmse",
        "mae",
        "r2",
        "dice",
        "iou",
        "kappa",
        "specificity",
        "ppv",
        "npv",
        "brier",
        "ece",
        "fid",
        "spearman",
        "spearmanr",
        "pearson",
        "pearsonr",
        "map",
        "mrr",
        "ndcg",
        "ter",
        "meteor",
        "chrf",
        "psnr",
        "ssim",
        "mape",
        "logloss",
        "silhouette",
        "cindex",
        "concordance",
        "exact",
        "match",
    ]
)


def named(name: str) -> tuple[str, str]:
    """Return the name of a metric as it is compared, and the split that the name holds; nothing for what is no metric."""
    low = re.sub(r"([a-z])([A-Z])", r"\1-\2", name.strip()[:80]) if not name.isupper() else name
    parts = [each for each in re.split(r"[^a-z0-9]+", low.lower()) if each]
    split = next((_SPLITS[each] for each in parts if each in _SPLITS), "")
    parts = [each for each in parts if each not in _SPLITS and each not in {"set", "the", "on", "score", "metric", "final", "best"}]
    whole = "-".join(parts)
    kept = _SAME.get(whole, whole)
    parts = sorted(_SAME.get(each, each) for each in kept.split("-"))
    return ("-".join(parts), split) if _KNOWN.intersection(parts) else ("", "")


def measured(name: str, value: str, *, data: str = "", split: str = "", line: int = 0) -> Metric | None:
    """Return a figure, None where the name is of no metric or the value is no number."""
    metric, said = named(name)
    found = _FIGURE.fullmatch(value.strip().strip("*`_")) if metric else None
    if not found:
        return None
    digits = found[1].replace(",", "")
    after = len(digits.lower().partition("e")[0].partition(".")[2]) - int(digits.lower().partition("e")[2] or 0)
    return Metric(
        metric=metric,
        value=float(digits),
        data=normal(data),
        line=line,
        percent=bool(found[2]),
        split=_SPLITS.get(split.lower(), split.lower()) or said,
        digits=after,
    )


def normal(name: str) -> str:
    """Return the name of a data set as it is compared."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().rpartition("/")[2])[:80].strip("-")


def of_table(tree: dict[str, Tree], line: int, prefix: str = "", depth: int = 0) -> tuple[Metric, ...]:
    """Return the figures of a table of metrics, of tables in it too."""
    return tuple(_of_table(tree, line, prefix, depth))[:MOST]


def _of_table(tree: dict[str, Tree], line: int, prefix: str, depth: int) -> Iterator[Metric]:
    for key, value in tree.items():
        if isinstance(value, dict) and depth < 4:
            yield from _of_table(value, line, f"{prefix} {key}".strip(), depth + 1)
        elif isinstance(value, str) and trees.number(value) is not None:
            found = measured(key, value, line=line, data=prefix, split=named_split(prefix))
            found = found or measured(f"{prefix} {key}", value, line=line)
            if found:
                yield found.replace(data="" if named_split(prefix) else found.data)


def named_split(name: str) -> str:
    """Return the split that a name is of, where it is nothing else."""
    return _SPLITS.get(name.strip().lower(), "")


def section(metrics: tuple[Metric, ...], line: int, *, others: int = 0) -> Section:
    """Return the section on evaluation that figures are; without any it is a heading."""
    told = bool(metrics) or others > 0
    return Section(name="evaluation", status="stated" if told else "mentioned", why="" if told else "heading", line=line)


def counted(tree: Tree) -> int:
    """Return how many numbers a value holds."""
    if isinstance(tree, dict):
        return sum(map(counted, tree.values()))
    if isinstance(tree, list):
        return sum(map(counted, tree[:MOST]))
    return int(tree is not None and re.match(r"\s{0,8}[~≈<>]?\s{0,4}[+-]?\d", tree) is not None)


def shown(metric: str) -> str:
    """Return of the name of a metric the words that are those of metrics: others can be anybody's."""
    return "-".join(each for each in metric.split("-") if each in _KNOWN)
