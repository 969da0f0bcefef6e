"""Which sections a heading, or the label of an item, speaks of. It is evidence of the subject, not of content."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that other languages have are meant
import re
from functools import lru_cache

from pytest_genomic_guard._regex import regex

# In their order; all that match count. Words of English cards first, then the few of others that are cheap to have.
_OF = (
    (
        "out-of-scope",
        (
            r"out[- ]of[- ]scope|outside (?:the )?scope|uses? to avoid|(?:mis|malicious )use|(?:not|un|non)[- ]?(?:intended"
            r"|recommended|suitable)"
            r"|prohibited|restricted uses?|not (?:be )?used?\b|not (?:(?:valid|validated|appropriate|approved|designed"
            r"|meant) )?(?:to|for)\b|disallowed|contraindicat|inappropriate"
            r"|unsupported uses?|disclaimer|avoid using"
            r"|n[ãa]o permitido|fuera del? (?:alcance|[áa]mbito)|fora d[oe] escopo|استفاده نامناسب|не предназнач|no previsto"
            r"|no permitido|hors[- ]p[ée]rim"
            r"|nicht vorgesehen|超出范围|不适用|禁止"
        ),
    ),
    (
        "intended-use",
        (
            r"(?<!un)intended\b(?!\W+not)|(?<!mis)(?<!malicious )(?<!data )\buses?\b(?! to avoid)(?! of)(?! the)(?! with)"
            r"|use cases?"
            r"|purposes?\b|intent\b|audience"
            r"|applications?\b|\bindications?\b|target users?|(?:primary|end) users?|\busers?\b|objectives?\b|social impact"
            r"|(?:could|can|should) (?:the \w+|it) be used|been used for|uso previsto|usos?\b|objetivo|objectifs?\b|amaç"
            r"|tujuan|penggunaan|utilisation pr[ée]vue"
            r"|usage pr[ée]vu|verwendungszweck|vorgesehene|einsatzzweck"
            r"|finalidade|prop[óo]sito|scopo|هدف|کاربرد|назначение|목적|用途|使用场景|预期用途|意図"
        ),
    ),
    (
        "training-data",
        (
            r"(?:pre-?)?train(?:ing|ed)\b(?! (?:procedure|hyper|regime|result|metric|config|script|code|arg|log|time|loss|detail"
            r"|infra|setup|step|speed|curve|objective|cost|hardware|environment|pipeline|recipe"
            r"|protocol|vocab|schedule|framework|librar|command|param|device))"
            r"|\bdata(?:set)?s?\b(?! (?:field|split|instance|structure|format|privacy|protection|card|loader|load|preprocess"
            r"|governance|access|card|availability|drift|licen|type|shape|schema|dictionar|layout))|corpus|corpora"
            r"|\bsource\b(?! (?:vocab|lang|code|file|token|sentence|text|sequence|length|tree))|provenance"
            r"|datos\b|entrenamiento|donn[ée]es|entra[iî]nement|trainingsdaten|daten\b|dados\b|dati\b|داده|данные|데이터|训练数据|数据集"
            r"|数据来源|学習データ"
        ),
    ),
    (
        "evaluation",
        (
            r"evaluat|perform(?!ed|ing)|result|metric|benchmark|accura|validation|\btest(?:ing|s)?\b|quantitative analys|scores?\b"
            r"|calibration|leaderboard"
            r"|evaluaci|m[ée]tricas|desempe|rendimiento|r[ée]sultats|ergebnisse|leistung|avalia[çc]|valutazione|ارزیابی|عملکرد"
            r"|оценка|평가|评估|性能|評価|결과"
        ),
    ),
    (
        "limitations",
        (
            r"limitations?\b|limits\b|\bbias(?:es)?\b|risks\b|risk\b(?! (?:score|table|model|predict|band|level|group|stratif"
            r"|categor|driver|class|factor|tier|calc))|caveats?|ethic|failure|known (?:issue|problem)|trade-?offs?"
            r"|weakness|shortcoming|(?<!memory )(?<!consumption )(?<!usage )warning|disclaimer|challenges|responsib"
            r"|impact future uses|limitaci|sesgo|riesgo|limites\b|biais|einschr[äa]nkung|grenzen|limita[çc]|limitazioni"
            r"|vorbehalt|risik(?:o|en)\b|sch[äa]den\b|rischi|batasan|s[ıi]n[ıi]rl[ıi]l|k[ıi]s[ıi]tl|hạn chế|beperking"
            r"|begr[äa]nsning|ograniczeni|advertencia|avertissement|محدودیت"
            r"|ограничен|局限|限制|偏见|風險|制限|한계"
        ),
    ),
    ("licence", r"licen[cs](?:e|ing)|licencia|lizenz|terms of use|许可|ライセンス"),
    (
        "subgroups",
        (
            r"sub-?(?:group|population)|fairness|disparit|equity|disaggregat|(?:by|across) (?:sex|gender|race|ethnic|age|ancestr"
            r"|demographic)|intersectional|unitary"
            r"|equidad|[ée]quit[ée]|parity"
        ),
    ),
    (
        "demographics",
        r"demograph|sub-?populations|\bpopulations?\b|participants?\b|patients?\b|cohort|ancestr|subjects\b|demograf|d[ée]mograph",
    ),
    (
        "privacy-evaluation",
        (
            r"membership inference|\bMIA\b|replica|memori[sz]ation|privacy (?:evaluation|attack|test|audit|risk)"
            r"|re-?identification (?:test|risk)"
        ),
    ),
    (
        "privacy",
        (
            r"privacy|personal (?:and|data|info|identif)|sensitive|de-?identif|anonymi|confidential|data protection|gdpr|hipaa"
            r"|\bphi\b|\bpii\b|privacidade?\b|confidencialidad|vie priv[ée]e|datenschutz|confidentialit|隐私|プライバシ"
        ),
    ),
    (
        "oversight",
        (
            r"oversight|human[- ](?:in|review|control|factor)|supervis(?:ion|ory)\b|clinician review|supervisi[óo]n"
            r"|revisi[óo]n humana|revis[ãa]o humana|contr[ôo]le humain|menschliche[rn]? (?:aufsicht|kontrolle|überprüfung|prüfung)"
        ),
    ),
)
_FORMS = tuple((name, regex("(?i)" + form)) for name, form in _OF)
# what only looks like one: how a model is called or trained, what comes out of it
_OTHER = regex(
    r"(?i)\bhow to (?:use|get|run|train|cite)|^(?:basic |example |sample |quick ?)?usage\b|get(?:ting)? started|\binstall"
    r"|quick ?start|citation|\breferences?$|acknowledg|\bdata use\b"
    r"|contribut|contact|\bauthors?\b|table of contents|hyper-?parameter|change ?log|requirements?$|\bcommands?\b"
    r"|(?<!membership )\binference\b|\bdeploy|folder|directory|download|\bexample"
    r"|\bupdates?\b|\bnews\b|model description|model details|repository structure|tutorial|\bpapers?\b|ci status"
    r"|run(?:ning)? the tests?|^(?:the|this|our|it)\b.{0,80}\buses:?$"
)
_DATA_TEST = regex(
    r"(?i)\b(?:test|evaluat\w{1,4}|validation|held[- ]out)\b.{0,12}\bdata|sample data|data (?:structure|field|split|instance"
    r"|format)"
)
# What the model does not take is no use that is out of scope
_UNUSED = regex(
    r"(?i)\b(?:inputs?|features?|variables?|columns?|fields?|predictors?|parameters?|markers?|modalit\w{1,3}|data|labels?|layers?"
    r"|files?|attributes?|covariates?)\b.{0,30}\bnot (?:currently |yet )?used\b|\bnot (?:currently )?used by\b"
)
_NEW_DATA = regex(r"(?i)\b(?:new|your|own|custom) (?:data|images|samples|sequences)")  # how to use the model on them
# A line that opens a list is a sentence: what it is of is what it says at last
_MEANT_FOR = regex(
    r"(?i)^(?:this|the|our|it|these) .{0,60}\b(?:designed|intended|meant|suited|suitable|ideal|made|built) (?:for|to)\b"
)
_TRAINS_TOO = regex(r"(?i)\btrain(?:ing)?\b[\w ]{0,8}(?: and |[,/&+])")  # "Training and evaluation data"
_TITLE = regex(r"(?i)^(?:the )?model ?card\b")  # of the whole card: what the model is called is no subject
_RESPONSIBLE = regex(r"(?i)\b(?:ethical|responsible) (?:use|usage)\b(?! and)")
_USES_AND = regex(r"(?i)^(?:mis)?uses? and limitations?$")


@lru_cache(maxsize=2048)
def subjects(heading: str) -> frozenset[str]:
    """Return the names of the sections that a heading speaks of; none where it is of another matter."""
    text = heading[:120]
    if _OTHER.search(text) or _TITLE.match(text):
        return frozenset()
    found = {name for name, form in _FORMS if form.search(text)}
    if "training-data" in found and _DATA_TEST.search(text) and not _TRAINS_TOO.search(text):
        found.discard("training-data")
    if "training-data" in found and _NEW_DATA.search(text):
        found.discard("training-data")
    if "out-of-scope" in found and _UNUSED.search(text):
        found.discard("out-of-scope")
    if found and _MEANT_FOR.match(text) and "out-of-scope" not in found:
        return frozenset({"intended-use"})
    if "out-of-scope" in found and "intended-use" in found and not _both(text):
        found.discard("intended-use")
    if "privacy" in found or "licence" in found:
        found -= {"training-data", "intended-use"} if not _both(text) else set()
    if "limitations" in found and "intended-use" in found and not _both(text):
        found.discard("intended-use")
    if "limitations" in found and _RESPONSIBLE.search(text):
        found = found - {"limitations"} | {"intended-use", "out-of-scope"}
    if "subgroups" in found or "demographics" in found:
        found.discard("intended-use")
    return frozenset(found)


@lru_cache(maxsize=2048)
def other(heading: str) -> bool:
    """Tell whether a heading is of another matter altogether, so that those above it no longer hold."""
    return bool(_OTHER.search(heading[:120]))


def _both(text: str) -> bool:
    """Tell whether a heading names two matters."""
    return bool(re.search(r"(?i)\b(?:and|or|y|et|und)\b|[&/,+]", text))
