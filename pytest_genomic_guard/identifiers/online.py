"""E-mail addresses, URLs and addresses of the internet, and the names and numbers that are kept for examples."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import plain, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

_LOCAL = regex(r"[\w.%+'&/=-]{1,64}")
_DOMAIN = regex(r"(?:[\w](?:[\w-]{0,62})\.){1,8}(?:xn--[a-z0-9-]{2,20}|[^\W\d_]{2,24})")
_SCALED = regex(r"(?:v?[0-9.]+x?|latest|next|main|master)\.[a-z]{2,5}", re.IGNORECASE)  # icon@2x.png, package@1.2.js
# ends of file names, which no top-level domain is
_FILES = words("""
png jpg jpeg gif svg webp bmp tif tiff ico css scss less js mjs jsx ts tsx map json jsonl ndjson xml yaml yml toml txt csv tsv
tab xlsx xls docx doc pdf log html htm ipynb md rst vcf bcf bam sam bai fastq fq fa fasta bed gz bgz bz xz zst tar tgz db
sqlite parquet feather arrow pkl npy npz rds rdata sav sas dta dcm nii hdf mp mpeg wav eml msg mbox bak tmp lock service
socket timer target mount slice scope py pyc whl jar exe dll dylib conf cfg ini env sh bat hl fhir ics vcard local localdomain
lan
""")
# RFC 2606 and 6761; then what forms and manuals show for want of a domain of one's own
_RESERVED = frozenset({"example", "test", "invalid", "localhost", "onion"})
_SHOWN = words("""
test.com test.org test.net domain.com yourdomain.com mydomain.com foo.com bar.com foo.bar fake.com company.com yourcompany.com
somewhere.com nowhere.com nobody.com mail.test test.test foo.org bar.org mailinator.com
""")
_ROLES = words("""
noreply no-reply no_reply donotreply do-not-reply do_not_reply git postmaster mailer-daemon webmaster hostmaster root abuse
info support help helpdesk contact admin administrator hello office security sales team privacy service services enquiries
inquiries reception appointments billing bounce bounces newsletter notifications press media jobs careers hr legal dpo
feedback
""")
_ANYBODY = words("""
test tester testing user username foo bar foobar someone somebody anyone anybody nobody name email mail me you your.name
yourname your-name your_email youremail firstname.lastname first.last name.surname john.doe jane.doe johndoe janedoe jdoe
john_doe jane_doe j.doe doe jane john.smith.test testuser test.user test.patient testpatient dummy fake sample example abc xyz
asdf a b x
""")
_URL = regex(r"(?:(?:https?|ftps?|sftp|s3|gs)://|www\.)([^\s/?#<>\"']{1,253})(?:[/?#][^\s<>\"]{0,2000})?", re.IGNORECASE)
_FOUR = regex(r"(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
_PIECE = regex(r"[0-9a-fA-F]{1,4}")
# RFC 1122, 1918, 6598, 3927, 5737, 2544, 5771: first address and length of what belongs to nobody in particular
_NOBODYS: tuple[tuple[int, int, int, int, int], ...] = (
    (0, 0, 0, 0, 8),
    (10, 0, 0, 0, 8),
    (100, 64, 0, 0, 10),
    (127, 0, 0, 0, 8),
    (169, 254, 0, 0, 16),
    (172, 16, 0, 0, 12),
    (192, 0, 0, 0, 24),
    (192, 0, 2, 0, 24),
    (192, 168, 0, 0, 16),
    (198, 18, 0, 0, 15),
    (198, 51, 100, 0, 24),
    (203, 0, 113, 0, 24),
    (224, 0, 0, 0, 3),
)
_RESOLVERS = frozenset(
    {(8, 8, 8, 8), (8, 8, 4, 4), (1, 1, 1, 1), (1, 0, 0, 1), (9, 9, 9, 9), (1, 2, 3, 4), (4, 3, 2, 1), (4, 4, 4, 4)}
)
_HEXTETS = 8


def email(text: str) -> Answer:
    """E-mail address (RFC 5321, without quoted local parts): "yes" for one of somebody; a role's, such as `noreply`, is "no"."""
    local, domain = _split(text)
    if not domain or local in _ROLES or domain.startswith("users.noreply."):
        return "no"
    return "yes"


def _split(text: str) -> tuple[str, str]:
    """Return both sides of an address in lower case, empty where it is none."""
    local, at, domain = plain(text).removeprefix("mailto:").strip("<>").lower().rpartition("@")
    good = at and _LOCAL.fullmatch(local) and not local.startswith(".") and not local.endswith(".") and ".." not in local
    if not good or not _DOMAIN.fullmatch(domain) or _SCALED.fullmatch(domain) or domain.rpartition(".")[2] in _FILES:
        return "", ""
    return local, domain


def email_invented(text: str) -> bool:
    """Tell of domains for examples, and of local parts that are anybody's."""
    local, domain = _split(text)
    return email(text) == "yes" and (reserved(domain) or local in _ANYBODY)


def reserved(host: str) -> bool:
    """Tell whether a domain is kept for examples or tests, or stands in manuals for any."""
    labels = host.lower().rstrip(".").split(".")
    return labels[-1] in _RESERVED or "example" in labels[-3:] or ".".join(labels[-2:]) in _SHOWN


def url(text: str) -> Answer:
    """Address of a page or file, with a scheme or `www.`: "yes" where there is a host. It tells only beside a person."""
    found = _URL.fullmatch(text.strip()) if len(text) <= 2500 else None
    return "yes" if found and _host(found[1]) else "no"


def _host(authority: str) -> str:
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def url_invented(text: str) -> bool:
    """Tell of hosts for examples, and of addresses that are nobody's."""
    found = _URL.fullmatch(text.strip()) if len(text) <= 2500 else None
    host = _host(found[1]) if found else ""
    return bool(host) and (host == "localhost" or reserved(host) or ip_invented(host))


def ip(text: str) -> Answer:
    """Address of IPv4 or IPv6 (RFC 4291, text forms of 2.2), with a port or length of prefix: "yes" or "no"."""
    return "yes" if _four(text) or _eight(text) else "no"


def _four(text: str) -> tuple[int, ...]:
    text = plain(text)
    found = _FOUR.fullmatch(text.partition("/")[0].partition(":")[0]) if len(text) <= 24 else None
    parts = tuple(map(int, found.groups())) if found else ()
    return parts if parts and max(parts) <= 255 else ()


def _eight(text: str) -> tuple[int, ...]:
    """Return the eight numbers of an address of IPv6, none where it is none."""
    text = plain(text).partition("/")[0].partition("%")[0].strip("[]")
    if not 2 <= len(text) <= 45 or text.count(":") < 2 or text.count("::") > 1 or ":::" in text:
        return ()
    before, gap, after = text.partition("::")
    first, last = _hextets(before), _hextets(after)
    if first is None or last is None:
        return ()
    missing = _HEXTETS - len(first) - len(last)
    return (*first, *[0] * missing, *last) if (missing > 0 if gap else missing == 0) else ()


def _hextets(text: str) -> list[int] | None:
    found: list[int] = []
    for piece in text.split(":") if text else ():
        four = _four(piece) if "." in piece else ()
        if four:
            found += (four[0] * 256 + four[1], four[2] * 256 + four[3])
        elif _PIECE.fullmatch(piece):
            found.append(int(piece, 16))
        else:
            return None
    return found


def ip_invented(text: str) -> bool:
    """Tell of documentation, private and local networks, of groups, and of resolvers that all use (RFC 5737, 1918, 3849, 9637)."""
    if four := _four(text):
        number = int.from_bytes(four, "big")
        return four in _RESOLVERS or any(
            number >> (32 - length) == int.from_bytes(first, "big") >> (32 - length) for *first, length in _NOBODYS
        )
    eight = _eight(text)
    if not eight:
        return False
    low = eight[0] == 0 and eight[1:5] == (0, 0, 0, 0)
    shown = eight[:2] == (0x2001, 0xDB8) or eight[0] == 0x3FFF
    return low or shown or eight[0] >> 9 == 0xFC >> 1 or eight[0] >> 6 == 0xFE80 >> 6 or eight[0] >> 8 == 0xFF


KINDS: Mapping[str, Kind] = {
    "email": Kind(name="e-mail address", letter="F", strength="direct", check=email, invented=email_invented, tested=True),
    "url": Kind(name="URL", letter="N", strength="weak", check=url, invented=url_invented),
    "ip": Kind(name="IP address", letter="O", strength="weak", check=ip, invented=ip_invented, tested=True),
}
