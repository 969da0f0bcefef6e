"""Plots of gates: the groups with their intervals, and what an attack finds at each false-positive rate. Needs the extra ``plots``.

What a plot shows is what the report tells: a group that is masked there has no mark here, and the curve of an attack begins where
more than a small number of non-members stand behind a rate.
"""

from __future__ import annotations

import os

from pytest_genomic_guard.cli.session import UsageError, tell
from pytest_genomic_guard.report import GroupFigure
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.report import GateVerdict

    Curve = tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]  # fpr, tpr, and the ends of its interval

FORMS = (".svg", ".png")
_COLOURS = {"pass": "#1b7837", "fail": "#b2182b"}  # told by shape too, for those who see no difference between them
_OTHER = "#555555"
_MARKS = {"pass": "o", "fail": "X"}
_GROUPS = 40  # of one panel


def draw(shown: Sequence[GateVerdict], place: str, curve: Curve | None = None, *, judged: bool = True) -> None:
    """Draw a panel for each bound, and the curve of an attack. Raises `UsageError`."""
    if os.path.splitext(place)[1].lower() not in FORMS:
        raise UsageError("--plot needs a file that ends in .svg or .png")
    try:
        import matplotlib as mpl  # noqa: PLC0415 - half a second, and an extra
        from matplotlib.figure import Figure  # noqa: PLC0415 - as above
    except ImportError:
        raise UsageError("--plot needs matplotlib: pip install 'pytest-genomic-guard[plots]'") from None
    panels = len(shown) + (curve is not None)
    heights = [max(2.0, 0.8 + 0.28 * min(len(verdict.groups), _GROUPS)) for verdict in shown] + ([4.0] if curve else [])
    # Nothing in a file tells when or by whom it was made: the same figures give the same bytes.
    with mpl.rc_context({"svg.hashsalt": "genomic-guard", "svg.fonttype": "none", "font.size": 9}):
        drawn = Figure(figsize=(7, sum(heights)), layout="constrained")
        axes = drawn.subplots(panels, 1, squeeze=False, gridspec_kw={"height_ratios": heights})[:, 0]
        for axis, verdict in zip(axes, shown, strict=False):
            _groups(axis, verdict, judged=judged)
        if curve:
            _curve(axes[-1], curve)
        try:
            drawn.savefig(place, metadata={"Date": None} if place.lower().endswith(".svg") else {"Software": None}, dpi=150)
        except OSError:
            raise UsageError("the plot could not be written") from None
    tell(f"written: {printable(os.path.relpath(place))}")


def _groups(axis: Any, verdict: GateVerdict, *, judged: bool) -> None:
    """Draw a group in each line: its figure, its interval, and its n."""
    everybody = GroupFigure(group="all", n=verdict.n, value=verdict.value, interval=verdict.interval, verdict=verdict.verdict)
    groups = [group for group in verdict.groups or (everybody,) if group.value is not None and group.n is not None][:_GROUPS]
    names = []
    for at, group in enumerate(groups):
        colour = _COLOURS.get(group.verdict, _OTHER) if judged else _OTHER
        if group.interval:
            axis.plot(group.interval, (at, at), color=colour, linewidth=1.5, solid_capstyle="butt")
        axis.plot([group.value], [at], color=colour, marker=_MARKS.get(group.verdict, "o") if judged else "o", linestyle="")
        names.append(f"{printable(group.group)}  (n = {group.n:,})")
    hidden = max(0, len(verdict.groups) - len(groups))
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(max(len(names), 1) - 0.5, -0.5)
    axis.grid(axis="x", linewidth=0.4, alpha=0.6)
    axis.set_xlabel(verdict.metric.rpartition(".")[0] if verdict.kind == "fairness" else verdict.metric)
    told = f"{verdict.metric}" + (f" must be {verdict.bound}: {verdict.verdict}" if judged else "")
    if verdict.value is not None and verdict.interval:
        told += (
            f"\n{verdict.value:.3g}, {verdict.confidence * 100:g}% interval {verdict.interval[0]:.3g} to {verdict.interval[1]:.3g}"
        )
    told += f"\n{hidden} groups are masked or undefined" if hidden else ""
    axis.set_title(told, loc="left", fontsize=9)


def _curve(axis: Any, curve: Curve) -> None:
    """Draw true-positive rates over false-positive rates on logarithmic axes: a leak of a few people shows at the left end."""
    fpr, tpr, low, high = curve
    axis.fill_between(fpr, low, high, color="#4393c3", alpha=0.25, linewidth=0)
    axis.plot(fpr, tpr, color="#2166ac", linewidth=1.5, label="attack")
    axis.plot(fpr, fpr, color=_OTHER, linewidth=1, linestyle="--", label="chance")
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(bottom=min(fpr), top=1)
    axis.set_xlabel("false-positive rate")
    axis.set_ylabel("true-positive rate")
    axis.grid(linewidth=0.4, alpha=0.6)
    axis.legend(loc="lower right")
    axis.set_title("what the attack finds of members", loc="left", fontsize=9)
