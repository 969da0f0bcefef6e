"""Files of logins: found whatever they are wrapped in, quiet where nothing is kept, and linear on what was made to be slow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.checks.secrets.sec301 import SEC301
from pytest_genomic_guard.checks.secrets.sec302 import SEC302
from pytest_genomic_guard.checks.secrets.sec303 import SEC303
from pytest_genomic_guard.checks.secrets.sec304 import SEC304
from pytest_genomic_guard.checks.secrets.sec305 import SEC305
from pytest_genomic_guard.checks.secrets.sec306 import SEC306
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.secrets.files import clouds, environment, forms, hashes, jupyter, logins, profiles, worth

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.report import Report

CHECKS = (SEC301, SEC302, SEC303, SEC304, SEC305, SEC306)
READERS = (logins, hashes, profiles, clouds, environment, jupyter)
WRAPS = ("gzip", "zip", "tar", "bz2", "xz", "utf-16", "bom", "crlf", "notebook", "notebook-stream", "notebook-source")
LINES = st.lists(
    st.sampled_from(
        [
            *(
                "machine ",
                "default login",
                "login",
                "password ",
                "{",
                "}",
                '"auth": "',
                "type = s3",
                "[client]",
                "kind: Secret",
                "data:",
            ),
            *(
                "\n",
                " ",
                "\t",
                ":",
                "=",
                '"',
                "'",
                "\\",
                "$6$",
                "poll ",
                "x",
                "a.b",
                "DB_PASSWORD=",
                "kind: Config",
                '"terraform_version":',
            ),
            *(":5432:", "export ", "ENV ", "<Pass>", "psk=", "?token=", "---\n", "host: ", "user: ", "é", "\0", "#"),
        ]
    ),
    max_size=60,
).map("".join)


def told(report: Report) -> list[str]:
    """Return the codes of this family's files that a report holds."""
    return [finding.code for finding in report.findings if finding.code.startswith("SEC")]


def netrc(password: bytes) -> bytes:
    """Return a file of logins."""
    return b"machine sftp.lab.org\n  login jane\n  password " + password + b"\n"


@pytest.mark.parametrize("wrap", WRAPS)
def test_found_in_every_wrapping(wrap: str) -> None:
    """A login is found in whatever it is wrapped."""
    path = b"a.ipynb" if wrap.startswith("notebook") else b"blob"
    data = DIRECTIVES[wrap](netrc(samples.login_password()))
    assert "SEC301" in told(scan({path: data}))


@pytest.mark.parametrize("name", [b".netrc", b"notes.txt", b"x", b"a/b.md", b"run.sh"])
def test_name_has_no_say(name: bytes) -> None:
    """Content alone tells a file of logins."""
    assert "SEC301" in told(scan({name: netrc(samples.login_password())}))


@given(text=LINES)
@settings(max_examples=60, deadline=None)
def test_never_raises(text: str) -> None:
    """No text makes a reader fail."""
    report = scan({b"x": text.encode()})
    assert not [gap for gap in report.gaps if gap.reason == "check-failed"]


@given(
    value=st.sampled_from(
        ["${PASSWORD}", "$PW", "<password>", "{{ pw }}", "changeme", "your_password", "xxxxxxxx", "", "%s", "{pw}", "..."]
    )
)
@settings(max_examples=11, deadline=None)
def test_placeholders_are_quiet(value: str) -> None:
    """What stands for a password is none, in any of these files."""
    files = {
        b"netrc": f"machine sftp.lab.org login jane password {value}\n",
        b"pgpass": f"db.lab.org:5432:omop:jane:{value}\n",
        b"my.cnf": f"[client]\nuser=jane\npassword={value}\n",
        b"env": f"DB_HOST=x\nDB_PASSWORD={value}\nAPI_TOKEN={value}\n",
        b"rclone": f"[lab]\ntype = sftp\nhost = sftp.lab.org\npass = {value}\n",
        b"secret": f"kind: Secret\nstringData:\n  password: {value}\n",
        b"npmrc": f"//npm.lab.org/:_authToken={value}\n",
        b"config.py": f'c.ServerApp.token = "{value}"\n',
    }
    report = scan({name: text.encode() for name, text in files.items()})
    assert [code for code in told(report) if code.startswith("SEC3")] == []


@pytest.mark.parametrize("check", CHECKS)
def test_no_value_leaves(check: type[Rulebook]) -> None:
    """No finding holds anything of what was matched."""
    password = samples.login_password()
    host = samples.login_letters(12, "hex")
    text = b"machine %b.lab.org login jane password %b\n[lab]\ntype = ftp\npass = %b\nDB_PASSWORD=%b\n" % (
        host,
        password,
        password,
        password,
    )
    for finding in scan({b"x": text}).findings:
        shown = f"{finding.message} {finding.subject} {finding.fingerprint}"
        assert password.decode() not in shown
        assert host.decode() not in shown
    assert check.inline


def test_one_place_is_told_once() -> None:
    """Two readers of one value tell it once."""
    text = b"[postgresql]\nhost=db.lab.org\nuser=jane\npassword=" + samples.login_password() + b"\n"
    assert len([code for code in told(scan({b"database.ini": text})) if code.startswith("SEC3")]) == 1


def test_rules_are_bounded() -> None:
    """No expression of a rule repeats without a bound and gives back: each unbounded repeat is possessive."""
    for reader in READERS:
        for rule in reader.RULES:
            bare = re.sub(rb"\[(?:\\.|[^\]\\])*\]|\\.", b"c", rule.pattern)
            assert not re.search(
                rb"[*+](?![+?])(?<![*+}][+])", bare.replace(b"?+", b"").replace(b"}+", b"").replace(b"++", b"").replace(b"*+", b"")
            ), rule.name


@pytest.mark.parametrize(
    "piece",
    [b'"auth": "', b"machine a login b ", b"kind: Secret\n", b"type = s3\n", b'{"type": "sftp"\n', b"host: x\n", b" " * 800],
)
def test_work_grows_with_the_text(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text makes readers look over twice the bytes, not four times."""
    looked = [0]

    kept = forms.lines

    def counted(data: bytes, start: int, end: int) -> object:
        looked[0] += end - start
        return kept(data, start, end)

    monkeypatch.setattr(forms, "lines", counted)
    monkeypatch.setattr(clouds, "lines", counted)
    work = []
    for times in (500, 1000):
        looked[0] = 0
        scan({b"x": piece * times})
        work.append(looked[0])
    assert work[1] <= 2.5 * work[0] + (64 << 10)


def test_worth() -> None:
    """Words of manuals are nobody's passwords; drawn and invented ones are somebody's."""
    for said in (b"mypassword", b"your-api-key", b"secret123", b"postgres", b"db_password", b"biosql_pass", b"${X}", b"os.environ"):
        assert not worth.given(said)
    for form in ("drawn", "human"):
        value = samples.login_password(form)
        assert worth.given(value)
        assert worth.strong(value)
    assert not worth.chance(samples.login_password("human"))


def test_sources_hold_no_logins() -> None:
    """Our own modules and cases hold nothing that these checks tell."""
    root = Path(forms.__file__).parent
    files = {str(path.name).encode(): path.read_bytes() for path in root.glob("*.py")}
    report = scan(files)
    assert [(finding.path, finding.line) for finding in report.findings if finding.code.startswith("SEC3")] == []
