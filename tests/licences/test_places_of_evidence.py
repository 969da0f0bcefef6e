"""Where it is told that nothing tells of packages: at the manifest of their ecosystem, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.inventory.build import build
from pytest_genomic_guard.inventory.result import Asked
from pytest_genomic_guard.model import Facts, Located, Options
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.relations.licences.lic906 import LIC906
from pytest_genomic_guard.sources.worktree import Directory
from pytest_genomic_guard.views.licences.nouns import Elsewhere

if TYPE_CHECKING:
    from pathlib import Path

CONDA = "name: x\ndependencies:\n  - samtools\n  - pip\n  - pip:\n    - requests\n"


@pytest.mark.parametrize("other", ["requirements.txt", "setup.cfg"])
def test_python_packages_are_told_at_the_manifest_of_python(tmp_path: Path, other: str) -> None:
    """Although an `environment.yml` names packages of pip, too."""
    (tmp_path / "environment.yml").write_text(CONDA)
    (tmp_path / other).write_text("numpy==1.26.0\n" if other[0] == "r" else "[options]\ninstall_requires =\n  numpy\n")
    found = build(Directory(bytes(tmp_path)), Policy(), lambda _path: False, Asked(environ={}, own="/none"))
    assert {part.ecosystem: part.path for part in found.parts} == {"python": other.encode(), "conda": b"environment.yml"}


def test_an_image_is_told_once_and_is_no_development() -> None:
    """What pip, R and conda install in one image is one line."""
    image = [Located(path=b"Dockerfile", fact=Elsewhere(count=count, why="dev")) for count in (2, 3)]
    others = [Located(path=b"pyproject.toml", fact=Elsewhere(count=1, why="dev")), image[0].replace(path=b"a/Dockerfile")]
    found = list(LIC906().look(Facts([*image, *others]), Options()))
    assert [(each.location.path, each.message.partition(":")[0]) for each in found] == [
        (b"Dockerfile", "5 packages that an image installs are not installed here"),
        (b"pyproject.toml", "1 package of development is not installed"),
        (b"a/Dockerfile", "2 packages that an image installs are not installed here"),
    ]
