"""Values that a more specific check names, so that one place is told once."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.text import Text

_SIGNED = regex(rb"eyJ[\w-]{8,}\.|-----BEGIN|[a-zA-Z][\w+.-]{1,20}://[^\s/]{0,200}@|(?:Bearer|Basic|token|Token) [\w+/.=-]{16,}")
_HEX32, _HEX36 = regex(rb"(?i)[0-9a-f]{32}"), regex(rb"(?i)[0-9a-f]{36}")
_UUID = regex(rb"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BIOMEDICAL = (  # words of names, and the form that a check of that programme reads
    (regex(rb"(?i)redcap|sevenbridges|sbg|^sb_|cavatica|cgc|basespace|bs_"), _HEX32),
    (regex(rb"(?i)ncbi|entrez|eutils"), _HEX36),
    (regex(rb"(?i)umls|uts"), _UUID),
)
_PRINTED = regex(rb"[\t\r\n -~]*+")
_SEARCH = regex(
    rb"(?i)docsearch|algolia[\"']?[ \t]{0,4}[:=][ \t]{0,4}\{|inputSelector"
    rb"|[\"'],\s{0,40}[\"']?index_?name[\"']?\s{0,4}:"
)
_MEDIA = (b"alt=media&", b"alt=media&amp;")  # before the token of an address under which Firebase serves a file
_AROUND = 160
_SEALED = 60  # bytes that an encrypted value has at least


def elsewhere(value: bytes, name: bytes = b"") -> bool:
    """Tell whether a check for a vendor's or a programme's own credentials names a value."""
    if _SIGNED.match(value) or vendor(value):
        return True
    return any(word.search(name) and form.fullmatch(value) for word, form in _BIOMEDICAL)


def harmless(text: Text, begin: int, after: int, at: int, value: bytes) -> bool:
    """Tell whether what stands around a name (from `begin` to `after`) and its value says that this is no secret.

    Bytes of a picture, in which two letters and a sign are found by chance; a search key of Algolia, which each page shows; the
    mark that Rcpp writes into each package; a macro that stands for one with a longer name; what follows on a placeholder.
    """
    data, end = text.data, at + len(value)
    if text.segment(at).context == "binary" and not _PRINTED.fullmatch(data, begin, end):
        return True
    if public(data, begin, end):
        return True
    if data.startswith(b"Generator ", max(0, begin - 10), begin) or value.startswith(data[begin:after] + b"_"):
        return True
    if data[max(0, begin - 5) : begin] == b"/etc/":
        return True  # the file of accounts
    return value[:1] == b"@" and data[after:at].endswith(b">")  # postgres://user:<password>@host


def public(data: bytes, begin: int, end: int) -> bool:
    """Tell whether a key is shown to everybody: to search a project's documentation (Algolia), to load a picture (Firebase)."""
    if data[max(0, begin - 20) : begin].endswith(_MEDIA):
        return True
    return any(_SEARCH.search(data, *part) for part in ((max(0, begin - _AROUND), begin), (end, end + _AROUND)))


def sealed(data: bytes, begin: int, value: bytes) -> bool:
    """Tell whether a value is encrypted for a cluster, which alone can open it (SealedSecret of Bitnami)."""
    return len(value) > _SEALED and value[:2] == b"Ag" and data.find(b"encryptedData", max(0, begin - 4000), begin) >= 0


def vendor(value: bytes) -> bool:
    """Tell whether a value has a format of a vendor."""
    from pytest_genomic_guard.views.secrets import vendors  # noqa: PLC0415 - for texts with such a value only

    return bool(vendors.named(value))
