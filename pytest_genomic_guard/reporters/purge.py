"""The short guide to taking something out again, by how far it went; the long one is docs/purge.md."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_KEEP = "Keep this document, and a sealed copy of the repository as it is, until whoever gave the data agrees to their deletion."
_LOCAL = (
    "the last commit: `git rm --cached PATH`, then `git commit --amend`; an older one: `git rebase --interactive`",
    "many commits: `git filter-repo --invert-paths --paths-from-file LIST`, with all paths of section 5 in LIST",
    "delete the tags, notes and stashes that keep it (`git tag -d`, `git notes remove`, `git stash drop`)",
    "`git reflog expire --expire=now --all` and `git gc --prune=now`, in every work tree and clone of yours",
)
_PUSHED = (
    "stop pushing, tell everybody with a clone; change every credential that was in it, since deleting takes none back",
    "rewrite in a fresh clone: `git filter-repo --sensitive-data-removal --invert-paths --paths-from-file LIST`, with its tags",
    "push by force with everybody's agreement: `git push --force --mirror origin`; delete branches and tags that still hold it",
    "close requests, delete forks: their refs (`refs/pull/*`, `refs/merge-requests/*`) keep the objects, and no push changes them",
    "ask the host's support to remove these refs, cached views, unreachable objects, objects of git-lfs, releases, pages, CI",
    "everybody clones anew: one push from an old clone brings it back",
)
_PUBLIC = (
    "treat it as disclosed: deleting does not undo a copy, and deleting first destroys what is needed to tell who was affected",
    "make the repository private, then tell, before anything is purged:",
)
_AFTER = (
    "purge as for pushed; where a fork or a mirror is not yours, use the host's form for private information or for takedowns",
    "ask archives and search engines too (Software Heritage, package registries, Zenodo, the Internet Archive)",
)


def guide(told: dict[str, Any]) -> Iterator[str]:
    """Yield the section: what holds for the findings there are, and what would hold if the signer knows of more."""
    states = [place["state"] for place in told["findings"] if place["outcome"] in {"fail", "warn"}]
    number = {state: states.count(state) for state in ("not pushed", "pushed", "unknown")}
    yield "## 7. What to do"
    yield ""
    if not states:
        yield "Nothing was found that would have to be taken out. Should something be found later:"
    else:
        counts = ", ".join(f"{count} {state}" for state, count in number.items())
        yield f"Places that fail or warn, by state: {counts}. {_KEEP}"
    yield ""
    yield (
        "A state is what this clone knows: *pushed* means that a ref of a remote reaches the content, *not pushed* that none does,"
        " *unknown* that there is no such ref at all, or that a tag or note holds it, whose push leaves no trace here. A push from"
        " another clone, or to a bare address, leaves none either: treat *unknown* as pushed. Whether a remote is public only the"
        " signer can say."
    )
    yield from _steps("Not pushed", _LOCAL)
    yield from _steps("Pushed, to a remote that is not public", _PUSHED)
    yield from _steps("Public, now or at any time", _PUBLIC)
    yield from (f"    - {each}" for each in told["purge"]["tell"])
    yield from (f"- {each}" for each in _AFTER)
    yield ""
    yield "Then run this audit again, in a fresh clone, and with `--reflog` in the old one. docs/purge.md has each step in full."


def _steps(title: str, steps: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield f"### {title}"
    yield ""
    yield from (f"- {step}" for step in steps)
