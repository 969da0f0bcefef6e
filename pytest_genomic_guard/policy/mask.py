"""Paths as they may be shown: what repeats a sample id seen in the same snapshot is masked."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MASK = "[masked]"
_SHORTEST = 4
_AT_ONCE = 1 << 14  # ids that are looked at together
_TELLING = regex(r"(?=.*[0-9])(?=.*[^0-9]).{6,}")  # letters and digits: found inside longer words as well
_TELLS = regex(  # what a path has that holds one of `identifiers.IN_PATHS` or an address of e-mail
    rb"[^/@ ]@[0-9A-Za-z-]{1,63}\.|[0-9]{3}[-._ )]{1,2}[0-9]{2,3}[-._ ][0-9]{4}"
    rb"|[1-9][A-Za-z][0-9A-Za-z][0-9]-?[A-Za-z][0-9A-Za-z][0-9]-?[A-Za-z]{2}[0-9]{2}"
    rb"|[A-Za-z][0-9L-Vl-v]{2}[A-Ta-t][0-9L-Vl-v]{2}[A-Za-z][0-9L-Vl-v]{3}[A-Za-z]|[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Ya-y]"
    rb"|[0-9]{3}\.[0-9]{3}\.[0-9]{3}-|756\.[0-9]{4}\.|[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.|[A-Za-z]{4}[0-9]{6}[HMXhmx]"
    rb"|[STFGMstfgm][0-9]{7}[A-Za-z]"
)
_NOT_ALNUM = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_EVERYDAY = (
    "sample samples patient patients subject subjects proband mother father child tumor tumour normal control case cohort data"
    " test reference genome exome variants calls default unknown chrom format filter info string"
)
_WORDS = frozenset(_EVERYDAY.split())


def mask(identifiers: Iterable[bytes], names: Iterable[bytes] = ()) -> Callable[[bytes], str]:
    """Return a function that shows a path as text, with what repeats one of `identifiers`, or a part of a name in `names`, masked.

    Case, separators and accents do not matter. An id of letters and digits is found inside longer words too, any other as whole
    words. Dates, plain numbers, public ids, everyday words and ids of fewer than four characters stay: they tell nothing of anyone.
    In `names` a rule has found something, so these are masked whatever they are. Besides, identifiers of people that tell by
    themselves are (`identifiers.IN_PATHS` and addresses of e-mail), whatever was found.
    """
    parts = sorted({each.decode("utf-8", "backslashreplace") for each in names if each}, key=len, reverse=True)
    if not parts:
        return _shown(identifiers)
    found, show = re.compile("|".join(map(re.escape, parts))), _shown(identifiers)
    return lambda path: show(found.sub(MASK, path.decode("utf-8", "backslashreplace")).encode("utf-8"))


def _shown(identifiers: Iterable[bytes]) -> Callable[[bytes], str]:
    """Return a function that masks identifiers."""
    known = _Known(identifiers)
    lengths: dict[str, set[int]] = {}
    for key in known:
        lengths.setdefault(key[:_SHORTEST], set()).add(len(key))
    longest = {begun: sorted(each, reverse=True) for begun, each in lengths.items()}

    def show(path: bytes) -> str:
        text = path.decode("utf-8", "backslashreplace")
        text = _masked(text, known, longest) if known else text
        return _of_people(text) if _TELLS.search(path) else text

    return show


def _of_people(text: str) -> str:
    """Mask identifiers of people that tell by themselves: a Social Security number, an address of e-mail, a telephone number."""
    from pytest_genomic_guard.identifiers.paths import spans  # noqa: PLC0415 - of no use to ordinary paths

    for start, end in reversed(spans(text)):
        text = text[:start] + MASK + text[end:]
    return text


class _Known(set[str]):
    """What is left of ids without separators and case. Which ids these are, public or not, is asked when a path has one."""

    def __init__(self, identifiers: Iterable[bytes]) -> None:
        super().__init__()
        self._private: dict[str, bool] = {}
        self._all = list(identifiers)
        self._ids: dict[str, list[bytes]] = {}
        for _some, keys in self._parts():
            self.update(key for key in keys if len(key) >= _SHORTEST)
        self -= _WORDS

    def _parts(self) -> Iterator[tuple[list[bytes], list[str]]]:
        for at in range(0, len(self._all), _AT_ONCE):
            some = self._all[at : at + _AT_ONCE]
            yield some, _keys(some)

    def _of(self, key: str) -> list[bytes]:
        """Return the ids of which that is left."""
        if not self._ids:
            for some, keys in self._parts():
                for each, found in zip(some, keys, strict=True):
                    if found:
                        self._ids.setdefault(found, []).append(each)
        return self._ids[key]

    def private(self, key: str) -> bool:
        """Tell whether there is such an id that is not public."""
        if key not in self:
            return False
        if key not in self._private:
            from pytest_genomic_guard.policy.packs.names import matcher  # noqa: PLC0415 - most runs see nobody's id

            public = matcher()  # of every pack: a policy that does not name a resource does not make its names private
            self._private[key] = not all(map(public, self._of(key)))
        return self._private[key]


def _keys(identifiers: Sequence[bytes]) -> list[str]:
    """Return ids without separators and case, as `_key` does; those of a list are made together."""
    text = b"\n".join(identifiers)
    if not text.isascii() or text.count(b"\n") >= len(identifiers):
        return list(map(_key, identifiers))
    keys = text.lower().translate(None, _NOT_ALNUM.replace(b"\n", b"")).decode().split("\n")
    return ["" if key.isdigit() else key for key in keys]


def _key(identifier: bytes) -> str:
    """Return an id without separators and case; empty when it is a number or date."""
    if identifier.isascii():
        key = identifier.lower().translate(None, _NOT_ALNUM).decode()
    else:
        key = "".join(character for character, _at in _folded(identifier.decode("utf-8", "backslashreplace")))
    return "" if key.isdigit() else key


def _folded(text: str) -> list[tuple[str, int]]:
    """Return the letters and digits of a text without case and accents, each with its place."""
    if text.isascii():
        return [(character, at) for at, character in enumerate(text.lower()) if character.isalnum()]
    import unicodedata  # noqa: PLC0415 - for names beyond ASCII only

    return [
        (folded, at)
        for at, character in enumerate(text)
        for folded in unicodedata.normalize("NFKD", character).casefold()
        if folded.isalnum()
    ]


def _masked(text: str, known: _Known, lengths: Mapping[str, Sequence[int]]) -> str:
    """Return a text with ids masked; `lengths` are those of the ids that begin with so many letters, the longest first."""
    if text.isascii():  # most texts have the beginning of no id
        letters = "".join(filter(str.isalnum, text.lower()))
        if not any(letters[at : at + _SHORTEST] in lengths for at in range(len(letters))):
            return text
    folded = _folded(text)
    letters = "".join(character for character, _at in folded)
    out: list[str] = []
    done = first = 0
    while first < len(folded):
        for length in lengths.get(letters[first : first + _SHORTEST], ()):
            after = first + length
            key = letters[first:after]
            if (
                after <= len(folded)
                and key in known
                and (_TELLING.fullmatch(key) or (_edge(text, folded, first) and _edge(text, folded, after)))
                and known.private(key)
            ):
                out += (text[done : folded[first][1]], MASK)
                done, first = folded[after - 1][1] + 1, after - 1
                break
        first += 1
    return "".join((*out, text[done:]))


def _edge(text: str, folded: list[tuple[str, int]], number: int) -> bool:
    """Tell whether a word begins or ends before the letter of that number."""
    if number in {0, len(folded)}:
        return True
    between = text[folded[number - 1][1] + 1 : folded[number][1]]
    return folded[number - 1][1] != folded[number][1] and any(not character.isalnum() for character in between)
