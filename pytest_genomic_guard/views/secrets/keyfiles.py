"""Private keys in files that are no text: DER, PKCS #12 stores, Java key stores, OpenPGP rings.

Sources, from general knowledge, not opened again: RFC 7292 4.2 (key bags), OpenJDK `sun/security/provider/JavaKeyStore.java` (mark,
version, number of entries; an entry is a private key, 1, or a trusted certificate, 2) and
`com/sun/crypto/provider/JceKeyStore.java`, RFC 4880 4.2 (packets).
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import der
from pytest_genomic_guard.views.secrets.pem import Key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_BAG = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01"  # of PKCS #12: 1 is a key, 2 one that is locked
# what follows the length of the outer SEQUENCE: the version and the next element
DER = Rule(
    name="private-key-der",
    anchors=(
        *(
            b"\x02\x01\x00\x02" + size
            for size in (b"\x41\x00", b"\x81\x81\x00", b"\x82\x01\x01\x00", b"\x82\x01\x81\x00", b"\x82\x02\x01\x00")
        ),
        *(b"\x02\x01" + version + b"\x30\x0d\x06\x09" + der.RSA for version in (b"\0", b"\1")),
        *(
            b"\x02\x01" + version + b"\x30" + size + b"\x06\x07" + der.EC
            for version in (b"\0", b"\1")
            for size in (b"\x13", b"\x10", b"\x14")
        ),
        *(b"\x02\x01" + version + b"\x30\x05\x06\x03" + name for version in (b"\0", b"\1") for name in der.EDWARDS),
        *(b"\x02\x01\x01\x04" + size for size in (b"\x20", b"\x30", b"\x42")),
    ),
    pattern=rb"(?s)\x02\x01.",
)
LOCKED = Rule(
    name="private-key-der-locked",
    anchors=(b"\x06\x09" + der.PBES + b"\x05\x0d", b"\x06\x0a" + der.PBES + b"\x0c\x01\x03"),
    pattern=rb"(?s)\x06.",
)
STORE = Rule(
    name="private-key-store",
    anchors=(b"\xfe\xed\xfe\xed\0\0\0\2", b"\xfe\xed\xfe\xed\0\0\0\1", b"\xce\xce\xce\xce\0\0\0\2", b"\xce\xce\xce\xce\0\0\0\1"),
    pattern=rb"(?s)[\xfe\xce]{1}.{11}",
)
BAG = Rule(
    name="private-key-bag", anchors=(b"\x06\x0b" + _BAG + b"\x01", b"\x06\x0b" + _BAG + b"\x02"), pattern=rb"(?s)\x06\x0b.{11}"
)
RULES = (DER, LOCKED, STORE, BAG)
_ENTRIES = 256


def found(view: Text) -> list[Key]:
    """Return the keys of a file that is no text, each once."""
    if view.segments[0].context != "binary":
        return []
    bags = [_bag(view, start, end) for start, end in view.matches(BAG)]
    if bags:  # a store: what it holds is told once
        locked = all(key.locked for key in bags)
        return [bags[0].replace(locked=locked)]
    keys = [*_stores(view), *_ders(view)]
    if not keys and not view.begin and view.data[:1] in {b"\x94", b"\x95", b"\x96", b"\x97", b"\xc5"}:
        keys += _ring(view)
    return keys


def _bag(view: Text, start: int, end: int) -> Key:
    locked = view.data[end - 1 : end] == b"\2"
    return Key(start=start, end=end, kind="PKCS #12 store with a private key", locked=locked)


def _ders(view: Text) -> Iterator[Key]:
    data = view.data
    last = -1
    for start, _end in sorted((*view.matches(DER), *view.matches(LOCKED))):
        for back in (2, 3, 4, 6, 8, 5, 7):  # bytes of the head of the SEQUENCE; of two where the key is locked
            at = start - back
            if at < 0 or data[at] != 0x30 or at < last:
                continue
            outer = der.element(data, at)
            state = der.private(data, at)
            if state and outer and outer[2] <= len(data):
                yield Key(start=at, end=outer[2], kind="private key in DER", locked=state == "locked", size=outer[2] - at)
                last = outer[2]
                break


def _stores(view: Text) -> Iterator[Key]:
    """Yield a Java key store of which an entry is a private key."""
    for start, end in view.matches(STORE):
        data, at = view.data, start + 12
        count = int.from_bytes(data[start + 8 : start + 12], "big")
        for _each in range(min(count, _ENTRIES)):
            kind = int.from_bytes(data[at : at + 4], "big")
            if kind == 1 or (kind == 3 and data[start : start + 1] == b"\xce"):
                yield Key(start=start, end=end, kind="Java key store with a private key", locked=True)
                break
            if kind != 2:
                break
            at = _after(data, _after(data, at + 4, 2) + 8, 2)  # its alias, its date, the type of the certificate
            at = _after(data, at, 4)


def _after(data: bytes, at: int, width: int) -> int:
    """Return where a field ends that begins with its length."""
    return at + width + int.from_bytes(data[at : at + width], "big")


def _ring(view: Text) -> Iterator[Key]:
    state = der.pgp(view.data)
    if state:
        yield Key(start=0, end=1, kind="OpenPGP private key", locked=state == "locked", size=len(view.data))
