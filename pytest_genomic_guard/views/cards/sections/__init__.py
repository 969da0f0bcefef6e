"""What counts as content of each section of a card: one module a section, chosen by the words of a sentence.

Each of them has `judged(piece)`, which returns `stated`, why the sentence only mentions its section, or nothing. A sentence is
given to a section where its words, or the heading above it, are of the section: `STEMS` are the first five letters of such words.
"""

from __future__ import annotations

STATED = "stated"


class Piece:
    """A sentence, a row or an item, in the light of what stands above it."""

    __slots__ = ("above", "code", "data", "giver", "head", "label", "low", "near", "row", "stems", "text", "under")

    def __init__(self, text: str, low: str, near: frozenset[str], *, row: bool = False, code: bool = False) -> None:
        self.text = text
        self.low = low  # the same in lower case
        self.near = near  # the sections of the heading and the label
        self.stems: set[str] | None = None  # the first letters of its words, where they tell all of it
        self.row = row
        self.code = code
        self.under = False  # the heading, or the label, says that it is of the section for which it is judged
        self.label = ""  # of an item, `label: text`, or the first cell of a row
        self.head = ""  # of a row
        self.above = ""  # the heading, in lower case
        self.giver = ""  # the heading, or the label, of which it has its sections: the same, or one further up
        self.data = False  # the card is of data

    def has(self, stems: frozenset[str]) -> bool:
        """Tell whether a sentence can have a word that begins like one of these: what is asked before a large expression."""
        return self.stems is None or not self.stems.isdisjoint(stems)


STEMS = {
    "intended-use": (
        "inten meant desig suita aimed users purpo usage resea educa use used could clini docto recom made demon refer con "
        "desti creat serve"
    ),
    "out-of-scope": "not never prohi outsi avoid out unsui forbi must canno don subst repla disal misus inapp recom doit advis "
    "disco again utili nicht",
    "training-data": (
        "train pretr finet fine tuned colle deriv datas corpu sourc obtai built gathe scrap extra learn data crowd annot impor "
        "sampl"
    ),
    "evaluation": (
        "accur auc auroc auprc f1 preci recal sensi speci bleu rouge wer cer perpl mae rmse mse r2 dice iou miou map corre "
        "win elo pears spear mcc fid score error brier kappa ppv npv achie perfo loss exact conco top1 top5 top em r mean roc "
        "pr prauc "
        "rocau aupr ap ap50 c f fscor mape ndcg mrr hits ece jacca haus hd95 psnr ssim meteo bert bpb pass mmlu hella gsm8k "
        "human arc glue squad"
    ),
    "limitations": (
        "somet often likel suffe inabi annot suppo limit bias biase biasy may might canno fail fails error only poor poorl "
        "under degra strug incor inacc not unrel hallu risk risks perfo gener sensi unabl issue lower weake assum sugge depen "
        "skewe unfai stere lack lacks overf untes worse artif noise noisy missi narro small outda misse overe ignor silen "
        "fall falls "
        "drops decli confu loses never incap overl overc inclu treat direc inter"
    ),
    "licence": "licen mit apach bsd gpl cc cc0 agpl lgpl gplv3 mpl openr creat polyf terms unlic eupl publi propr non polic",
    "subgroups": (
        "male femal males men women gende sex race races racia ethni ances afric asian hispa cauca europ latin black white age "
        "aged older young elder skin fitzp eur afr eas sas amr group subgr dispa demog fair equal parit accen"
    ),
    "demographics": (
        "male femal males men women gende sex race races racia ethni ances afric asian hispa cauca europ latin black white age "
        "aged ages older young elder year adult child patie parti subje donor indiv cohor popul demog peopl speak infan annot"
    ),
    "privacy": "priva sensi de ident anony pseud perso pii phi gdpr hipaa confi conse reide user deide human store irb biome "
    "leave uploa trans "
    "anoni names birth donn datos dados",
    "privacy-evaluation": "membe mia repli attac memor extra leaka reide neare canar expos",
    "oversight": (
        "human clini physi exper radio patho docto profe super overs revie moder speci genet curat opera analy "
        "outpu predi resul respo commi mensc super superv score appro epide revis"
    ),
}
ORDER = tuple(STEMS)


def _stems() -> dict[str, int]:
    """Return which sections a stem tells."""
    bits: dict[str, int] = {}
    for at, stems in enumerate(STEMS.values()):
        for stem in stems.split():
            bits[stem[:5]] = bits.get(stem[:5], 0) | 1 << at
    return bits


_BITS = _stems()
_KNOWN = frozenset(_BITS)


def about(stems: set[str]) -> int:
    """Return which sections the words of a sentence may be of, as bits in the order of `ORDER`."""
    found = 0
    for stem in stems & _KNOWN:
        found |= _BITS[stem]
    return found


def others(low: str) -> int:
    """Return what a sentence may be of that is in none of the languages that the stems know: the five that `STEMS` begins with."""
    return 31 if max(low, default="") > "\u2fff" else 0
