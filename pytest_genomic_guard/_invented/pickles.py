"""Pickles and what holds them, invented at every call. They are put together opcode by opcode: nothing here is ever loaded."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import zipfile

_random = random.SystemRandom()
_END = b"."


def _text(value: str, protocol: int) -> bytes:
    data = value.encode()
    if protocol == 0:
        return b"V" + data + b"\n"
    if protocol < 4:
        return b"X" + struct.pack("<I", len(data)) + data
    return b"\x8c" + bytes([len(data)]) + data + b"\x94"


def _looked(name: str, protocol: int) -> bytes:
    module, _dot, attribute = name.partition(":")
    if protocol < 4:
        return f"c{module}\n{attribute}\n".encode()
    return _text(module, protocol) + _text(attribute, protocol) + b"\x93\x94"


def _one(protocol: int) -> bytes:
    """Return a tuple of one on top of what stands on the stack; protocols 0 and 1 set a mark before it."""
    return b"t" if protocol < 2 else b"\x85"


def _call(name: str, protocol: int, argument: str = "echo") -> bytes:
    """Return the opcodes that look a name up, as ``module:attribute``, and call it with a text."""
    mark = b"(" if protocol < 2 else b""
    return _looked(name, protocol) + mark + _text(argument, protocol) + _one(protocol) + b"R"


def _begun(protocol: int) -> bytes:
    return b"" if protocol < 2 else b"\x80" + bytes([protocol])


def _state(protocol: int = 2) -> bytes:
    """Return the opcodes of what torch saves: an ordered dictionary with tensors of random numbers."""
    tensor = (
        _looked("torch._utils:_rebuild_tensor_v2", 2)
        + b"(("
        + b"".join(_text(each, 2) for each in ("storage",))
        + _looked("torch:FloatStorage", 2)
        + _text("0", 2)
        + _text("cpu", 2)
        + b"K\x04tQK\x00K\x02K\x02\x86K\x02K\x01\x86\x89"
        + _looked("collections:OrderedDict", 2)
        + b")RtR"
    )
    return _looked("collections:OrderedDict", protocol) + b")R(" + _text("layer.weight", protocol) + tensor + b"u"


def _array(*, objects: bytes = b"") -> bytes:
    """Return the opcodes of an array as joblib writes it, with its numbers, or the pickle of its objects, behind the wrapper."""
    kind = "O8" if objects else "f8"
    pairs = (
        _text("subclass", 2) + _looked("numpy:ndarray", 2),
        _text("shape", 2) + b"K\x03\x85",
        _text("order", 2) + _text("C", 2),
        _text("dtype", 2) + _looked("numpy:dtype", 2) + _text(kind, 2) + b"\x89\x88\x87R",
        _text("allow_mmap", 2) + b"\x88",
        _text("numpy_array_alignment_bytes", 2) + b"K\x10",
    )
    wrapper = _looked("joblib.numpy_pickle:NumpyArrayWrapper", 2) + b")\x81}(" + b"".join(pairs) + b"ub"
    numbers = struct.pack("<3d", *(_random.random() for _each in range(3)))
    return wrapper + (objects or b"\x03\xff\xff\xff" + numbers)


class Pickles:
    """Model files with pickles: a part of `Samples`. Names are written as ``module:attribute``."""

    @classmethod
    def pickled(cls, calls: str = "", protocol: int = 2, also: str = "", data: str = "") -> bytes:
        """Return a pickle that calls something, then something else; none: plain data. `data` adds a pickle inside."""
        body = _call(calls, protocol) if calls else b"N"
        body += b"0" + _call(also, protocol) if also else b""
        if data:
            inner = _begun(2) + _call(data, 2) + _END
            body += b"0B" + struct.pack("<I", len(inner)) + inner
        return _begun(protocol) + body + _END

    @classmethod
    def pickled_broken(cls, calls: str = "", how: str = "opcode", protocol: int = 2) -> bytes:
        """Return a pickle that calls something and is then broken: opcode, cut, stack, argument, behind (the call is there)."""
        body = _begun(protocol) + (_call(calls, protocol) if calls and how != "behind" else b"N")
        ends = {
            "opcode": b"\xff\xfe.",
            "cut": b"X\xff\0\0\0abc",
            "stack": b"000R.",
            "argument": b"Inone\n.",
            "behind": b"\xff" + _call(calls or "collections:OrderedDict", protocol) + b".",
            "trailing": b"." + b"\xfe\xfd" * 20,
        }
        return body + ends[how]

    @classmethod
    def pickled_made(cls, how: str = "joined") -> bytes:
        """Return a pickle whose name is `joined` while loading, or an `attribute` of the interpreter, or read by `getattr`."""
        if how == "joined":
            made = _looked("operator:concat", 4) + b"(" + _text("sys", 4) + _text("tem", 4) + b"tR"
            return _begun(4) + _text("posix", 4) + made + b"\x93" + _text("echo", 4) + b"\x85R."
        if how == "attribute":
            return _begun(4) + _looked("collections:OrderedDict.__init__.__globals__", 4) + b"."
        read = _looked("builtins:getattr", 4) + _looked("collections:OrderedDict", 4) + _text("__class__", 4) + b"\x86R"
        return _begun(4) + read + b"."

    @classmethod
    def torch_zip(cls, calls: str = "", crc: str = "right", code: str = "") -> bytes:
        """Return weights as torch saves them today, an archive; with another checksum, or with a program of TorchScript."""
        out = io.BytesIO()
        data = _begun(2) + (_call(calls, 2) + b"0" if calls else b"") + _state() + _END
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("model/data.pkl", data)
            archive.writestr("model/data/0", _random.randbytes(16))
            archive.writestr("model/version", b"3\n")
            if code:
                archive.writestr(
                    "model/code/__torch__.py", "class Net(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    return x\n"
                )
        made = out.getvalue()
        if crc == "wrong":
            good = zipfile.ZipFile(io.BytesIO(made)).getinfo("model/data.pkl").CRC
            made = made.replace(struct.pack("<I", good), struct.pack("<I", good ^ 1))
        return made

    @classmethod
    def torch_old(cls, calls: str = "") -> bytes:
        """Return weights as torch saved them before 1.6: five pickles and the storages."""
        first = [b"\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19", b"M\xe9\x03", b"}" + _text("little_endian", 2) + b"\x88s"]
        body = (_call(calls, 2) + b"0" if calls else b"") + _state()
        pickles = [*first, body, b"]" + _text("0", 2) + b"a"]
        return b"".join(_begun(2) + each + _END for each in pickles) + struct.pack("<q", 4) + _random.randbytes(16)

    @classmethod
    def joblib_file(cls, calls: str = "", where: str = "objects") -> bytes:
        """Return what joblib writes: an array between opcodes, and a call in an array of objects or after the numbers."""
        inner = _begun(2) + (_call(calls, 2) if calls else b"]") + _END
        parts = (
            [_array()]
            + ([_array(objects=inner)] if where == "objects" else [])
            + ([_call(calls, 2)] if calls and where == "after" else [])
        )
        return _begun(2) + b"](" + b"".join(parts) + b"e."

    @classmethod
    def npy_objects(cls, calls: str = "") -> bytes:
        """Return an array of numpy whose values are objects."""
        header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
        header += b" " * (-(len(header) + 11) % 64) + b"\n"
        body = _begun(2) + b"](" + (_call(calls, 2) if calls else b"N") + b"e."
        return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + body

    @classmethod
    def npz_objects(cls, calls: str = "", beside: str = "names") -> bytes:
        """Return arrays of numpy in one archive, one of objects, `beside` a matrix and the names of its columns, or alone."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("objects.npy", cls.npy_objects(calls))
            if beside == "names":
                for name, kind, shape, data in (
                    ("genes", "<U2", "(2,)", "g1g2".encode("utf-32-le")),
                    ("counts", "<i4", "(1, 2)", bytes(8)),
                ):
                    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
                    archive.writestr(f"{name}.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + data)
        return out.getvalue()

    @classmethod
    def tarred_pickle(cls, calls: str = "posix:system") -> bytes:
        """Return a tar archive with a pickle."""
        out = io.BytesIO()
        data = cls.pickled(calls)
        with tarfile.open(fileobj=out, mode="w") as archive:
            member = tarfile.TarInfo("pickle")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        return out.getvalue()
