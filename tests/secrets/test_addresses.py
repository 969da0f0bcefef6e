"""Passwords in addresses and connection strings: of every scheme and grammar, in every wrapper; what stands for one stays quiet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.secrets import addresses, connections

SCHEMES = (
    *("postgres", "postgresql+asyncpg", "mysql+pymysql", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "ftp", "sftp", "ssh"),
    *("http", "https", "clickhouse", "snowflake", "mssql+pyodbc", "neo4j", "bolt", "smtp", "ldap", "s3", "socks5", "mqtt", "trino"),
)
STRINGS = (
    'c = pyodbc.connect("DRIVER={SQL Server};SERVER=sql.lab.io;UID=reader;PWD=@@")',
    'c = "Data Source=sql.lab.io;Initial Catalog=trial;User ID=reader;Password=@@;"',
    'c = "Pwd=@@;Uid=reader;Server=sql.lab.io"',
    'c = psycopg2.connect("dbname=trial user=reader host=db.lab.io password=@@")',
    'c = psycopg2.connect("password=@@ dbname=trial user=reader host=db.lab.io")',
    'u = "jdbc:postgresql://db.lab.io/trial?user=reader&password=@@"',
    'u = "jdbc:sqlserver://sql.lab.io:1433;databaseName=trial;user=reader;password=@@;encrypt=true"',
    'db = sql.Open("mysql", "reader:@@@tcp(db.lab.io:3306)/trial")',
    'u = "jdbc:oracle:thin:reader/@@@db.lab.io:1521/trial"',
    '<add connectionString="Server=sql.lab.io;Database=trial;User Id=reader;Password=@@" />',
)
WRAPPERS = ("gzip", "zip", "utf-16", "bom", "crlf", "notebook", "notebook-stream", "notebook-source", "escaped", "base64")
STANDS = (
    *(
        "password",
        "pass",
        "PASSWORD",
        "<password>",
        "${DB_PASS}",
        "$DB_PASS",
        "{password}",
        "{self.password}",
        "%s",
        "%(password)s",
    ),
    *("***", "********", "xxxxxxxx", "YOUR_PASSWORD", "your-password", "changeme", "secret", "postgres", "example", "#{password}"),
    *("{{ password }}", "[password]", "REDACTED", "my_password", "pass123", "..."),
)


def told(data: str | bytes, path: bytes = b"notes.txt") -> int:
    """Return how many findings there are."""
    report = scan({path: data if isinstance(data, bytes) else data.encode()})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return sum(each.code == "SEC109" for each in report.findings)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme(scheme: str) -> None:
    """A password is found in an address of any scheme, in a call, once."""
    assert told(f'x = connect("{scheme}://reader:{samples.login_word()}@db.lab.io/trial")\n') == 1


@pytest.mark.parametrize("form", STRINGS)
def test_every_grammar(form: str) -> None:
    """A password is found in every grammar of connection strings, once."""
    assert told(form.replace("@@", samples.login_word(), 1) + "\n") == 1


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_every_wrapper(wrapper: str) -> None:
    """A password is found in archives, notebooks and other encodings, once."""
    path = b"a.ipynb" if wrapper.startswith("notebook") else b"a.txt"
    line = f'e = create_engine("postgresql://reader:{samples.login_word()}@db.lab.io/trial")  # for the nightly run\n'
    assert told(DIRECTIVES[wrapper](line.encode()), path) == 1


@pytest.mark.parametrize("stands", STANDS)
def test_what_stands_for_one(stands: str) -> None:
    """Placeholders, templates and masks are none, in any grammar."""
    lines = [form.replace("@@", stands, 1) for form in STRINGS]
    lines += [f"{scheme}://reader:{stands}@db.lab.io/trial" for scheme in SCHEMES]
    assert told("\n".join(lines)) == 0


@given(
    st.lists(
        st.sampled_from(
            [
                "://",
                ":",
                "@",
                "/",
                "a",
                "pwd=",
                ";",
                "password=",
                "server=x;",
                "%3a%2f%2f",
                "sig=",
                "?",
                "&",
                " ",
                "\n",
                '"',
                "{",
                "}",
                "@tcp(",
                ")/",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_pieces_never_raise(pieces: list[str]) -> None:
    """No order of the pieces raises; `told` asserts that no check failed."""
    told("".join(pieces))


@given(st.binary(max_size=60), st.binary(max_size=30), st.binary(max_size=30))
@settings(max_examples=300, deadline=None)
def test_judging_never_raises(password: bytes, user: bytes, host: bytes) -> None:
    """Whatever stands there is judged."""
    addresses.worth(password, user, host)


BLOWN = (
    b"://",
    b"://a:",
    b"://a:b",
    b"://a:b/",
    b";pwd=abcd",
    b" password=abcd",
    b"AccountKey=",
    b"&sig=",
    b"%3a%2f%2fa%3ab",
    b"jdbc:oracle:thin:a/",
)


@pytest.mark.parametrize("piece", BLOWN)
def test_work_grows_with_the_text(piece: bytes) -> None:
    """Of a text of one repeated piece, what is matched is no more than the text, and no pattern repeats without a bound."""
    data = piece * (30_000 // len(piece))
    for rule in (*addresses.RULES, *connections.RULES):
        assert not re.search(rb"[^\\][*+](?![+?])(?![^\[]*\])", re.sub(rb"\{[\d,]+\}\+|\\.", b"", rule.pattern))
        text = data.lower() if rule.face == "lower" else data
        anchors = sorted({found.start() for anchor in rule.anchors for found in re.finditer(re.escape(anchor), text)})
        pattern = re.compile(rule.pattern, re.MULTILINE)
        last = spent = 0
        for at in anchors:
            if at >= last and (match := pattern.match(data, at)):
                last, spent = match.end(), spent + match.end() - at
        assert spent <= len(data)
    assert told(data) <= 1
