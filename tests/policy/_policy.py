"""What the tests of the policy share: a folder with a policy, a scan of it, and where a text stands in another."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The runner of commands stands beside the tests of sources, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "sources"))

from _scratch import Ran, Repo, guard, hook, scan, valid

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "POLICY",
    "Ran",
    "Repo",
    "everything",
    "guard",
    "hook",
    "hook_policy",
    "inside",
    "judged",
    "place",
    "policy",
    "refused",
    "scan",
    "valid",
    "write",
]

POLICY = ".genomic-guard.yaml"
_REFUSED = re.compile(r"genomic-guard: \.genomic-guard\.yaml:(\d+):(\d+): ([^\n]+)\n")


def write(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files into a folder, which is made where it is not there; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return folder


def policy(**keys: Any) -> str:
    """Return a policy with these keys, with ``_`` for ``-``; JSON is YAML."""
    return json.dumps({"version": 1} | {key.replace("_", "-"): value for key, value in keys.items()}) + "\n"


def inside(*arguments: str | Path) -> Ran:
    """Run ``genomic-guard ARGUMENTS`` in this process: the door for tables of many cases and for properties."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(each) for each in arguments])
    assert "internal error" not in err.getvalue(), err.getvalue()
    return Ran(code, out.getvalue().encode(), err.getvalue().encode())


def judged(folder: Path, **files: bytes | str) -> Ran:
    """Write files, `policy` and those whose names end in ``_json``, into a folder, scan it in this process, return the JSON run."""
    names = {"policy": POLICY} | {name: name.replace("_json", ".json") for name in files if name.endswith("_json")}
    write(folder, {names[name]: data for name, data in files.items()})
    return inside("scan", "--format", "json", folder)


def hook_policy(repo: Repo) -> list[Ran]:
    """Run both hooks over what is staged."""
    return [hook(name, cwd=repo.root) for name in ("everything", "genomic")]


def refused(ran: Ran) -> tuple[int, int, str]:
    """Return line, column and message of a policy that was refused, with nothing on stdout."""
    found = _REFUSED.fullmatch(ran.err)
    assert found, (ran.code, ran.err)
    assert (ran.code, ran.out) == (2, "")
    return int(found[1]), int(found[2]), found[3]


def place(text: str, what: str) -> tuple[int, int]:
    """Return the 1-based line and column at which `what`, which must be unique, stands in a text with LF or CRLF."""
    assert text.count(what) == 1, (what, text)
    before = text[: text.index(what)].replace("\r\n", "\n").split("\n")
    return len(before), len(before[-1]) + 1


def everything() -> dict[str, Any]:
    """Return a policy with every key of this version, of which each does something; its digest is that of no file."""
    return {
        "version": 1,
        "profile": "research",
        "packs": ["nih-2025-03"],
        "select": ["GEN", "FAIR"],
        "ignore": [{"code": "FAIR101", "reason": "later"}],
        "exclude": [{"path": "third/**", "reason": "published"}],
        "small-cell": 11,
        "checks": {"GEN101": {"max-samples": 2}},
        "samples": {"public": ["hapmap"]},
        "waivers": [
            {
                "code": "GEN101",
                "path": "public.vcf",
                "sha256": samples.hexadecimal().decode(),
                "reason": "public",
                "owner": "steward",
                "expires": samples.later().decode(),
            }
        ],
        "synthetic": [
            {
                "path": "made.csv",
                "sha256": samples.hexadecimal().decode(),
                "generator": "seeded",
                "reason": "fixtures",
                "owner": "keeper",
                "expires": "2031-01-07",
            }
        ],
        "data-use": [
            {
                "id": "phs000178.v11",
                "controlled": True,
                "duo": ["GRU"],
                "ai-training": "allowed",
                "share-models": "paused",
                "closes": "2031-01-02",
                "generative": "forbidden",
                "dua": "signed",
                "dar": "12345",
                "owner": "data office",
                "irb": "board",
                "approval": "letter",
                "consent": ["GRU-NPU"],
                "aliases": ["tcga"],
                "small-cell": 11,
                "use": {"purpose": "general"},
                "limits": {"until": "2031-01-02"},
                "paths": ["derived/**"],
                "models": ["models/*.onnx"],
            }
        ],
        "vendors": [
            {
                "name": "host",
                "owner": "office",
                "baa": False,
                "link": "https://example.org/a",
                "expires": "2031-01-03",
                "terms": dict.fromkeys(("no-training", "security", "subprocessors", "breach", "location", "traces"), True),
                "diligence": dict.fromkeys(("assessments", "isolation", "de-identification", "updates", "governance"), "minutes"),
            }
        ],
        "attestations": [
            {"id": "800-171", "owner": "warden", "date": "2026-01-04", "expires": "2031-01-05", "link": "https://example.org/b"}
        ],
        "licences": {
            "allow-classes": ["permissive"],
            "allow": ["OSL-3.0"],
            "dev-groups": ["docs"],
            "dev-allow-classes": ["permissive"],
            "unknown": "fail",
            "conflict": "warn",
            "uncovered": "note",
            "own": "MIT OR Apache-2.0",
            "use": "non-commercial-research",
            "python": "envs/main",
            "exceptions": [
                {
                    "package": "igraph",
                    "versions": "<1",
                    "extra": "leiden",
                    "allow": ["GPL-2.0-or-later"],
                    "reason": "linked",
                    "owner": "counsel",
                    "expires": "2031-01-06",
                }
            ],
            "clarify": [
                {
                    "package": "other",
                    "versions": ">2",
                    "expression": "MIT",
                    "file": "COPYING",
                    "sha256": samples.hexadecimal().decode(),
                }
            ],
        },
        "cards": {"tier": "basic"},
        "fairness": {
            "triage": {
                "value": "m.json#/sex",
                "bounds": {"tpr.difference": "<= 0.10"},
                "decide": "point",
                "confidence": 0.9,
                "min-denominator": 30,
            },
            "rows": {
                "data": "rows.csv",
                "base": "before.csv",
                "against": "last.json",
                "model": "model.onnx",
                "y-true": "truth",
                "y-pred": "guess",
                "score": "risk",
                "time": "days",
                "weights": "weight",
                "cluster": "family",
                "pair-on": "person",
                "groups": ["ancestry", "sex"],
                "declared": {"ancestry": ["AFR", "EUR"]},
                "intersections": 2,
                "reference": "rest",
                "bins": 15,
                "resamples": 500,
                "bounds": {"tpr.difference": {"pass": "<= 0.05", "recalibrate": "<= 0.10"}, "auc.change": ">= -0.02"},
            },
            "cells": {"counts": "cells.csv", "groups": ["sex"], "bounds": {"tpr.ratio": ">= 0.8"}},
            "told": {"recorded": True, "bounds": {"auc.min": ">= 0.7"}},
        },
        "mia": {
            "attack": {
                "scores": "mia.npz",
                "references": "references.npz",
                "model": "model.onnx",
                "member": "is",
                "score": "loss",
                "higher-is": "non-member",
                "groups": ["sex"],
                "declared": {"sex": ["F"]},
                "match-on": ["age"],
                "covariates": ["site"],
                "attack": "lira",
                "min-attack": {"attack": "lira", "references": 16},
                "audit": "one-run",
                "canaries": 100,
                "guesses": 50,
                "correct": 40,
                "seed": 7,
                "delta": 0.00001,
                "canary": "row",
                "epsilon": {
                    "value": 7.5,
                    "delta": 0.00002,
                    "accountant": "prv",
                    "version": "v1",
                    "sampling": "poisson",
                    "batch": 64,
                    "noise": 1.5,
                    "steps": 1000,
                },
                "bounds": {"auc": "<= 0.60"},
                "decide": "pass-if-proven",
                "confidence": 0.97,
            },
            "told": {"value": "m.json#/auc", "bounds": {"auc": "<= 0.60"}},
        },
        "release": {
            "freqs": {
                "table": "freq.tsv",
                "scores": "power.tsv",
                "synthetic": "made.npz",
                "training": "training.npz",
                "holdout": "holdout.npz",
                "frequencies": "freq.npz",
                "members": "members.npz",
                "non-members": "others.npz",
                "reference": "panel.npz",
                "member": "is",
                "score": "lr",
                "ancestry": "population",
                "higher-is": "member",
                "match-on": ["population"],
                "mismatch": 0.01,
                "related": 0.2,
                "error-rate": 0.002,
                "sensitive": False,
                "n": 812,
                "n-ref": 500,
                "bounds": {"power": "<= 0.2"},
                "decide": "fail-if-proven",
                "confidence": 0.96,
            },
            "planned": {"variants": 3000, "n": 812},
        },
        "on-inconclusive": {"fairness": "warn", "mia": "note", "release": "fail"},
        "projects": [
            {
                "root": "services/a",
                "licences": {"unknown": "note"},
                "cards": {"tier": "release"},
                "fairness": {"f": {"value": "f.json#", "bounds": {"ppv.min": ">= 0.7"}}},
                "mia": {"m": {"scores": "m.npz", "higher-is": "member", "bounds": {"advantage": "<= 0.1"}}},
                "release": {"r": {"n": 9}},
            }
        ],
        "plugins": [],
        "policy-changes": "accept",
    }
