"""Texts as repositories have them: Python that parses, Markdown, prose, configuration, small tables of counts, R.

Made of ordinary words by a generator with a seed. Nothing in them is a person's, a secret or unsafe, so that a scan finds nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


def _words(text: str) -> list[str]:
    return text.split()


_NOUNS = _words("""
    array axis batch block branch bucket buffer channel cluster column config context counter curve cycle
    depth domain edge engine estimate event factor feature field filter frame function grid group handle
    header index interval item kernel layer level limit line loader loop margin matrix mesh metric model
    module node offset option order output panel parser path peak pipeline plan plot point pool queue range
    rank ratio record region report result round row rule scale schedule schema score segment series shape
    shard signal size slice slot source spectrum stack stage state step store stream table target task term
    threshold tile track tree trend unit value vector version view volume weight window worker
""")
_VERBS = _words("""
    adapt align append apply build check clip collect combine compare compute convert count cut describe draw
    estimate extend extract fill filter find fit flatten fold format gather group join limit list load mask
    measure merge move normalise order pad parse pick plot prepare project pull push rank read reduce refine
    render repeat reshape resolve sample scale select shift smooth sort split stack store subtract sum test
    trim update validate weigh write
""")
_KINDS = _words("""
    average broad careful coarse common constant current deep dense early empty even exact fast final fine
    fixed flat full general good hidden high inner large last late lazy linear local long lower main mean
    medium minimal narrow nested new next open optional outer plain previous private quick random rare raw
    regular relative robust safe second short simple single slow small smooth sparse stable steep strict
    strong temporary thin total typical upper usual valid weak wide
""")
_MODULES = _words("collections functools itertools json logging math operator random statistics string textwrap time")


def python(chance: random.Random) -> str:
    """Return a function."""
    noun, other, kind = chance.choice(_NOUNS), chance.choice(_NOUNS), chance.choice(_KINDS)
    name, much = f"{chance.choice(_VERBS)}_{kind}_{noun}", chance.randint(2, 900)
    shape = chance.randrange(4)
    head = f'def {name}({other}_list, {kind}=%d, *, strict=False):\n    """{_sentence(chance)}"""\n' % much
    if shape == 0:
        return f"""{head}    {noun}_total = 0
    for position, entry in enumerate({other}_list):
        if position % {kind} == 0 and strict:
            continue  # {_phrase(chance)}
        {noun}_total += entry * {chance.random():.3f}
    return {noun}_total


"""
    if shape == 1:
        return f"""{head}    if not {other}_list:
        raise ValueError("{_phrase(chance)}")
    chosen = [entry for entry in {other}_list if entry > {kind}]
    return sorted(chosen, reverse=strict)[:{chance.randint(2, 50)}]


"""
    if shape == 2:
        return f"""{head}    {noun}_map = {{}}
    for entry in {other}_list:
        {noun}_map.setdefault(entry % {kind}, []).append(entry)
    # {_sentence(chance)}
    return {{key: len(part) / max(1, {kind}) for key, part in {noun}_map.items()}}


"""
    return _class(chance, kind, noun, other)


def _class(chance: random.Random, kind: str, noun: str, other: str) -> str:
    return f'''class {kind.title()}{noun.title()}:
    """{_sentence(chance)}"""

    def __init__(self, {other}, size={chance.randint(2, 900)}):
        self.{other} = {other}
        self.size = size

    def {chance.choice(_VERBS)}(self, step=1):
        """{_sentence(chance)}"""
        return [self.size + step * part for part in range(self.size)]


'''


def r(chance: random.Random) -> str:
    """Return a function of R."""
    noun, other = chance.choice(_NOUNS), chance.choice(_NOUNS)
    return f"""# {_sentence(chance)}
{chance.choice(_VERBS)}_{noun} <- function({other}, size = {chance.randint(2, 99)}) {{
  stopifnot(is.numeric({other}))
  {noun} <- cumsum({other})[seq_len(size)]
  if (any(is.na({noun}))) {{
    warning("{_phrase(chance)}")
  }}
  mean({noun}, na.rm = TRUE) * {chance.random():.2f}
}}

"""


def markdown(chance: random.Random) -> str:
    """Return a part with a heading."""
    lines = [f"## {_phrase(chance).capitalize()}", "", _paragraph(chance), ""]
    lines += [f"- `{chance.choice(_VERBS)}_{chance.choice(_NOUNS)}`: {_phrase(chance)}" for _ in range(chance.randint(0, 5))]
    if chance.random() < 0.3:
        lines += ["", "```python", f"{chance.choice(_NOUNS)} = {chance.choice(_VERBS)}(size={chance.randint(1, 99)})", "```"]
    return "\n".join([*lines, "", ""])


def prose(chance: random.Random) -> str:
    """Return a paragraph."""
    return _paragraph(chance) + "\n\n"


def settings(chance: random.Random) -> str:
    """Return some keys of YAML."""
    lines = [f"{chance.choice(_NOUNS)}_{chance.randint(1, 9999)}:  # {_phrase(chance)}"]
    lines += [f"  {noun}: {_value(chance)}" for noun in chance.sample(_NOUNS, chance.randint(2, 8))]
    return "\n".join([*lines, ""])


def _value(chance: random.Random) -> int | float | str:
    return (chance.randint(0, 512), round(chance.random(), 3), chance.choice(_KINDS))[chance.randrange(3)]


def _json(chance: random.Random, size: int) -> str:
    made: dict[str, object] = {}
    length = 0
    while length < size:
        part = {noun: _value(chance) for noun in chance.sample(_NOUNS, 6)}
        made[f"{chance.choice(_KINDS)}_{chance.choice(_NOUNS)}_{len(made)}"] = part
        length += 170
    return json.dumps(made, indent=2) + "\n"


def _table(chance: random.Random, size: int) -> str:
    """Return counts and means of groups: nobody in particular."""
    names = chance.sample(_NOUNS, chance.randint(2, 6))
    lines = [",".join(["group", "n", *(f"mean_{name}" for name in names)])]
    length = 0
    while length < size:
        figures = [f"{chance.random() * 90:.2f}" for _ in names]
        name = f"{chance.choice(_KINDS)} {chance.choice(_NOUNS)} {len(lines)}"
        lines.append(",".join([name, str(chance.randint(50, 5000)), *figures]))
        length += len(lines[-1]) + 1
    return "\n".join([*lines, ""])


def _phrase(chance: random.Random) -> str:
    return f"the {chance.choice(_KINDS)} {chance.choice(_NOUNS)} of each {chance.choice(_KINDS)} {chance.choice(_NOUNS)}"


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS).capitalize()} {_phrase(chance)}, and {chance.choice(_VERBS)} a {chance.choice(_NOUNS)}."


def _paragraph(chance: random.Random) -> str:
    return "\n".join(f"{_sentence(chance)} {_sentence(chance)}" for _ in range(chance.randint(1, 5)))


def _parts(head: str, part: Callable[[random.Random], str], chance: random.Random, size: int) -> str:
    made, length = [head], len(head)
    while length < size or len(made) < 2:
        made.append(part(chance))
        length += len(made[-1])
    return "".join(made)


SUFFIXES = ("py", "md", "txt", "json", "yml", "csv", "R")


def text(suffix: str, size: int, chance: random.Random) -> str:
    """Return a text of a kind, of about `size` characters."""
    if suffix == "py":
        head = (
            f'"""{_sentence(chance)}"""\n\n' + "".join(f"import {each}\n" for each in sorted(chance.sample(_MODULES, 3))) + "\n\n"
        )
        return _parts(head, python, chance, size)
    if suffix == "json":
        return _json(chance, size)
    if suffix == "csv":
        return _table(chance, size)
    parts = {"md": markdown, "yml": settings, "R": r}
    return _parts(f"# {_phrase(chance).capitalize()}\n\n" if suffix != "txt" else "", parts.get(suffix, prose), chance, size)


def place(number: int, suffix: str, chance: random.Random) -> str:
    """Return a path: a thousand files to a folder of the root, a hundred to each below it."""
    top = _NOUNS[number // 1000 % len(_NOUNS)]
    return f"{top}_{number // 1000}/{_VERBS[number // 100 % 10]}/{chance.choice(_KINDS)}_{chance.choice(_NOUNS)}_{number}.{suffix}"
