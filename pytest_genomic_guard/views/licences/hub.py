"""The licence ids of the Hugging Face Hub: what each is as an SPDX expression, its class, and what it asks of what is made from it.

The list is that of huggingface/hub-docs, `docs/hub/repositories-licenses.md` (of 22 August 2026, 83 ids). They are in lower case,
and some mean another licence than the same letters do elsewhere: `bsl-1.0` is Boost here, not the Business Source License; `cc` is
a family without a version; `openrail` is no text of its own. Conditions are those of the texts, of what is passed on:
`by` name the author, `weak` changed parts stay under it, `sa` adaptations stay under it, `gpl` the whole does, `net` also where it
is only used over a network, `nc` no commercial use, `research` nothing but research, `nd` no changed versions are passed on,
`use:FAMILY` limits on use that must be passed on (RAIL section 4 or 5, Llama section 1.b, Gemma section 3.1).

Apple's sample code licence lets everybody use, change and pass on (ScanCode LicenseDB has it as permissive); C-UDA-1.0 allows
computational use only, and leaves what is computed free (section 3), as CDLA does (section 3.5 of Sharing 1.0).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Class

_TABLE = """
    apache-2.0 Apache-2.0 by
    mit MIT by
    openrail LicenseRef-OpenRAIL by use:rail
    bigscience-openrail-m LicenseRef-BigScience-OpenRAIL-M by use:rail
    creativeml-openrail-m LicenseRef-CreativeML-OpenRAIL-M by use:rail
    bigscience-bloom-rail-1.0 LicenseRef-BigScience-BLOOM-RAIL-1.0 by use:rail
    bigcode-openrail-m LicenseRef-BigCode-OpenRAIL-M by use:rail
    openrail++ LicenseRef-OpenRAIL-PlusPlus-M by use:rail
    afl-3.0 AFL-3.0 by
    artistic-2.0 Artistic-2.0 by
    bsl-1.0 BSL-1.0 by
    bsd BSD-3-Clause by
    bsd-2-clause BSD-2-Clause by
    bsd-3-clause BSD-3-Clause by
    bsd-3-clause-clear BSD-3-Clause-Clear by
    c-uda C-UDA-1.0 by use:c-uda
    cc -
    cc0-1.0 CC0-1.0
    cc-by-2.0 CC-BY-2.0 by
    cc-by-2.5 CC-BY-2.5 by
    cc-by-3.0 CC-BY-3.0 by
    cc-by-4.0 CC-BY-4.0 by
    cc-by-sa-3.0 CC-BY-SA-3.0 by sa
    cc-by-sa-4.0 CC-BY-SA-4.0 by sa
    cc-by-nc-2.0 CC-BY-NC-2.0 by nc
    cc-by-nc-3.0 CC-BY-NC-3.0 by nc
    cc-by-nc-4.0 CC-BY-NC-4.0 by nc
    cc-by-nd-4.0 CC-BY-ND-4.0 by nd
    cc-by-nc-nd-3.0 CC-BY-NC-ND-3.0 by nc nd
    cc-by-nc-nd-4.0 CC-BY-NC-ND-4.0 by nc nd
    cc-by-nc-sa-2.0 CC-BY-NC-SA-2.0 by nc sa
    cc-by-nc-sa-3.0 CC-BY-NC-SA-3.0 by nc sa
    cc-by-nc-sa-4.0 CC-BY-NC-SA-4.0 by nc sa
    cdla-sharing-1.0 CDLA-Sharing-1.0 by sa
    cdla-permissive-1.0 CDLA-Permissive-1.0 by
    cdla-permissive-2.0 CDLA-Permissive-2.0 by
    wtfpl WTFPL
    ecl-2.0 ECL-2.0 by
    epl-1.0 EPL-1.0 by weak
    epl-2.0 EPL-2.0 by weak
    etalab-2.0 etalab-2.0 by
    eupl-1.1 EUPL-1.1 by gpl
    eupl-1.2 EUPL-1.2 by gpl
    agpl-3.0 AGPL-3.0-only by net
    gfdl GFDL-1.1-or-later by sa
    gpl GPL-1.0-or-later by gpl
    gpl-2.0 GPL-2.0-only by gpl
    gpl-3.0 GPL-3.0-only by gpl
    lgpl LGPL-2.0-or-later by weak
    lgpl-2.1 LGPL-2.1-only by weak
    lgpl-3.0 LGPL-3.0-only by weak
    isc ISC by
    h-research LicenseRef-H-Research by nc research
    intel-research LicenseRef-Intel-Research-Use by nc research
    lppl-1.3c LPPL-1.3c by weak
    ms-pl MS-PL by
    apple-ascl LicenseRef-scancode-apple-sscl by
    apple-amlr LicenseRef-Apple-AMLR by nc research
    mpl-2.0 MPL-2.0 by weak
    odc-by ODC-By-1.0 by
    odbl ODbL-1.0 by sa
    openmdw-1.0 LicenseRef-OpenMDW-1.0 by
    openmdw-1.1 LicenseRef-OpenMDW-1.1 by
    osl-3.0 OSL-3.0 by gpl
    postgresql PostgreSQL by
    ofl-1.1 OFL-1.1 by
    ncsa NCSA by
    unlicense Unlicense
    zlib Zlib by
    pddl PDDL-1.0
    lgpl-lr LGPLLR by weak
    deepfloyd-if-license LicenseRef-DeepFloyd-IF-Research by nc research
    fair-noncommercial-research-license LicenseRef-FAIR-Noncommercial-Research by nc research
    llama2 LicenseRef-Llama-2 by use:llama
    llama3 LicenseRef-Llama-3 by use:llama
    llama3.1 LicenseRef-Llama-3.1 by use:llama
    llama3.2 LicenseRef-Llama-3.2 by use:llama
    llama3.3 LicenseRef-Llama-3.3 by use:llama
    llama4 LicenseRef-Llama-4 by use:llama
    grok2-community LicenseRef-Grok-2-Community by use:grok
    gemma LicenseRef-Gemma by use:gemma
    unknown -
    other -"""

# Names that cards give to a licence that the Hub does not list (`license: other`, `license_name`), of texts that limit something.
_NAMED = """
    health-ai-developer-foundations LicenseRef-HAI-DEF by use:hai-def
    hai-def LicenseRef-HAI-DEF by use:hai-def
    stabilityai-ai-community LicenseRef-Stability-AI-Community by use:stability
    stabilityai-nc-research-community LicenseRef-Stability-AI-NC by nc research
    cambrian-non-commercial-license LicenseRef-Cambrian-Non-Commercial by nc
    mrl LicenseRef-Mistral-Research by nc research
    mnpl LicenseRef-Mistral-Non-Production by nc
    qwen-research LicenseRef-Qwen-Research by nc research
    tongyi-qianwen LicenseRef-Tongyi-Qianwen by use:qwen
    deepseek LicenseRef-DeepSeek by use:deepseek
    flux-1-dev-non-commercial-license LicenseRef-FLUX-Non-Commercial by nc
    nvidia-open-model-license LicenseRef-NVIDIA-Open-Model by use:nvidia
    owkin-non-commercial LicenseRef-Owkin-Non-Commercial by nc
    jamba-open-model-license LicenseRef-Jamba by use:jamba
    gemma-terms-of-use LicenseRef-Gemma by use:gemma"""

_LEVELS = ("weak", "sa", "gpl", "net")  # each keeps what those before it ask for
_SAID = {
    "by": "that its authors be named",
    "weak": "that changed parts stay under its licence",
    "sa": "that what is made from it be shared alike",
    "gpl": "that the whole be under its licence (copyleft)",
    "net": "that users over a network get it under its licence",
    "nc": "that no commercial use be made of it",
    "research": "that it serve nothing but research",
    "nd": "that no changed version be passed on",
}
_RESULTS = {"c-uda": (), "cdla-sharing-1.0": (), "cdla-permissive-1.0": (), "cdla-permissive-2.0": (), "odbl": ("by",)}
_LLAMA = re.compile(r"\bllama[ -]{0,2}(\d(?:\.\d)?)\b(?!\.?\d)[^.;]{0,30}licen[sc]e")  # among other words
_FILLER = re.compile(r"\b(?:the|licen[sc]e|version)\b|[\"'`]")


class Listed(Record):
    """A licence of the Hub's list, or one that cards give a name."""

    id: str
    expression: str = ""  # SPDX; empty for those that name none
    kind: Class = "unknown"
    conditions: tuple[str, ...] = ()

    @property
    def restriction(self) -> str:
        """Say what it keeps users from, in our own words; empty where nothing of that kind."""
        words = [
            "research only" if "research" in self.conditions else "no commercial use" if "nc" in self.conditions else "",
            "no changed versions" if "nd" in self.conditions else "",
            "limits on use" if any(each.startswith("use:") for each in self.conditions) else "",
        ]
        return ", ".join(filter(None, words))


def _read(table: str) -> dict[str, Listed]:
    from pytest_genomic_guard.views.licences import expression as spdx  # noqa: PLC0415 - where there is a card only

    found = {}
    for line in table.strip().splitlines():
        name, expression, *conditions = line.split()
        if expression == "-":
            found[name] = Listed(id=name)
            continue
        kind: Class = (
            "non-commercial"
            if "nc" in conditions
            else "use-restricted"
            if any(each.startswith("use:") for each in conditions)
            else "permissive"
            if expression.startswith("LicenseRef-")
            else spdx.classify(expression)
        )
        found[name] = Listed(id=name, expression=expression, kind=kind, conditions=tuple(conditions))
    return found


@lru_cache(1)
def ids() -> dict[str, Listed]:
    """Return the Hub's list by its ids."""
    return _read(_TABLE)


@lru_cache(1)
def _names() -> dict[str, Listed]:
    return {_squashed(name): each for name, each in _read(_NAMED).items()}


@lru_cache(1)
def _slips() -> dict[str, str]:
    """Return ids by their letters and digits alone, and by their SPDX expressions without what they say of later versions."""
    found = {_squashed(name): name for name in ids()}
    for name, each in sorted(ids().items(), key=lambda item: item[0] != _plain(item[1].expression)):  # `bsd` after `bsd-3-clause`
        found.setdefault(_plain(each.expression), name)
    del found[""]
    return found


def meant(text: str) -> str:
    """Return the id of the list that somebody meant: `apache 2.0`, `CC-BY-4.0`, `gpl3`, `cc_by_4p0`; empty where none is clear."""
    text = text.strip()[:200]
    low = re.sub(r"(\d)p(\d)", r"\1.\2", text.lower())
    found = _slips().get(_squashed(low)) or _slips().get(_squashed(_FILLER.sub("", low)))
    llama = _LLAMA.search(low)
    if not found and llama:
        return f"llama{llama[1]}" if f"llama{llama[1]}" in ids() else ""
    if found or not text:
        return found or ""
    return _slips().get(_plain(spdx(text)), "")


def spdx(text: str) -> str:
    """Return what a name in free words is as an SPDX expression; empty where it is none."""
    from pytest_genomic_guard.views.licences import expression, prose  # noqa: PLC0415 - for names that are none of the Hub's

    text = text.strip()[:200]
    return expression.canonical(text) or prose.named(text)


def called(name: str) -> Listed | None:
    """Return what is under the name that a card gives to its own licence: one of the list, or what its words say against it."""
    known = ids().get(meant(name)) if name else None
    known = _names().get(_squashed(name)) or (known if known and known.expression else None)
    if known or not name:
        return known
    from pytest_genomic_guard.views.licences import classes  # noqa: PLC0415 - as above

    kind = classes.warned(re.sub(r"[^a-z0-9.]+", "-", name.lower()[:100]))
    conditions = {"non-commercial": ("by", "nc"), "use-restricted": ("by", "use:its own")}.get(kind)
    return Listed(id="other", kind=kind, conditions=conditions or ()) if kind != "unknown" else None


def of(expression: str) -> Listed:
    """Return a licence that SPDX has and the Hub has not, with what its class asks."""
    from pytest_genomic_guard.views.licences import expression as read  # noqa: PLC0415 - as above

    kind = read.classify(expression)
    more = {
        "weak-copyleft": ("sa",) if "-SA-" in expression else ("weak",),
        "strong-copyleft": ("gpl",),
        "network-copyleft": ("net",),
        "non-commercial": ("nc",),
        "use-restricted": ("nd",) if "-ND-" in expression else ("use:its own",),
    }.get(kind, ())
    extra = tuple(each for each, mark in (("sa", "-SA-"), ("nd", "-ND-")) if mark in expression and each not in more)
    return Listed(id="", expression=expression, kind=kind, conditions=("by", *more, *(extra if kind == "non-commercial" else ())))


def lost(derived: tuple[str, ...], source: tuple[str, ...]) -> list[str]:
    """Return, in words, the conditions of a source that what is made from it no longer has: none where it keeps all of them."""
    levels = [_LEVELS.index(each) for each in derived if each in _LEVELS]
    missing = []
    for each in source:
        kept = max(levels, default=-1) >= _LEVELS.index(each) if each in _LEVELS else each in derived
        if not kept:
            missing.append(_SAID.get(each, "that its limits on use be passed on"))
    return missing


def to_model(listed: Listed) -> tuple[str, ...]:
    """Return what a licence of data asks of a model that is trained on them: some leave what is computed free.

    C-UDA-1.0 and CDLA say so of results; the ODbL of produced works, of which it asks a notice (section 4.3 and 4.5.b).
    """
    return _RESULTS.get(listed.id, listed.conditions)


def _squashed(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", text.lower())


def _plain(expression: str) -> str:
    return expression.removesuffix("-only").removesuffix("-or-later").lower()
