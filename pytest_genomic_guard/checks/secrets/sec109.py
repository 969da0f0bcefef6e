"""SEC109: passwords in addresses and connection strings."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import addresses, connections, pem
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC109(Check[Text]):
    """Passwords in addresses and connection strings.

    What it looks for
    -----------------
    Addresses of any scheme with a user and a password, or with a token in the place of the user: databases, brokers, file and mail
    servers, git hosts, package indexes. Connection strings of ODBC, ADO.NET, JDBC and libpq with a password. Account keys, shared
    access keys and signatures of Azure.

    Placeholders, templates and references are none, nor are defaults that everybody knows, and plain words on this machine.

    Why it matters
    --------------
    Address, user and password together are all that it takes to read the database: no other tool and no guess is needed. Such lines
    are copied into notebooks, and tracebacks print them.

    What to do instead
    ------------------
    Put the address together when the program runs, with the password out of the environment or a keyring; use .pgpass or a socket.

    References
    ----------
    - RFC 3986 3.2.1 and 7.5: user information in addresses
    - PostgreSQL, 34.1 connection strings; Microsoft, SqlConnection.ConnectionString; MongoDB, connection strings
    - Microsoft, shared access signatures
    - CWE-798: use of hard-coded credentials
    """

    code = "SEC109"
    name = "password-in-address"
    since = "0.1"
    inline = True
    gives_way = ("SEC2", "SEC101", "SEC102", "SEC103", "SEC104", "SEC105")
    mend = KEY
    rules = (*addresses.RULES, *connections.RULES)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each password once."""
        last = -1
        for each in addresses.found(view):
            if each.start >= last and not _owned(view, each.start, each.end, each.password):
                what = "token" if each.token else "password"
                lead = f"{_article(_named(each.kind))} with a {what} of {{size}} characters, which opens {each.opens}"
                key = pem.holder(view.data, each.start)
                at = view.locate(each.start, each.end)
                yield self.finding(at, lead + _CHANGE, key=key, subject=_named(each.kind), size=len(each.password))
            last = max(last, each.end)
        for member in connections.found(view):
            if member.start >= last and not _owned(view, member.start, member.end, member.value):
                lead = f"{_article(member.kind)}, of {{size}} characters, which opens {member.opens}"
                at = view.locate(member.start, member.end)
                yield self.finding(at, lead + _CHANGE, subject=member.kind, size=len(member.value))


_CHANGE = "; change it there"


def _article(words: str) -> str:
    return ("an " if words.startswith(("a", "O")) else "a ") + words


def _named(kind: str) -> str:
    return kind if kind.endswith("address") else f"address of a {kind}" if kind[0].islower() else f"{kind} address"


def _owned(view: Text, start: int, end: int, value: bytes) -> bool:
    from pytest_genomic_guard.views.secrets import others  # noqa: PLC0415 - for texts with a password only

    return others.owns(view, start, end, value)
