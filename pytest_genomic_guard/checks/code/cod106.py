"""COD106: archives that are unpacked without a filter."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.slips import MEMBERS, slips
from pytest_genomic_guard.checks.code.told import excused, last, root, told, uses
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options
    from pytest_genomic_guard.views.code.names import Use

_UNPACK = Rule(
    name="unpack-archive",
    anchors=(b"extractall", b"unpack_archive", b".extract("),
    pattern=rb"(?:extractall\b|unpack_archive\(|\.extract\()",
)
_ZIPS = (".zip", ".whl", ".npz", ".egg", ".jar")


class COD106(Check[Python]):
    """Archives that are unpacked without a filter.

    What it looks for
    -----------------
    `extractall` and `extract` of a tar archive, and `shutil.unpack_archive` of anything but a zip, without `filter="data"`. The
    object is followed from `tarfile.open` to the call, in the cells of a notebook as well. Zip archives are safe in this regard:
    `zipfile` takes out what would lead elsewhere. A filter of your own, and members that a function chooses, count as care taken.

    Also a loop over the members of any archive, zip archives too, that opens a file for writing under the member's own name
    (`open(os.path.join(folder, name), "wb")`), unless something in the loop looks at where the name leads (`basename`, `resolve`,
    `is_relative_to`, `commonpath`, a comparison with `..`).

    What bandit calls B202, which also takes zip archives for tar archives.

    Why it matters
    --------------
    A member named `../../.ssh/authorized_keys`, or a link, writes wherever the person may write. Archives of reference data and
    weights come from servers of others. From Python 3.14 on the filter is the default; programs also run on what came before.

    What to do instead
    ------------------
    `archive.extractall(path, filter="data")`, in security releases since Python 3.8.17.

    References
    ----------
    - PEP 706
    - CVE-2007-4559, CWE-22
    - bandit B202
    """

    code = "COD106"
    name = "archive-extraction"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (_UNPACK, MEMBERS)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what unpacks whatever an archive holds."""
        found = uses(view)
        tar = b"tarfile" in view.text.data
        for use in found:
            if use.called and _unpacks(use, tar=tar) and not _filtered(use):
                yield from told(self, view, use, f"{last(use.name)} without filter=data (bandit B202)", ("B202",))
        for source, call in slips(view):
            if not excused(view, source, call, (self.code, "B202")):
                yield self.finding(view.at(source, call), "a member of an archive is written under the name it gives itself")


def _unpacks(use: Use, *, tar: bool) -> bool:
    """Tell whether a call unpacks what may be a tar archive."""
    end = last(use.name)
    if use.name == "shutil.unpack_archive":
        kind = constants.values(use.argument("format", 2), use.scope) if use.argument("format", 2) else [constants.UNKNOWN]
        name = constants.text(use.argument("filename", 0), use.scope)
        return kind != ["zip"] and not name.lower().endswith(_ZIPS)
    if end == "extractall":
        return root(use.name) == "tarfile" or (tar and root(use.name) not in {"zipfile", "py7zr", "rarfile"})
    return end == "extract" and root(use.name) == "tarfile"


def _filtered(use: Use) -> bool:
    given = use.argument("filter")
    if given is not None:
        found = constants.values(given, use.scope)
        return found == ["data"] or (constants.UNKNOWN in found and qualified(given, use.scope) != "tarfile.fully_trusted_filter")
    return _chosen(use.argument("members", 1 if last(use.name) == "extractall" else 9))


def _chosen(members: ast.expr | None) -> bool:
    """Tell whether a function chooses the members."""
    return members is not None and type(members).__name__ in {"Call", "GeneratorExp", "ListComp"}
