"""Model files, invented at every call. Pickles are put together opcode by opcode: nothing here is ever loaded."""

from __future__ import annotations

import io
import json
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


class Weights:
    """Model files: a part of `Samples`. Names are written as ``module:attribute``."""

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
    def keras_config(cls, kind: str = "plain") -> str:
        """Return the configuration of a Keras model: plain, lambda, old-lambda, oldest-lambda, named, module or builtin."""
        code = ("4w" if kind != "python2" else "Yw") + "EAAAAAAAAAAAAAAAAC" + "AAAA" * 20
        inner: dict[str, object] = {"name": "x", "trainable": True}
        layer: dict[str, object] = {"module": "keras.layers", "class_name": "Dense", "config": {**inner, "units": 8}}
        if kind == "lambda":
            made = {"class_name": "__lambda__", "config": {"code": code, "defaults": None, "closure": None}}
            layer = {"module": "keras.layers", "class_name": "Lambda", "config": {**inner, "function": made}}
        elif kind == "old-lambda":
            old = {
                "function": {"class_name": "__tuple__", "items": [code, None, None]},
                "function_type": "lambda",
                "module": "__main__",
            }
            layer = {"class_name": "Lambda", "config": {**inner, **old}}
        elif kind == "oldest-lambda":
            layer = {"class_name": "Lambda", "config": {**inner, "function": [code, None, None]}}
        elif kind == "named":
            layer = {"class_name": "Lambda", "config": {**inner, "function": "relu", "function_type": "function", "module": "net"}}
        elif kind == "module":
            layer = {"module": "sub" + "process", "class_name": "run", "config": {**inner, "args": "echo"}}
        elif kind == "builtin":
            layer = {"module": "built" + "ins", "class_name": "function", "config": "exec", "registered_name": "function"}
        return json.dumps({"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [layer]}})

    @classmethod
    def keras_zip(cls, kind: str = "plain") -> bytes:
        """Return a model as Keras 3 writes it."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("metadata.json", json.dumps({"keras_version": "3.8.0"}))
            archive.writestr("config.json", cls.keras_config(kind))
        return out.getvalue()

    @classmethod
    def keras_h5(cls, kind: str = "plain") -> bytes:
        """Return the beginning of an HDF5 file with the configuration as an attribute."""
        return b"\x89HDF\r\n\x1a\n" + bytes(200) + b"model_config\0\0\0\0" + cls.keras_config(kind).encode() + bytes(400)

    @classmethod
    def graph(cls, operation: str = "MatMul") -> bytes:
        """Return the graph of a SavedModel with one operation between two others."""

        def field(number: int, data: bytes) -> bytes:
            return bytes([number << 3 | 2, len(data)]) + data

        nodes = b""
        for name in ("Placeholder", operation, "Identity"):
            node = (
                field(1, name.lower().encode()) + field(2, name.encode()) + field(3, b"input") + field(5, b"\x0a\x01T\x12\x020\x01")
            )
            nodes += field(1, node)
        return b"\x08\x01" + field(2, field(2, nodes)) + bytes(8)

    @classmethod
    def onnx(cls, location: str = "weights.bin") -> bytes:
        """Return an ONNX model whose weights stand in another file."""

        def field(number: int, data: bytes) -> bytes:
            return bytes([number << 3 | 2, len(data)]) + data

        entry = field(13, field(1, b"location") + field(2, location.encode())) + field(13, field(1, b"offset") + field(2, b"0"))
        tensor = field(5, b"\x08\x02\x10\x01" + field(8, b"w") + entry + b"\x70\x01")
        return b"\x08\x08" + field(2, b"pytorch") + field(7, tensor) + field(8, b"\x0a\0\x10\x11")

    @classmethod
    def safetensors(cls, fault: str = "", licence: str = "", key: str = "a") -> bytes:
        """Return weights as safetensors; `fault` is long, beyond, hole, overlap, twice, text, shape or trailing."""
        spans = {"overlap": (8, 24), "hole": (24, 40)}.get(fault, (16, 32))
        first = {"dtype": "F32", "shape": [2, 3 if fault == "shape" else 2], "data_offsets": [0, 16]}
        head = json.dumps(
            {
                "__metadata__": {"format": "pt", **({"license": licence} if licence else {})},
                f"{key}.weight": first,
                "b.weight": {**first, "shape": [4], "data_offsets": spans},
            }
        )
        if fault == "twice":
            head = head.replace("b.weight", "a.weight")
        if fault == "text":
            head = head.replace(":", "=", 1)
        data = _random.randbytes(spans[1] - (8 if fault == "beyond" else 0) + (8 if fault == "trailing" else 0))
        size = 200_000_000 if fault == "long" else len(head)
        return struct.pack("<Q", size) + head.encode() + data

    @classmethod
    def _escape(cls) -> str:
        """Return a template that goes from an object to all classes of the interpreter."""
        steps = ".".join(f"{'_' * 2}{word}{'_' * 2}" for word in ("class", "base", "subclasses"))
        return "{% for m in messages %}{{ m." + steps + "() }}{% endfor %}"

    @classmethod
    def tokenizer_config(cls, template: str = "{{bos_token}}") -> str:
        """Return the configuration of a tokenizer with its template of chats, or `escape`."""
        return json.dumps(
            {"tokenizer_class": "LlamaTokenizer", "chat_template": cls._escape() if template == "escape" else template}
        )

    @classmethod
    def gguf(cls, fault: str = "", template: str = "{{bos_token}}", licence: str = "", base: str = "") -> bytes:
        """Return weights as GGUF; `fault` is keys, length, type, alignment or dimensions; `template`: also escape."""
        if template == "escape":
            template = cls._escape()

        def text(value: str) -> bytes:
            return struct.pack("<Q", len(value)) + value.encode()

        keys = [
            text("general.architecture") + struct.pack("<I", 8) + text("llama"),
            text("general.alignment") + struct.pack("<II", 4, 24 if fault == "alignment" else 32),
            text("tokenizer.chat_template") + struct.pack("<I", 8) + text(template),
        ]
        said = {
            "general.license": licence,
            "general.base_model.0.name": base,
            "general.base_model.0.organization": base and "mistralai",
        }
        keys += [text(key) + struct.pack("<I", 8) + text(value) for key, value in said.items() if value]
        keys += [text("x") + struct.pack("<IIQ", 9, 5, 1 << 60)] if fault == "length" else []
        keys += [text("x") + struct.pack("<I", 77)] if fault == "type" else []
        sides = 9 if fault == "dimensions" else 2
        tensor = text("w") + struct.pack("<I", sides) + struct.pack("<Q", 2) * sides + struct.pack("<IQ", 0, 0)
        count = 1 << 40 if fault == "keys" else len(keys)
        return b"GGUF" + struct.pack("<IQQ", 3, 1, count) + b"".join(keys) + tensor + bytes(64)

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
