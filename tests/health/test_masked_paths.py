"""A path that holds an identifier of a person is masked in whatever is written; dates, numbers and other ids stay."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.policy.mask import MASK, mask
from pytest_genomic_guard.reporters import FORMATS
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

_random = random.Random(7)  # noqa: S311 - made-up numbers


def _value(kind: str) -> str:
    """Return a value that stands for nobody known, made now."""
    if kind == "ssn":
        return f"{_random.randrange(101, 665)}-{_random.randrange(11, 99)}-{_random.randrange(1001, 9999)}"
    if kind == "phone":
        return f"{_random.randrange(212, 219)}-{_random.randrange(221, 299)}-{_random.randrange(1001, 9999)}"
    if kind == "mbi":
        return f"{_random.randrange(2, 9)}KX{_random.randrange(1, 9)}-PA{_random.randrange(1, 9)}-RT{_random.randrange(11, 99)}"
    return f"o.krantz{_random.randrange(10, 99)}{chr(64)}mail-host.de"


KINDS = ["ssn", "phone", "mbi", "email"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_leak_in_a_file_named_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, form: str) -> None:
    """A leak in a file whose name holds an identifier is told in every format, and the identifier in none."""
    value = _value(kind)
    folder = tmp_path / "w" / f"for {value}"
    folder.mkdir(parents=True)
    (folder / f"calls_{value}.vcf").write_bytes(samples.vcf())
    assert main(["scan", "--format", form, str(tmp_path / "w")]) == 1
    told = capsys.readouterr()
    assert "GEN101" in told.out
    assert MASK in told.out or "%5Bmasked%5D" in told.out
    assert value not in told.out + told.err


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["V", "a/V.csv", "V/V.vcf.gz", "x_V_y.dcm", "é V ü.txt", "(V).txt", "note for V.txt", "a\nV"])
def test_identifier_in_a_path(kind: str, place: str) -> None:
    """Wherever it stands between other signs, it is masked whole, and the rest stays."""
    if kind == "email" and place.startswith("x_"):
        place = "x V y"
    shown = mask([])(place.replace("V", _value(kind)).encode())
    assert shown == place.replace("V", MASK)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "2024-05-01/run.log",
            "20240501-101530.log",
            "data/1234567.csv",
            "123456789.json",
            "a/1700000000.txt",
            "v1.2.3/x-10.4.0.whl",
        ),
        *(
            "icon@2x.png",
            "node_modules/@types/node.d.ts",
            "lodash@4.17.21/index.js",
            "getty@tty1.service",
            "a1b2c3d4-1234-5678-9abc-def0.csv",
        ),
        *(
            "123-45-67" + "89.csv",
            "999-12-3456.csv",
            "call 555-0142.txt",
            "(212) 555-0142.wav",
            "noreply@host.de.eml",
            "o@example.com.eml",
        ),
        *("1EG4-TE5-MK7" + "3.json", "GSE123456", "phs000178.v11.p8", "NCT01234567", "0000-0002-1825-0097", "SRR1234567.fastq"),
    ],
)
def test_other_paths_stay(path: str) -> None:
    """Dates, numbers, versions, ids of applications and invented values are shown as they are."""
    assert mask([])(path.encode()) == path


def test_ordinary_paths_import_nothing() -> None:
    """Nothing of identifiers is imported for a path that has none of their forms."""
    code = (
        "import sys; from pytest_genomic_guard.policy.mask import mask; show = mask([]);"
        "[show(path) for path in (b'src/a.py', b'2024-05-01/x-10.4.0.whl', b'node_modules/@types/x.ts', b'1700000000.csv')];"
        "print([name for name in sys.modules if 'genomic_guard.identifiers' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
