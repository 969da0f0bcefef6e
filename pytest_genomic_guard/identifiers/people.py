"""Names of people by structure: no list of names and no model, only how names are written, and which are nobody's."""

# ruff: noqa: RUF001 - apostrophes as people write them

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.characters import CAST, FIRST_OF_CAST, LIKELY
from pytest_genomic_guard.identifiers.fictional import ELSEWHERE, STRONG, TOGETHER, WEAK
from pytest_genomic_guard.identifiers.marks import plain, words
from pytest_genomic_guard.identifiers.nouns import is_thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_genomic_guard.identifiers import Answer

_LONGEST = 80  # characters of a name
_FEWEST = 3  # names that bear each other out where one tells little
TITLES = words("""
mr mrs ms miss mx dr prof professor doctor rev reverend fr sir dame lord lady hon capt sgt herr frau fräulein m mme mlle
monsieur madame mademoiselle sr sra srta señor señora señorita don doña dott sig signor signora dhr mevr mw pan pani hr fru
univ.prof ing dipl.-ing
""")
_AFTER = words("""
jr sr ii iii iv v md do phd rn np pa pac dds dmd dvm esq lpn bsn msn facp facs mph mba mbbs frcs frcp mrcp pharmd psyd lcsw
cnp crna cnm aprn pt ot dpm od dc ba bs ma ms msc bsc jd ccc-slp ret beng meng btech mtech bed bcom llb llm
""")
_PARTICLES = words("""
de del della di da das dos do du des la le las los van von der den dem ter ten te zu zum zur af av al el bin bint binti ibn
ben bat abu ap san santa st y e i und vom 't 's op het in
""")
_MIXED = regex(r"(?:Mc|Mac|O['’`]|D['’`]|L['’`]|N['’`]|Di|De|Da|Du|La|Le|Van|Von|Fitz|Dell['’]|St\.|['’])(?=[^\W\d_])")
_INITIAL = regex(r"[^\W\d_]\.?|(?:[^\W\d_]\.[ -]?){2,3}|[A-Z]{2}")
_LETTERS = regex(r"[^\W\d_]+(?:['’`.-][^\W\d_]+){0,3}\.?")
_SYNTHEA = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,2}[0-9]{1,3}")
# Family names that a name in Chinese or Korean characters begins with: the commonest, some 85 and 99 people of a hundred
_CHINESE = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾"
    "彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔"
    "关關饶饒井鞠甘裴祝柳欧歐辛骆駱包葛齐齊凌霍岑詹耿燕解左盛童靳焦路米柯阮纪紀游单單管车車房全卜农農祁屈古习習查娄"
    "婁盖蓋官冀封褚项項仇冉靖亓边邊卞丛叢苗苑植巩鞏甄郎瞿桂郜匡楼樓晏丘佟卓曲展原莫岳符束薄竺缪繆宫宮司仲海沙明应應"
    "闫闞阚佘连連迟遲芮敖隋"
    "白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温"
    "溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶"
)
_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민진지엄채원천방공현함변염여추"
    "도소석선설마길연위표명기반왕금옥육인맹제모"
)
_JAPANESE = words("""
佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎
森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田
太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田
柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 工藤 今井 高田 丸山 増田 杉山 村田 大塚 新井 小山 平野
藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 水野
桜井 渡部 吉川 山内 西田 菊池 飯田 北村 笹田 廣川 津田 若松
""")


def name(text: str) -> Answer:
    """Name of a person, whole: "yes" with a title of a closed list, "unknown" for what is written as names are, else "no".

    Two to four words with capitals, with initials and particles (`van der`, `bin`); `Family, Given`; HL7's `FAMILY^GIVEN`; names in
    scripts without capitals; placeholders. A word that names a thing makes it none. One word alone is none: see `name_part`.
    """
    text = plain(text)
    if not 2 <= len(text) <= _LONGEST:
        return "no"
    if is_invented_person(text) or (not text.isascii() and _eastern(text)):
        return "unknown"
    if "^" in text or "," in text:
        return "unknown" if ("^" in text and _hl7(text)) or ("^" not in text and _turned(text)) else "no"
    words = text.split()
    titled = list(takewhile(lambda word: word.rstrip(".").lower() in TITLES, words[:-1][:2]))
    core = words[len(titled) :]
    while len(core) > 1 and core[-1].replace(".", "").lower() in _AFTER:
        core.pop()
    if titled and core and _core(core, alone=True):
        return "yes" if titled[0].endswith(".") or titled[0] in {"Mrs", "Herr", "Frau", "Mme", "Dr", "Mr", "Ms"} else "unknown"
    return "unknown" if _core(core) else "no"


def name_part(text: str, *, cased: bool = False) -> bool:
    """Tell whether a cell of a column for given or family names can hold one: one to four words of letters, no things.

    With `cased`, each needs a capital.
    """
    text = plain(text)
    if not 1 <= len(text) <= 60:
        return False
    if is_invented_person(text):
        return True
    words = text.replace(",", " ").split()
    if (
        not 1 <= len(words) <= 5
        or not all(_spelled(word) or word.lower() in _PARTICLES for word in words)
        or any(map(is_thing, words))
    ):
        return False
    return not cased or all(_capital(word) or word.lower() in _PARTICLES for word in words)


def _core(words: Sequence[str], *, alone: bool = False) -> bool:
    """Tell whether words are a name as written from its beginning: two to four and particles, not all of them initials."""
    particles = sum(word.lower() in _PARTICLES for word in words)
    own = len(words) - particles
    if not (1 if alone or particles else 2) <= own <= 5 or particles > 4 or len(words) < (1 if alone else 2):
        return False
    full = 0
    for at, word in enumerate(words):
        if word.lower() in _PARTICLES and (word.islower() or at < len(words) - 1):
            continue
        if _INITIAL.fullmatch(word) and word[0].isupper():
            continue
        if not _capital(word.strip("\"()'")) or is_thing(word):
            return False
        full += 1
    if words[-1].lower() in _PARTICLES or (_INITIAL.fullmatch(words[-1]) and words[-1].endswith(".")):
        return False
    shouted = [word for word in words if len(word) > 2 and word.isupper()]
    return full > 0 and not (shouted and len(shouted) < full and any(len(word) < 4 for word in shouted))


def _capital(word: str) -> bool:
    """Tell whether a word has the capitals of a name: Anna, ANNA, McCoy, O'Neil, Jean-Luc; or none, in a script that has none."""
    word = word.rstrip(".")
    if not _LETTERS.fullmatch(word):
        return False
    for part in word.split("-"):
        found = _MIXED.match(part)
        if not (_cased(part) or (found and _cased(part[found.end() :])) or (part.islower() and part != word)):  # Abd-al-Rahman
            return False
    return True


def _cased(word: str) -> bool:
    return word.isupper() or (word[:1].isupper() and word[1:].islower()) or _caseless(word)


def _spelled(word: str) -> bool:
    """Tell whether a word has letters alone, with their signs, and what joins them."""
    if word.isascii():
        return bool(_LETTERS.fullmatch(word))
    return any(map(str.isalpha, word)) and all(each.isalpha() or each in "'’`.-々ー・·" or _mark(each) for each in word)


def _caseless(word: str) -> bool:
    return not word.isascii() and word.upper() == word.lower()


def _hl7(text: str) -> bool:
    """Tell whether a text is a name of HL7: family, given, further names, suffix, prefix; no code has letters alone in both."""
    family, _caret, rest = text.partition("~")[0].partition("^")
    given, *others = rest.split("^")
    family = family.partition("&")[0]
    if not family or not given or len(others) > 12:
        return False
    both = [*family.split(), *given.split()]
    return len(both) <= 7 and all(_LETTERS.fullmatch(word) for word in both) and not any(map(is_thing, both)) and len(family) > 1


def _turned(text: str) -> bool:
    """Tell whether a text is a name from its end, `Family, Given M.`, also in small letters and before letters of a degree."""
    parts = [part.strip() for part in text.split(",")]
    while len(parts) > 1 and parts[-1].replace(".", "").lower() in _AFTER:
        parts.pop()
    if len(parts) == 1:
        return _core([word for word in parts[0].split() if word.rstrip(".").lower() not in TITLES])
    kept = [part for part in parts if part.replace(".", "").lower() not in _AFTER]
    if len(kept) != 2:
        return False
    family = [word for word in kept[0].split() if word.replace(".", "").lower() not in _AFTER]
    given = [word for word in kept[1].split() if word.rstrip(".").lower() not in TITLES | _AFTER]
    words = [*family, *given]
    if not 1 <= len(family) <= 4 or not 1 <= len(given) <= 4 or any(map(is_thing, words)):
        return False
    if all(word.islower() for word in words):  # a sentence has commas, too
        return len(family) == len(given) == 1 and all(_LETTERS.fullmatch(word) and len(word) > 2 for word in words)
    if len(kept[1]) == 2 and kept[1].isupper():  # Boston, MA
        return False
    cased = all(_capital(word) or word.lower() in _PARTICLES or (_INITIAL.fullmatch(word) and word[0].isupper()) for word in words)
    return cased and len(family[-1]) > 1


def _eastern(text: str) -> bool:
    """Tell whether a text is a name in Chinese, Japanese or Korean characters, in Japanese syllables, or in another such script."""
    words = text.replace("\u3000", " ").replace("・", " ").split()
    joined = "".join(words)
    if not joined or not all((_caseless(each) and (each.isalpha() or each in "々ー")) or _mark(each) for each in joined):
        return False
    first = joined[0]
    if "\uac00" <= first <= "\ud7a3":
        return first in _KOREAN and 2 <= len(joined) <= 4 and len(words) <= 2 and not is_thing(joined)
    if "\u4e00" <= first <= "\u9fff":
        if is_thing(joined):
            return False
        japanese = any(joined.startswith(family) for family in _JAPANESE) and len(joined) <= 6
        chinese = first in _CHINESE and 2 <= len(joined) <= 4 and len(words) <= 2
        return (japanese and len(joined) > 2) or chinese or (len(words) == 2 and max(map(len, words)) <= 3)
    return 2 <= len(words) <= 4 and all(1 < len(word) <= 20 for word in words)


def _mark(each: str) -> bool:
    return "\u0300" <= each <= "\u0eff" and not each.isalnum() and not each.isspace()  # signs of vowels


def is_invented_person(names: str | Iterable[str]) -> bool:
    """Tell whether a name is nobody's: one text, or the parts of the name of one person in any order.

    Placeholders (`Test Patient`, `Patient One`, Anonymous), the made-up people of standards, specimens and films (`fictional`), and
    Synthea's `Given123 Family456`.
    """
    text = names if isinstance(names, str) else " ".join(part for part in names if part)
    text = plain(text)
    return 2 <= len(text) <= _LONGEST and _nobody(text)


@lru_cache(maxsize=1024)
def _nobody(text: str) -> bool:  # several kinds and readers ask of one value in turn
    raw = [word for word in re.split(r"[\s^,;&~_./()\"*#:-]+", text) if word]
    if not raw:
        return False
    if "".join(raw) in ELSEWHERE or _of_synthea(raw):
        return True
    words = [stripped for word in raw if (stripped := _folded(word).rstrip("0123456789"))]
    if any(word in STRONG or word.startswith(("zztest", "zzz", "xxtest")) for word in words) or _a_patient(words):
        return True
    if not words or all(word in WEAK for word in words):
        return len(raw) > 1 and any(len(word) > 1 for word in words)  # `patient` alone is a word like another
    kept = frozenset(word for word in words if len(word) > 1 and word not in TITLES and word not in _AFTER)
    return kept in TOGETHER or (len(kept) == 3 and any(kept - {word} in TOGETHER for word in kept))


def _a_patient(words: Sequence[str]) -> bool:
    """Tell whether a name ends in the word for a patient, maybe with a number or letter behind it: Basic Patient 1."""
    at = words.index("patient") if "patient" in words[1:] else 0
    return at > 0 and all(word in WEAK for word in words[at:])


def nobodies(names: Iterable[str]) -> bool:
    """Tell whether all of several people are nobody, who may bear each other out: testers take them out of one list.

    Each is (`is_invented_person`), or with others is a character or of the long dead; or they are Alice, Bob and Carol; or three
    and more have names that begin with `test`.
    """
    different = {plain(name) for name in names if name}
    rest = {name for name in different if not is_invented_person(name)}
    if not rest or not different:
        return bool(different)
    parts = [[_folded(word) for word in re.split(r"[\s^,;&~_./()\"*#:-]+", name) if word] for name in rest]
    if len(different) > 1 and all(frozenset(word for word in words if len(word) > 1) in LIKELY for words in parts):
        return True
    if len(different) < _FEWEST:
        return False
    alone = {words[0] for words in parts if len(words) == 1}
    cast = len(alone) == len(parts) and FIRST_OF_CAST <= alone <= CAST
    return cast or all(any(word.startswith("test") for word in words) for words in parts)


def _of_synthea(words: Sequence[str]) -> bool:
    """Tell whether digits stand behind the names as Synthea writes them; a title and a further name have none."""
    named = [word for word in words if word.rstrip(".").lower() not in TITLES]
    numbered = [bool(_SYNTHEA.fullmatch(word)) for word in named]
    if len(named) == 1:
        return numbered[0] and named[0][0].isupper() and named[0][-2].isdigit() and named[0][1:2].islower()
    return sum(numbered) >= 2 and len(named) - sum(numbered) <= 2 and not any(word.isdecimal() for word in named)


def _folded(word: str) -> str:
    """Return a word in small letters without accents."""
    if word.isascii():
        return word.lower().replace("'", "")
    import unicodedata  # noqa: PLC0415 - for names beyond ASCII only

    return "".join(each for each in unicodedata.normalize("NFKD", word.casefold()) if each.isalnum())


def _kind(label: str) -> Kind:
    return Kind(name=label, letter="A", strength="direct", check=name, invented=is_invented_person)


KINDS: Mapping[str, Kind] = {"name": _kind("name"), "relative": _kind("name of a relative")}
