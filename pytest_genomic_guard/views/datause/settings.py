"""In which setting a place of a file stands: code, a configuration, or text that cites and uses not."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from pytest_genomic_guard.views.text import Text

    Place = Literal["code", "config", "prose"]

_CODE = regex(
    rb"(?i)\.(?:py|pyx|pyi|ipynb|r|sh|bash|zsh|nf|smk|wdl|cwl|pl|pm|jl|java|scala|kt|groovy|js|jsx|ts|tsx|mjs|go|rs|rb|sql|c|cc|cpp"
    rb"|h|hpp|cs|m|do|sas|lua|swift|php|ps1|bat|mk|awk|tf|hql|rmd|qmd|slurm|sbatch|pbs|lsf)\Z"
    rb"|(?:^|/)(?:Dockerfile|Containerfile|Makefile|Snakefile|Jenkinsfile|Rakefile|Justfile)[^/]{0,40}\Z"
)
_CONFIG = regex(
    rb"(?i)\.(?:ya?ml|json|toml|ini|cfg|conf|config|env|properties|tfvars|xml|hcl|jsonnet|params|plist|dvc|lock)\Z"
    rb"|(?:^|/)\.env[^/]{0,40}\Z"
)
_WOVEN = regex(rb"(?i)\.(?:rmd|qmd)\Z")
# files of these names tell of software or of literature, and lists of what others publish
_ABOUT = regex(
    rb"(?i)(?:^|/)(?:CITATION\.cff|\.?zenodo\.json|codemeta\.json|mkdocs\.ya?ml|_config\.ya?ml|package(?:-lock)?\.json|\.cspell[^/]*"
    rb"|[^/]*(?:citation|reference|publication|bibliograph|changelog)[^/]*\.(?:json|ya?ml|xml|toml))\Z"
    rb"|\.min\.js\Z|(?:^|/)inst/extdata/"
)
# a test, or what it reads: an accession in it is an example of one
_TESTED = regex(
    rb"(?i)(?:^|/)(?:tests?|[\w-]{0,40}testing|testdata|test[-_]data|unit[-_]?tests?|__tests__|spec|fixtures?|mocks?|__mocks__"
    rb"|snapshots?)/|(?:^|/)(?:test_[^/]*|conftest|[^/]*_test|test)\.(?:py|go|r|js|ts|java)\Z|\.(?:spec|test)\.[jt]sx?\Z"
    rb"|[A-Za-z0-9](?-i:Tests?)\.(?:js|ts|java|scala|kt|cs|groovy)\Z|(?:^|/)test-[^/]*\.r\Z"
)
# what a site shows, and not what a program reads
_SHOWN = regex(rb"(?i)(?:^|/)(?:docs?|documentation|website|site|blog|news|papers?|manuscripts?)/")
_LINKED = regex(rb"(?i)https?://[^\s\"'<>]{0,200}\Z")
_PAGES = (b".js", b".jsx", b".ts", b".tsx", b".mjs")
_OWN = regex(rb"(?:^|/)\.genomic-guard(?:\.yaml\Z|/)")
_COMMENT = regex(rb"[ \t]{0,200}(?:#|//|--|;|%|\*|/\*|<!--|\")")
_LITERATURE = regex(
    rb"(?i)\bdoi\b|doi\.org|\bet al\b|\bPMID|pubmed|\bPMC\d|arxiv|biorxiv|medrxiv|\bcite[ds]?\b|\bcitation|\bthe paper\b"
    rb"|\bpublished in\b|\be\.?g\.|\bi\.?e\.|for example|\bexample\b|such as"
)
# a comment that thanks, or says where to read on, and not that data are read
_THANKS = regex(
    rb"(?i)\bthank(?:s|ful)?\b|\backnowledg|\bgrateful|\bcourtesy of\b|\bcredits?\b|\bsee also\b|\bdescribed (?:in|by)\b|\bcf\."
    rb"|\breferences?:|\binspired by\b|\bcontributors?\b"
)
_LOADS = regex(
    rb"(?i)\b(?:load|read|download|fetch|import|train|us(?:e|es|ed|ing)\b|extract|prefetch|input|taken|deriv|copied|process|open|tun(?:e|ing)|fit)"
)
# the dictionary of a study's variables, as dbGaP gives it out to everybody
_DICTIONARY = regex(rb"<data_table\b[^>]{0,400}\bstudy_id[ ]?=")
# an entry of a register such as ours, in documentation or in a template of it: it declares, and uses nothing
_ENTRY = regex(rb"\bid[\"']?:[ \t]{0,4}[\"']?\Z")
_TERMS = regex(rb"\b(?:controlled|duo|consent|ai-training|share-models)[\"']?:")
_PREFIXES = {before + mark for mark in (b"b",) for before in (b" ", b"(", b"[", b"{", b",", b"=", b"r", b"\n", b"\t")} | {b"br"}
_RANK = {"code": 0, "config": 0, "prose": 1}
_FENCE = regex(rb"^[ \t]{0,3}```", re.MULTILINE)
_BACK = 1 << 18
_HEAD = 4096
_PATTERN = 8192  # bytes of a line before a place in which the quote that opens there is looked for


def of_path(path: bytes) -> Place | None:
    """Return the setting of a file by its path; None for the policy, whose register names what it declares."""
    if _OWN.search(path):
        return None
    if _TESTED.search(path) or _ABOUT.search(path):
        return "prose"
    if _CODE.search(path):
        return "code"
    if _CONFIG.search(path):
        return "prose" if _SHOWN.search(path) else "config"
    name = path.rpartition(b"/")[2]
    return "prose" if b"." in name or name.isupper() else "code"  # a program without a suffix


def at(text: Text, start: int, place: Place) -> Place | None:
    """Return the setting of a place; None where a program printed it."""
    segment = text.segment(start)
    if segment.context in {"output", "binary"}:
        return None
    if _ENTRY.search(text.data, max(0, start - 16), start) and _TERMS.search(text.data, start, start + 400):
        return None
    if place == "prose" or segment.context in {"prose", "markup"} or _DICTIONARY.search(text.data, 0, _HEAD):
        return "prose"
    if segment.context == "source":
        return "prose" if _cites(text.data, start, segment.start) else "code"
    if _WOVEN.search(text.artifact.path):
        return "code" if len(_FENCE.findall(text.data, max(0, start - _BACK), start)) % 2 else "prose"
    linked = place == "config" or text.artifact.path.lower().endswith(_PAGES)
    cited = linked and _LINKED.search(text.data, max(0, start - 220), start)
    return "prose" if cited or _cites(text.data, start, max(0, start - _BACK)) else place


def better(one: Place, other: Place) -> bool:
    """Tell whether a setting says more of a use than another."""
    return _RANK[one] < _RANK[other]


def _cites(data: bytes, start: int, first: int) -> bool:
    """Tell whether a comment that speaks of literature, a pattern, or the docstring of a program, stands there."""
    begin = max(first, data.rfind(b"\n", first, start) + 1)
    end = data.find(b"\n", start, start + 2000)
    line = data[begin : end if end >= 0 else start + 2000]
    if any(_is_bytes(data, data.rfind(quote, max(begin, start - _PATTERN), start)) for quote in (b'"', b"'")):
        return True
    if _COMMENT.match(line) and (_LITERATURE.search(line) or data[start - 1 : start] == b"`"):
        return True
    if _COMMENT.match(line) and _THANKS.search(line) and not _LOADS.search(line):
        return True
    return any(_quoted(data, start, first, mark) for mark in (b'"""', b"'''"))


def _is_bytes(data: bytes, quote: int) -> bool:
    """Tell whether a quote begins bytes in a program: a pattern or a mark that is looked for; a name or an address is a text."""
    return quote > 0 and data[quote - 1 : quote].lower() in {b"b", b"r"} and data[max(0, quote - 2) : quote].lower() in _PREFIXES


def _quoted(data: bytes, start: int, first: int, mark: bytes) -> bool:
    """Tell whether a docstring is open there: three quotes that stand first on their line."""
    if data.count(mark, first, start) % 2 == 0:
        return False
    opened = data.rfind(mark, first, start)
    line = data[max(first, data.rfind(b"\n", first, opened) + 1) : opened]
    return line.strip().lower() in {b"", b"r", b"b", b"u"}
