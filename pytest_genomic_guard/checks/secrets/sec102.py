"""SEC102: tokens of hosts of source code, builds and packages."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.checks.secrets.vendor import told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import vendors
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC102(Check[Text]):
    """A token of a host of source code, of builds or of packages.

    What it looks for
    -----------------
    Tokens of GitHub, GitLab, Bitbucket, Atlassian, npm, PyPI, Docker Hub, Anaconda, RubyGems, NuGet, crates.io, Artifactory,
    CircleCI, Travis, Buildkite, Sentry, SonarQube, Codecov and others. GitHub and npm put a checksum into theirs: the message tells
    whether it is right.

    Why it matters
    --------------
    It reads private repositories, and the secrets of their builds; a token of a package registry puts code onto the machines of all
    who install the package.

    What to do instead
    ------------------
    Let builds use the token that each job is given (`GITHUB_TOKEN`, `CI_JOB_TOKEN`, trusted publishing), and a credential helper on
    your own machine.

    References
    ----------
    - github.blog/changelog/2021-03-31: Authentication token format updates
    - gitlabhq/gitlabhq: doc/security/tokens/_index.md, Token prefixes
    - rust-lang/crates.io: crates/crates_io_database/src/utils/token.rs
    - `source` beside each format in views/secrets/vendors, read 2026-11-22
    """

    code = "SEC102"
    name = "source-hosting-token"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC2",)
    rules = vendors.rules("SEC102")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
