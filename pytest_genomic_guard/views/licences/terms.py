"""What the repository's policy allows of licences, as a fact: relations see facts and options, and no policy."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact

DEFAULT = ("permissive", "weak-copyleft")  # of the profile `research` (DESIGN 6)


class Terms(Fact):
    """What is allowed below one folder: the engine makes one of the policy, and one of each of its projects."""

    root: bytes = b""  # the folder, relative to the root of the scan
    classes: tuple[str, ...] = DEFAULT
    ids: tuple[str, ...] = ()  # SPDX ids that are allowed besides
    own: str = ""  # the project's own licence, where the policy names it
    use: str = "any"  # for what models and data are used: `any`, or `non-commercial-research`
