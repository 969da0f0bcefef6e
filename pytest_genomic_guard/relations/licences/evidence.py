"""What relations over the evidence of licences have in common."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend
from pytest_genomic_guard.views.licences.showing import shown, shown_step, shown_version

REFRESH = Mend(
    not_pushed="install what is required, run `genomic-guard licences refresh`, and commit the licence lock that it writes",
    pushed="run `genomic-guard licences refresh` in the project's environment, and commit what it writes",
    public="run `genomic-guard licences refresh`, commit what it writes, and look at what it finds in what was released",
)
INSTALL = Mend(
    not_pushed="bring environment, manifests and lock together: install from the lock, lock again, or declare what is there",
    pushed="install from the lock, lock again, or declare what is there, in a further commit",
    public="install from the lock, lock again, or declare what is there, and scan what was released as it was installed",
)


def subject(name: str, version: str = "", why: tuple[str, ...] = ()) -> str:
    """Return ``name==version`` with the path that leads to it."""
    about = f"{shown(name)}=={shown_version(version)}" if version else shown(name)
    return f"{about} ({' -> '.join(map(shown_step, why[:8]))})" if len(why) > 1 else about
