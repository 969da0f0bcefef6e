"""Headers of safetensors and GGUF: what they claim of the file, and whether that can be.

safetensors: safetensors/safetensors ``safetensors/src/tensor.rs`` (read on 2026-11-22): eight bytes of length, UTF-8 of at most 100
MB that is JSON, offsets that cover the rest of the file up to its end. That it begins with a brace and has no key twice is from the
project's description of the format. GGUF: ggml-org/ggml ``docs/gguf.md`` (version 3, read on 2026-11-22): counts, keys with values
of thirteen types, tensors of at most four dimensions, "currently".
"""

from __future__ import annotations

from pytest_genomic_guard.model import View
from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact, Fact
    from pytest_genomic_guard.views.streams import Peek

MOST = 100_000_000  # bytes of a header of safetensors
_KEYS = 1 << 16  # of a GGUF; a model has some dozens
_TENSORS = 1 << 20
_WIDE = {64: "F64 I64 U64 C64", 32: "F32 I32 U32", 16: "F16 BF16 I16 U16", 8: "I8 U8 BOOL F8_E4M3 F8_E5M2"}
_BITS = {name: bits for bits, names in _WIDE.items() for name in names.split()}
_NAMES = 2000  # tensors whose names are kept
_SAID, _LONGEST = 128, 400  # fields that are kept, and letters of each
_SIZES = (1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8)  # of the types of GGUF; 8 is a text, 9 an array


class ModelHeader(View):
    """What is wrong with the header of a file of weights, in words of ours, and what it says of the model."""

    format: str
    faults: tuple[str, ...] = ()
    tensors: int = 0
    parameters: int = 0
    said: tuple[tuple[str, str], ...] = ()  # fields of its metadata, as they are: they stay in memory
    names: tuple[str, ...] = ()  # of its tensors, the first ones
    sound: bool = False  # it was read whole, and nothing is wrong with it: what follows are numbers of tensors

    def facts(self) -> Iterator[Fact]:
        """Yield the model that it is."""
        from pytest_genomic_guard.views.models import headed  # noqa: PLC0415 - for weights only

        return headed.told(self)


class Claims:
    """A header that was read; how long the file is shows later."""

    def __init__(self, name: str) -> None:
        """Begin."""
        self.name, self.faults, self.tensors = name, dict[str, None](), 0
        self.end = 0  # bytes that the file must have
        self.exact = self.whole = False  # that is all of them; the header was read to its end
        self.parameters = 0
        self.said: list[tuple[str, str]] = []
        self.names: list[str] = []

    def fault(self, what: str) -> None:
        """Note what is wrong."""
        self.faults[what] = None

    def view(self, total: int, artifact: Artifact, trail: tuple[str, ...]) -> ModelHeader:
        """Return what is wrong, given how long the file is."""
        if self.end > total:
            self.fault("it claims more bytes than the file has")
        elif self.exact and self.end < total and not self.faults:
            self.fault("bytes at the end belong to no tensor")
        return ModelHeader(
            artifact=artifact,
            trail=trail,
            format=self.name,
            faults=tuple(self.faults),
            tensors=self.tensors,
            parameters=self.parameters,
            said=tuple(self.said),
            names=tuple(self.names),
            sound=self.whole and not self.faults,
        )

    def say(self, key: str, value: object) -> None:
        """Keep a field of the metadata."""
        if isinstance(value, str) and len(self.said) < _SAID:
            self.said.append((key[:_LONGEST], value[:_LONGEST]))

    def tensor(self, name: str, sides: list[int]) -> None:
        """Count a tensor."""
        product = 1
        for side in sides:
            product = min(product * side, 1 << 62)
        self.parameters = min(self.parameters + product, 1 << 62)
        if len(self.names) < _NAMES:
            self.names.append(name[:_LONGEST])


def read(stream: Peek, head: bytes, *, named: bool = False) -> Claims | None:
    """Read the header of weights; None for anything else. `named`: it is called as safetensors are, whatever length it claims."""
    if head.startswith((b"GGUF", b"FUGG")):
        return _gguf(stream, head)
    if head[8:9] == b"{" and (head[9:10] in {b'"', b"}", b" ", b"\n"}) and (named or not any(head[6:8])):
        return _safetensors(stream, int.from_bytes(head[:8], "little"))
    return None


def _safetensors(stream: Peek, size: int) -> Claims:
    claims = Claims("safetensors")
    claims.end = 8 + size
    if size > MOST:
        claims.fault("its header is longer than 100 MB")
        return claims
    data = stream.peek(8 + size)[8 : 8 + size] if size <= HELD else b""
    if len(data) < size:
        return claims
    try:
        found = _json(data)
    except (ValueError, RecursionError):
        claims.fault("its header is no JSON")
        return claims
    if found is None:
        claims.fault("a name stands twice in its header")
        return claims
    _tensors(claims, found, 8 + size)
    return claims


def _json(data: bytes) -> dict[str, Any] | None:
    """Return an object, None where one of its keys stands twice. Raises ValueError, RecursionError."""
    import json  # noqa: PLC0415 - a hook on a commit without weights needs none of it

    twice = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        made = dict(items)
        twice = twice or len(made) < len(items)
        return made

    found = json.loads(data.decode(), object_pairs_hook=pairs, parse_int=lambda text: int(text) if len(text) < 20 else -1)
    if not isinstance(found, dict):
        raise ValueError  # noqa: TRY004 - as that of a text that is no JSON
    return None if twice else found


def _tensors(claims: Claims, found: dict[str, Any], start: int) -> None:
    about = found.pop("__metadata__", {})
    if not isinstance(about, dict) or not all(isinstance(each, str) for each in about.values()):
        claims.fault("its metadata are no texts")
    for key, value in about.items() if isinstance(about, dict) else ():
        claims.say(key, value)
    spans: list[tuple[int, int]] = []
    for name, each in found.items():
        span = _span(claims, each)
        if span is None:
            claims.fault("a tensor lacks its type, shape or offsets")
            return
        claims.tensor(name, each["shape"])
        spans.append(span)
    claims.tensors = len(spans)
    at = 0
    for begin, end in sorted(spans):
        if begin < at:
            claims.fault("tensors share bytes")
        elif begin > at:
            claims.fault("bytes between tensors belong to none")
        at = max(at, end)
    claims.end, claims.exact, claims.whole = start + at, True, True


def _span(claims: Claims, each: Any) -> tuple[int, int] | None:
    if not isinstance(each, dict):
        return None
    kind, shape, span = each.get("dtype"), each.get("shape"), each.get("data_offsets")
    if not isinstance(shape, list) or not isinstance(span, list) or len(span) != 2 or not isinstance(kind, str):
        return None
    whole = [*shape, *span]
    if not all(type(number) is int for number in whole):
        return None
    if min(whole) < 0 or span[1] < span[0]:
        claims.fault("offsets or sides of a tensor are negative or too large")
        return span[0], max(span)
    bits = _BITS.get(kind, 0)
    for side in shape:
        bits = min(bits * side, 1 << 70)
    if kind in _BITS and bits != 8 * (span[1] - span[0]):
        claims.fault("a tensor's shape and offsets contradict each other")
    return span[0], span[1]


_TEXT = (b"\x08\0\0\0", b"\0\0\0\x08")  # the type of a text in GGUF


class _Cut(Exception):  # noqa: N818 - no error of ours
    """There are no more bytes."""


class _Fields:
    """The fields of a GGUF."""

    def __init__(self, data: bytes, order: Any) -> None:
        self.data, self.order, self.at = data, order, 4

    def whole(self, width: int) -> int:
        self.skip(width)
        return int.from_bytes(self.data[self.at - width : self.at], self.order)

    def skip(self, size: int) -> None:
        if self.at + size > len(self.data):
            raise _Cut
        self.at += size

    def text(self) -> bytes:
        size = self.whole(8)
        self.skip(size)
        return self.data[self.at - size : self.at]


def _gguf(stream: Peek, head: bytes) -> Claims:
    claims = Claims("GGUF")
    data = stream.peek(HELD)
    order = "big" if head[:4] == b"FUGG" or (head[4:8] < b"\1" and head[7:8] != b"\0") else "little"
    fields = _Fields(data, order)
    try:
        version = fields.whole(4)
        if version not in {1, 2, 3}:
            claims.fault("its version is unknown")
            return claims
        if version > 1:
            _pairs(claims, fields)
    except _Cut:
        if stream.ended and len(data) < HELD:
            claims.fault("a count or length reaches beyond the file")
    return claims


def _pairs(claims: Claims, fields: _Fields) -> None:
    tensors, keys = fields.whole(8), fields.whole(8)
    claims.tensors = min(tensors, _TENSORS)
    if tensors > _TENSORS or keys > _KEYS:
        claims.fault("it claims more keys or tensors than any model has")
        return
    seen: set[bytes] = set()
    align = 32
    for _each in range(keys):
        key = fields.text()
        if key in seen:
            claims.fault("a name stands twice in its header")
        seen.add(key)
        start = fields.at
        if not _value(fields):
            claims.fault("a value has a type that does not exist, or arrays in arrays")
            return
        if key.startswith(b"general.") and fields.data[start : start + 4] in _TEXT:
            claims.say(key.decode("utf-8", "replace"), fields.data[start + 12 : fields.at].decode("utf-8", "replace"))
        if key == b"general.alignment":
            fields.at = start
            align = fields.whole(4) and fields.whole(4)
    if align < 1 or align & (align - 1):
        claims.fault("its alignment is no power of two")
    named: set[bytes] = set()
    for _each in range(tensors):
        name = fields.text()
        named.add(name)
        count = fields.whole(4)
        if count > 4:
            claims.fault("a tensor has more than four dimensions")
            return
        sides = [fields.whole(8) for _side in range(count)]
        product = 1
        for side in sides:
            product *= side
        claims.tensor(name.decode("utf-8", "replace"), sides)
        if product >= 1 << 63:
            claims.fault("offsets or sides of a tensor are negative or too large")
        fields.skip(4)
        claims.end = max(claims.end, fields.at + min(fields.whole(8), 1 << 62))
    if len(named) < tensors:
        claims.fault("a name stands twice in its header")
    claims.whole = tensors > 0


def _value(fields: _Fields) -> bool:
    kind = fields.whole(4)
    if kind == 8:
        fields.text()
    elif kind == 9:
        of, count = fields.whole(4), fields.whole(8)
        if of >= len(_SIZES) or of == 9:
            return False
        if of != 8:
            fields.skip(_SIZES[of] * count)
        for _each in range(count if of == 8 else 0):
            fields.text()
    elif kind < len(_SIZES):
        fields.skip(_SIZES[kind])
    else:
        return False
    return True
