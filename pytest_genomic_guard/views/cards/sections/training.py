"""Training data: a named data set, or a described source; not a link, a paper or a figure alone."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states, subjects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_NOUNS = (
    r"(?:data\s?sets?|data\b|corp(?:us|ora)|images?|cells?|sequences?|records?|patients?|samples?|scans?|tweets|comments"
    r"|articles|documents|sentences|texts?|tokens|genomes?|transcriptomes?|proteins?|"
    r"variants?|slides?|pairs|videos?|recordings?|hours|volumes|examples|reviews|reports|notes|reads|profiles|molecules"
    r"|compounds|structures|spectra|rows|observations|examinations|studies|labels|participants|subjects|individuals|peptides"
    r"|genes|windows|exomes|genotypes|haplotypes|loci|alleles|regions|promoters|enhancers|isolates|strains|plants|mice|patches"
    r"|scenarios|demonstrations|annotations|posts|instances|questions|conversations|songs|tracks|catalog"
    r"|applications|files|csv|tables|instructions|wikipedia|cohorts?|databases?|benchmark)"
)
_TRAIN = regex(
    r"\b(?:pre-?|re-?)?(?:trained|fine[- ]?tuned|finetuned|learned|built|tuned|developed|calibrated|fitted|fit|training"
    r"|pretraining|fine-?tuning|pre-training)(?:\s[\w()/,-]+){0,7}?\s(?:on|using|with|from|over|against|data|dataset|corpus"
    r"|set)\b"
)
_IS = regex(
    r"\b(?:(?:primary |main |original )?sources? (?:for|of) (?:this|the|these|our|all) (?:\w+ )?(?:data|data ?set|records|images"
    r"|labels)\b (?:was|is|were|are)\b|(?:training|pre-?training|fine-?tuning|train|development|derivation|source"
    r"|input)(?: and (?:\w+ )?)?(?:/\w{1,60})? ?(?:\w+ )?(?:data\s?set|data|corpus|set|cohort|labels|samples|images|material"
    r"|split)s?\b"
    r"(?: \w+){0,5}? (?:consist|compris|includ|contain|come|came|origin|were|was|is|are|has|have|cover|used|mirror|draw|taken))"
)
_FROM = regex(
    r"\b(?:collected|derived|gathered|obtained|scraped|crawled|extracted|sourced|curated|crowd-?sourced|downloaded|taken|drawn"
    r"|compiled|imported|annotated|sampled|assembled|acquired|constructed|created|generated|generation|based|come|comes|build"
    r"|built|retrieved|consists?|comprises|contains?|provided|publicly available|originat\w+)\b(?: \w+){0,6}? (?:from|by|using"
    r"|of|on|in|via|at|with|data)\b"
)
_PROPER = regex(
    r"(?<![.!?:] )(?<!^)(?<![\w/.@-])(?:[A-Z][a-z]+[A-Z0-9-][\w-]*|[A-Z][A-Z0-9&-]{1,}[a-z]?\w*"
    r"|[A-Z][a-z]{2,}(?: [A-Z0-9]\w++)*+|[a-z]+[A-Z]\w+|[a-z]{2,}\d{2,}\b)"
)
_HARD = regex(
    r"(?i)\b(?:gpus?|tpus?|nvidia|a100s?|v100s?|h100s?|t4|rtx|cpus?|pytorch|tensorflow|keras|adamw?|aws|azure|colab"
    r"|google cloud|dgx|cuda|sgd|lora|qlora|epochs?|batch|learning rate|optimi[sz]er|loss|python|scikit-learn|sklearn|xgboost"
    r"|lightgbm|deepspeed|megatron|accelerate|huggingface|hugging face|transformers|unsloth|trl|axolotl|monai|terratorch|jax"
    r"|flax|mixed precision|fp16|bf16|amp|hyperparameters?|transfer learning|masking|seed|steps|I|We|The|It|They|This|Our|In"
    r"|See|For|Model|ML|AI|NLP|CNN|LLM|LLMs|GAN|API|URL|JSON|CSV|DVC|GPT|BERT|MLM|SVM|PCA|MLP|CRF|LSTM|RNN|ViT|ResNet\w*"
    r"|GitHub|RAM|VRAM|GB|MB|TB|SSD|Intel|Xeon|AMD|Note|If|To|All|These|ID|README|MODEL|DATA|SHA-?\d*|\w*SEED|TODO|Docker|conda"
    r"|Paper|arXiv)\b"
)
# What prepares data is not where they come from
_TOOL = regex(
    r"(?i)\w*(?:scaler|encoder|imputer|searchcv|kfold|splitter|vectorizer|augment\w*|loader|transformer)|smote\w*|adasyn|minmax\w*"
    r"|optuna|k-?fold|z-?score|roc|auc|auroc|cv"
)
_PREPARED = regex(
    r"^(?:the )?(?:[\w-]{1,30} ){0,3}?(?:splits?|smote|scal(?:er|ing)|normali[sz]ation|standardi[sz]ation|augmentation|oversampling"
    r"|over-?sampling|undersampling|imputation|encoding|scaler|\w+scaler|\w+encoder|hold-?out|early stopping"
    r"|cross-?validation)\b:? "
    r"(?:[\w-]{1,30} ){0,2}?(?:is |are |was |were )?(?:\w+ly )?(?:applied|used|generated|fitted|fit|performed|excluded|done|made"
    r"|computed|created|fixed|stratified|random|by|with|at)\b"
)
_PREPARES = (
    "split",
    "smote",
    "scal",
    "normali",
    "standardi",
    "augment",
    "sampling",
    "imput",
    "encod",
    "holdout",
    "hold-out",
    "stopping",
    "validation",
)
_FROM_ARCHIVE = regex(
    r"\b(?:obtained|collected|downloaded|taken|derived|sourced|retrieved|drawn|come|comes|came|extracted|trained|fine-?tuned"
    r"|learned"
    r"|built|data ?sets?|data|corpus|published|provided|available|originat\w+)\b[^.;]{0,60}?\b(?:from|on|at|in|by|via|is|are|was)\b"
    r"[^.;]{0,40}?\barchivedset\b"
)
_COUNT = regex(
    r"\d(?<![\w.-]\d)[\d,. ]{0,12}\s?(?:k|m|b|gb|tb|million|billion|thousand|hundred)?\+? (?:[\w-]{1,40} ){0,4}"
    + _NOUNS.replace("|rows|", "|")
    .replace("|observations|", "|")
    .replace("|instances|", "|")
    .replace("|examples|", "|")
    .replace("|records|", "|")
    .replace("|samples?|", "|")
    .replace("data\\s?sets?|data\\b|", "")
    + r"\b"
)
_NOUN = regex(r"\b" + _NOUNS + r"\b")
_ON = regex(r"(?:pre-?|re-?)?(?:trained|fine[- ]?tuned|finetuned|tuned|fitted)(?: [\w-]{1,20}){0,2} on\b")
_MACHINE = regex(
    r"\b(?:gpus?|tpus?|nvidia|a100s?|v100s?|h100s?|rtx|cpus?|aws|azure|colab|google cloud|cluster|servers?|machines?|task|tasks)\b"
)
_DESCRIBED = regex(
    r"(?:pre-?|re-?)?(?:trained|fine[- ]?tuned|finetuned|fitted)(?: \w{1,12}ly)? on (?:\w{1,20} ){0,2}(?:synthetic|simulated"
    r"|publicly available"
    r"|public|web|hospital|claims|electronic health|crowd-?sourced|de-?identified)\b"
)
_YOURS = regex(
    r"\byour?\b|\byou (?:can|need|must|should|want)|\bto train\b|\btrain your|\bcan be (?:fine-?tuned|trained)|\brun\b"
    r"|\bwill train\b|\bcommand\b|\bscript\b|\bplease\b|\bdownload the\b|\bexecute"
)
_THAT_WAS = regex(
    r"\b(?:that|which) (?:is|are|was|were|has been|have been) (?:already )?(?:pre-?)?(?:trained|fine-?tuned) (?:on|with)\b"
)
_HOW = regex(r"\b(?:functions?|cache|download\w*|argument|parameter|folder|directory|install\w*)\b|`")
_HOWTO = regex(r"^to [a-z]+ .{0,160}\b(?:use|run|execute|call|see)\b|^(?:use|run|execute|call) the\b")
_TEST = regex(r"\b(?:test|tested|evaluat\w+|held[- ]out|validat\w+|benchmark\w*)\b")
_NONE = regex(
    r"\b(?:not|never|no)\b(?: \w+){0,3} (?:disclosed|available|documented|specified|known|provided|published|trained|described"
    r"|used|been|public|train\w*|included|redistributed|shipped|bundled|hosted)|\bundisclosed|\bunknown\b|\bno training\b"
)
_ABOUT = regex(
    r"\b(?:real|synthetic|simulated|public(?:ly)?|open|proprietary|internal|anonymi[sz]ed|de-?identified|crowd-?sourced"
    r"|historical|web|internet|hospital|claims|electronic health|human|mouse|wikipedia|news|social media|licensed|curated"
    r"|survey|registry|census|custom|hand-?(?:crafted|written|made|labell?ed)|manual(?:ly)?)\b"
)
_TRAINED = frozenset(
    [
        "train",
        "pretr",
        "retra",
        "fine",
        "finet",
        "tuned",
        "retun",
        "learn",
        "relea",
        "built",
        "rebui",
        "devel",
        "redev",
        "calib",
        "recal",
        "fitte",
        "fit",
    ]
)
_PARTS = frozenset(["train", "pretr", "fine", "finet", "devel", "deriv", "sourc", "input"])
_OPENS = (" by:", " with:", " using:", " running:", " via:", " under:", " in:", " at:", " to:")  # a list of commands or paths
_LONG = 12  # words: a name alone has fewer


def judged(piece: Piece) -> str:
    """Judge a piece that may name the data."""
    text, low = piece.text, piece.low
    if piece.code or (any(each in low for each in _PREPARES) and _PREPARED.match(low)):
        return ""
    if "archivedset" in low and _from_archive(piece):
        return "stated"
    said = _TRAIN.search(low) if piece.has(_TRAINED) else None
    told = said or (_IS.search(low) if piece.has(_PARTS) else None)
    denied = _NONE.search(low) if told else None
    if told and denied:
        before = text[told.start() : denied.start()] if len(low) == len(text) else ""
        return "stated" if _source(before, before.lower()) else "negation"
    if said and not piece.under and _YOURS.search(low) and not _THAT_WAS.search(low):
        return ""
    after = text[told.start() :] if told and len(low) == len(text) else text
    if (told and _source(after, after.lower())) or (piece.data and _data(piece)):
        return "stated"
    return _below(piece) if piece.under else ""


def _from_archive(piece: Piece) -> bool:
    """Tell whether a sentence says that the data come from one set of an archive, of which it gives the address."""
    low = piece.low
    if _NONE.search(low) or not (piece.under or piece.data or "train" in low or "tuned" in low):
        return False
    if "evaluation" in piece.near and "train" not in low and _TEST.search(low):
        return False
    return _FROM_ARCHIVE.search(low) is not None


def _data(piece: Piece) -> bool:
    """Tell whether a sentence of a card of data says where they come from, or how many there are."""
    low = piece.low
    if piece.row or _HOW.search(low):
        return False
    return _COUNT.search(low) is not None or (_FROM.search(low) is not None and _source(piece.text, low))


def _below(piece: Piece) -> str:
    """Judge what stands below a heading of training data."""
    text, low = piece.text, piece.low
    if _NONE.search(low):
        return "negation"
    if "evaluation" in piece.near and "train" not in low and _TEST.search(low):
        return ""
    counted = _COUNT.search(low)
    if states.defers(text) and not counted:
        return "deferral"
    if _HOWTO.match(low) or low.endswith(_OPENS):
        return "word"
    return "stated" if counted or _named(piece) else "word"


def _named(piece: Piece) -> bool:
    """Tell whether what stands below a heading of training data names some, or says where they come from."""
    text, low = piece.text, piece.low
    noun = _NOUN.search(low)
    if noun and (_FROM.search(low) or _ABOUT.search(low)):
        return True
    named = any(not (_HARD.fullmatch(found) or _TOOL.fullmatch(found)) for found in _PROPER.findall(" " + text))
    if named and _FROM.search(low):
        return True
    short = states.words(text) < _LONG and (not piece.label or subjects.subjects(piece.label))
    return bool(named and (noun or short))


def _source(text: str, low: str) -> bool:
    """Tell whether a text names a data set or describes a source."""
    near, low = text[:180], low[:180]
    if _COUNT.search(low) and "context" not in low:
        return True
    named = any(not (_HARD.search(found) or _TOOL.fullmatch(found)) for found in _PROPER.findall(" " + near))
    noun = _NOUN.search(low)
    return bool(
        (named and (noun or (_ON.match(low) and not _MACHINE.search(low))))
        or (noun and ((_ABOUT.search(low) and _FROM.search(low)) or _DESCRIBED.match(low)))
    )
