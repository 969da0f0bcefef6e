"""What stands within a paragraph of Markdown: links, images and emphasis, sentences, labels."""

from __future__ import annotations

# ruff: noqa: RUF001 - marks that other languages have are meant
import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = regex(
    r"[.!?。！？](?:(?<=[。！？])|(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)(?<!\bFig\.)(?<!\bapprox\.)(?<!\bNo\.)(?<!\bDr\.)"
    r"[\"')\]]{0,2}\s+(?=[A-Z\"'(\[0-9\u00bf]))"
)
_IMAGE = regex(r"!\[[^\]]{0,200}\]\([^()\s]{0,600}+(?:\([^()]{0,100}\))?[^()]{0,100}\)|<img\b[^<>]{0,600}+>", re.IGNORECASE)
_LINK = regex(
    r"\[([^\[\]]{0,400})\](?:\([^()\s]{0,800}+(?:\([^()]{0,200}\)[^()\s]{0,400}+)?(?:\s[^()]{0,100})?\)|\[[^\[\]]{0,80}\])"
)
_URL = regex(r"https?://[^\s)>\]]{1,2000}")
# Where archives of data keep one set: such an address names it
_ARCHIVE = regex(
    r"https?://(?:www\.)?(?:archive\.ics\.uci\.edu/(?:ml/)?(?:machine-learning-databases|datasets?)/|kaggle\.com/"
    r"(?:datasets/[\w.-]+/|c/|competitions/)|huggingface\.co/datasets/|zenodo\.org/records?/|(?:\w+\.)?physionet\.org/content/"
    r"|openml\.org/(?:d/|search\?type=data\S{0,40}?id=)|openneuro\.org/datasets/|datadryad\.org/(?:stash/dataset|dataset)/"
    r"|(?:\w+\.)?figshare\.com/articles/(?:dataset/)?|ega-archive\.org/(?:datasets|studies)/|data\.mendeley\.com/datasets/"
    r"|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:geo/query/acc\.cgi\?acc=|bioproject/|projects/gap/cgi-bin/study\.cgi\?study_id=)"
    r"|(?:www\.)?ebi\.ac\.uk/(?:arrayexpress/experiments|biostudies/studies)/|dataverse\.[\w.]{3,40}/dataset\.xhtml\?)"
    r"[\w%+-][^\s)>\]]{0,300}"
)
_SIGNS_OF_ARCHIVES = (
    "archive",
    "kaggle",
    "huggingface",
    "zenodo",
    "physionet",
    "open",
    "dryad",
    "figshare",
    "mendeley",
    "nih.gov",
    "ebi.",
    "dataverse",
)
_UNDERLINED = regex(r"(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
ARCHIVED = "ArchivedSet"  # what stands in a sentence for the address of a set of data
_TAG = regex(r"</?[a-zA-Z][^<>]{0,600}+>")
_RUN_IN = regex(
    r"\*\*((?!(?:Not|No|Do|Don't|Never|For|This|The|It|We|Is|Are)\b)[^\W\d_][\w/&,()'’-]{1,20}"
    r"(?: [\w/&,()'’-]{1,20}){0,3})[.]\*\*\s+(?=\S)"
)
_COMMAND = regex(
    r"(?:[$>%] ?)?(?:(?:sudo|python[\d.]{0,4}|pip3?|conda|mamba|uv|docker|bash|sh|curl|wget|git"
    r"|Rscript|julia|java|npm|npx|make|torchrun"
    r"|accelerate|huggingface-cli|nextflow|snakemake)\s|\.{0,2}/?[\w./-]{1,80}\.(?:py|sh|R|pl|jl)\s|[a-z][\w-]{1,40} --[a-z])"
    r"[^\n]{0,400}?(?:^|\s)--?[A-Za-z]"
)
_OPTION = regex(r"--?[\w-]{1,30}[ =][\"']?<[^<>]{1,60}>")
_MARKS = str.maketrans("", "", "*`")


LABEL = regex(r"([^\W\d_][\w /&,()'’-]{1,62}+)[:：]\s+(?=\S)")


def cleaned(text: str) -> str:
    """Return a text without images, links, tags and emphasis."""
    if "![" in text or "<img" in text:
        text = _IMAGE.sub(" ", text)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\1", text)
    if "://" in text:
        if any(each in text for each in _SIGNS_OF_ARCHIVES):
            text = _ARCHIVE.sub(f" {ARCHIVED} http: ", text)
        text = _URL.sub("http:", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    if "*" in text or "`" in text:
        text = text.translate(_MARKS)
    if "__" in text:
        text = _UNDERLINED.sub("", text)
    return text.strip(" _\t")


def run_in(text: str) -> str:
    """Return a paragraph that begins with its heading, `**Caveats.** Text`, with that as a label."""
    return _RUN_IN.sub(r"\1: ", text, count=1) if text.startswith("**") else text


def command(text: str) -> bool:
    """Tell whether a line of running text is a command, such as stands there without a fence."""
    return " -" in text and _COMMAND.match(text) is not None


def plain(text: str) -> str:
    """Return a line of code without the options whose values its reader puts in."""
    return _OPTION.sub(" ", text)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text, with where they begin."""
    at = 0
    for found in _ENDS.finditer(text):
        yield at, text[at : found.end()].strip()
        at = found.end()
    if at < len(text):
        yield at, text[at:].strip()
