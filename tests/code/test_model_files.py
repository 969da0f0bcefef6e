"""Model files: every opcode stream is judged without raising, within bounds, and what runs code is found wherever it stands."""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan, told
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.streams import Peek
from pytest_genomic_guard.views.weights import follow, headers, loads, names, opcodes
from pytest_genomic_guard.views.weights.lists import DANGEROUS, EVERY

FEW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
CALLS = ("posix:system", "subprocess:Popen", "builtins:eval", "torch.hub:load", "importlib:import_module")


def judged(data: bytes) -> loads.Loads:
    """Return what loading bytes would do."""
    entry = next(iter(Memory({b"m.pkl": data}, []).entries()))
    return loads.of(BytesStream(data), entry, ())


def found(data: bytes, name: bytes = b"m.pkl") -> list[loads.Loads]:
    """Return what the decoder gives of pickles in content."""
    entry = next(iter(Memory({name: data}, []).entries()))
    return [view for view in decode(entry) if isinstance(view, loads.Loads)]


@FEW
@given(st.binary(max_size=300))
def test_any_bytes_are_judged_without_raising(data: bytes) -> None:
    """Whatever follows the mark of a pickle, or none, gives a view and takes no more opcodes than there are bytes."""
    for content in (data, b"\x80\x04" + data):
        view = judged(content)
        assert view.opcodes <= len(content) + 1
        found(content)


@FEW
@given(st.sampled_from(CALLS), st.integers(0, 5), st.data())
def test_a_cut_pickle_is_judged_up_to_the_cut(call: str, protocol: int, data: st.DataObject) -> None:
    """Where the cut is behind the call, the call is found."""
    whole = samples.pickled(calls=call, protocol=protocol) + b"N" * 5
    end = data.draw(st.integers(0, len(whole)))
    view = judged(whole[:end])
    assert view.runs or end < whole.index(b"R") + 1


@FEW
@given(st.binary(min_size=1, max_size=60), st.sampled_from(CALLS))
def test_what_stands_behind_the_call_hides_nothing(rest: bytes, call: str) -> None:
    """A loader has made the call by then."""
    data = samples.pickled(calls=call, protocol=4)[:-1] + rest
    assert judged(data).runs


@FEW
@given(st.binary(min_size=8, max_size=400))
def test_headers_of_any_bytes(data: bytes) -> None:
    """A header that is none never raises, in either format."""
    for content in (b"GGUF\3\0\0\0" + data, struct.pack("<Q", len(data)) + b'{"' + data):
        entry = next(iter(Memory({b"m.bin": content}, []).entries()))
        list(decode(entry))


@FEW
@given(st.sampled_from(["", "hole", "overlap", "shape"]), st.data())
def test_a_changed_header_never_raises(fault: str, data: st.DataObject) -> None:
    """Any byte of weights may be another one."""
    made = bytearray(samples.safetensors(fault=fault) if data.draw(st.booleans()) else samples.gguf())
    for _each in range(3):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    list(decode(next(iter(Memory({b"m": bytes(made)}, []).entries()))))


@pytest.mark.parametrize("wrap", ["gzip", "bz2", "xz", "zip", "tar"])
@pytest.mark.parametrize("protocol", range(6))
def test_a_call_is_found_in_every_wrapper(wrap: str, protocol: int) -> None:
    """Nested and renamed, in each protocol, also two wrappers deep."""
    data = DIRECTIVES[wrap](samples.pickled(calls="posix:system", protocol=protocol))
    assert any(view.runs for view in found(data, b"notes.txt"))
    assert any(view.runs for view in found(DIRECTIVES["gzip"](data), b"notes.txt"))


@pytest.mark.parametrize("protocol", range(6))
def test_opcodes_are_read_as_pickletools_reads_them(protocol: int) -> None:
    """What Python writes is taken apart into the same opcodes."""
    data = pickle.dumps({"a": [1, -5, 2.5, None, True, b"bytes", "text" * 100, (1, 2), {3}, 1 << 70], "b": ("é", "x\n")}, protocol)
    source = opcodes.Source(BytesStream(data))
    ours: list[str] = []
    while not ours or ours[-1] != "STOP":
        ours.append(opcodes.step(source)[0])
    assert ours == [opcode.name for opcode, _argument, _at in pickletools.genops(data)]


def test_every_opcode_of_pickletools_is_known() -> None:
    """The table has all opcodes, under the same names."""
    ours = {code: name for code, (name, _kind) in opcodes._OPCODES.items()}  # noqa: SLF001 - the table itself is the subject
    assert ours == {each.code.encode("latin-1"): each.name for each in pickletools.opcodes}


def test_every_entry_of_the_list_runs() -> None:
    """No entry is hidden by one that says its module is known."""
    for module, entries in DANGEROUS.items():
        for name in {"anything" if each == EVERY else each for each in entries}:
            assert names.judge(module, name)[0] == "runs", f"{module} {name}"


def test_all_that_picklescan_lists_is_told() -> None:
    """Its list of dangerous names is caught, as running code or as unknown; itemgetter and partial alone do nothing."""
    scanner = pytest.importorskip("picklescan.scanner")
    quiet = set()
    for module, entries in scanner._unsafe_globals.items():  # noqa: SLF001 - it has no other
        for name in {"anything"} if entries == "*" else {entries} if isinstance(entries, str) else set(entries):
            if names.judge(module, name)[0] == "":
                quiet.add((module, name))
    assert quiet <= {("functools", "partial")}


def test_all_that_modelscan_lists_is_told() -> None:
    """Its list of unsafe names is caught."""
    listed = pytest.importorskip("modelscan.settings").DEFAULT_SETTINGS["unsafe_globals"]
    for entries in listed.values():
        for module, some in entries.items():
            for name in ["anything"] if some == "*" else some:
                assert names.judge(module, name)[0], f"{module} {name}"


def test_a_machine_takes_what_is_not_there() -> None:
    """Each opcode on an empty stack is odd or harmless, and never raises."""
    for name, _kind in opcodes._OPCODES.values():  # noqa: SLF001 - as above
        for argument in (None, 0, -1, 1 << 40, "text", ("os", "system"), b"bytes"):
            machine = follow.Machine()
            machine.take(name, argument)
            machine.take(name, argument)


def test_pickles_in_pickles_are_linear() -> None:
    """Forty pickles, each in the bytes of the next, take about as many opcodes as they have."""
    data = samples.pickled(calls="posix:system")
    for _each in range(40):
        data = b"\x80\x02B" + struct.pack("<I", len(data)) + data + b"."
    view = judged(data)
    assert view.opcodes < 100
    bare = b"N."
    for _each in range(12):
        bare = b"B" + struct.pack("<I", len(bare)) + bare + b"."
    assert judged(bare).opcodes < 100


def test_many_pickles_without_a_mark_are_linear() -> None:
    """Each opcode is followed once, and once before that to see whether it is one."""
    data = b"N." * 20_000 + samples.pickled(calls="posix:system", protocol=0)
    view = judged(b"\x80\x02N." + data)
    assert view.runs
    assert view.opcodes < 50_000


def test_a_memo_and_a_stack_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is lost, and a name that is lost is unknown, not harmless."""
    monkeypatch.setattr(follow, "_MEMO", 10)
    parts = b"".join(b"\x8c\x02a%d\x94" % digit for digit in range(10)) + b"\x8c\x05posix\x94\x8c\x06system\x94"
    view = judged(b"\x80\x04" + parts + b"h\x0ah\x0b\x93\x8c\x04echo\x85R.")
    assert view.unknown or view.made or view.runs


def test_a_size_beyond_the_file_takes_no_memory() -> None:
    """An opcode may claim any length; it is cut where the file ends."""
    view = judged(b"\x80\x04\x8e" + struct.pack("<Q", 1 << 62) + b"abc")
    assert view.broken == "cut"
    made = headers.read(_peek(b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60)), b"GGUF\3\0\0\0")
    assert made
    assert made.faults


def _peek(data: bytes) -> Peek:

    return Peek(BytesStream(data))


def test_a_pickle_longer_than_what_is_held_is_followed_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read once more, and passed over piece by piece."""
    monkeypatch.setattr(loads, "HELD", 1 << 16)
    big = b"\x80\x02B" + struct.pack("<I", 1 << 20) + bytes(1 << 20) + b"0" + samples.pickled(calls="posix:system")[2:]
    assert any(view.runs for view in found(big))


def test_nothing_of_a_pickle_is_shown() -> None:
    """Names of the file's own, and texts beside them, are in no message."""
    module = "zq" + "wjk"
    report = scan({b"m.pkl": samples.pickled(calls=f"{module}:Kx{module}", also=f"posix:{module}")})
    lines = [line for code in ("COD201", "COD202", "COD203") for line in told(report, code)]
    assert lines
    assert not any(module in line for line in lines)


def test_a_member_of_a_torch_archive_with_flags_of_encryption() -> None:
    """Loaders that ignore the flag load it, so it is a gap, and not passed over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("m/data.pkl", samples.pickled(calls="posix:system"))
    data = bytearray(out.getvalue())
    data[data.index(b"PK\1\2") + 8] |= 1
    report = scan({b"m.pt": bytes(data)})
    assert told(report, "COD201") or told(report, "RUN101")


def test_zlib_of_joblib_is_opened() -> None:
    """A compressed file of joblib has no name of its own."""
    assert any(view.runs for view in found(zlib.compress(samples.joblib_file(calls="posix:system"))))


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_without_its_end(method: int, later: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """Members are judged by their own headers, with their sizes there or behind them; that the archive is cut is told as well."""

    class Forward(io.BytesIO):
        """A file that nobody goes back in: sizes are written behind the members."""

        def seekable(self) -> bool:
            """Say so."""
            return not later

    out = Forward()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("m/version", "3")
        archive.writestr("m/data.pkl", samples.pickled(calls="posix:system"))
        archive.writestr("m/data/0", bytes(100))
    data = out.getvalue()
    for end in (data.rindex(b"PK\5\6"), data.index(b"PK\1\2"), data.index(b"PK\1\2") - 10):
        report = scan({b"m.pt": data[:end]})
        assert told(report, "COD201"), end
        assert told(report, "RUN101"), end


def test_a_checksum_that_is_wrong_is_a_gap() -> None:
    """A member that is a pickle is judged, and that it is not what the archive says is told as that of any other member."""
    report = scan({b"m.pt": samples.torch_zip(calls="posix:system", crc="wrong")})
    assert told(report, "COD201")
    assert told(report, "RUN101")
