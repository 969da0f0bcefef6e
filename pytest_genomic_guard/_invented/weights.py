"""Model files that are no pickles, invented at every call: nothing here is ever loaded."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile

_random = random.SystemRandom()


class Weights:
    """Model files of other formats than pickle: a part of `Samples`."""

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
