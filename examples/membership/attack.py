"""Train two models on half of a data set and attack them, to tell who was in that half.

    python attack.py [FOLDER]

Writes for each model FOLDER/NAME.csv, a row for every person with its score under the attacked model, and
FOLDER/NAME/references.npz, the same people's scores under 32 models trained on other halves. The gates read both.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
from joblib import parallel_config
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pytest_genomic_guard import references

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCES = 32
SEED = 20
FEATURES, DIAGNOSIS = load_breast_cancer(return_X_y=True)  # of 569 people; scikit-learn brings them along (Wisconsin, 1995)


def forest(seed: int, mask: Any) -> Any:
    """Train trees that end in pure leaves, on all rows each: they know every person that they saw."""
    return _trained(RandomForestClassifier(30, bootstrap=False, random_state=seed), mask)


def regularised(seed: int, mask: Any) -> Any:
    """Train a linear model that is held back: no person moves it much."""
    del seed  # it has no luck
    return _trained(make_pipeline(StandardScaler(), LogisticRegression(C=0.1)), mask)


MODELS: dict[str, Callable[[int, Any], Any]] = {"forest": forest, "regularised": regularised}


def _trained(model: Any, mask: Any) -> Any:
    """Train on some people, and return a score for all: the log odds of what is true of them, about normal, more for members."""
    model.fit(FEATURES[mask], DIAGNOSIS[mask])
    sure = model.predict_proba(FEATURES)[np.arange(len(DIAGNOSIS)), DIAGNOSIS].clip(1e-3, 1 - 1e-3)
    return np.log(sure / (1 - sure))


def audit(name: str, folder: str) -> tuple[str, str]:
    """Train a model and its references, and return the files of scores and of the references' scores."""
    member = references.members(len(DIAGNOSIS), 0, seed=SEED)  # a half that the references' plan does not know
    score = MODELS[name](SEED, member)
    place = os.path.join(folder, name)
    references.train(MODELS[name], len(DIAGNOSIS), models=REFERENCES, seed=SEED + 1, folder=place)
    table = os.path.join(folder, f"{name}.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("member,score,diagnosis\n")
        file.writelines(
            f"{int(inside)},{value:.9g},{'benign' if which else 'malignant'}\n"
            for inside, value, which in zip(member, score, DIAGNOSIS, strict=True)
        )
    return table, references.matrix(place)


if __name__ == "__main__":
    with parallel_config(n_jobs=os.cpu_count()):
        for each in MODELS:
            print(*audit(each, sys.argv[1] if len(sys.argv) > 1 else "audit"), sep="\n")
