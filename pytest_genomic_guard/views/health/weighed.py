"""How much speaks for it that people in source code or documentation are real, and what says that they are examples.

A suffix tells how a text is meant, not whom it is about: a letter is a letter in Markdown too, and a dump of a database is one
with three rows. So a person there counts as in data where enough independent identifiers stand for nobody known as invented,
and neither the path nor the text says that people in it are made up.

Three grades. Tests, examples and texts with words such as `fake`, and people beside somebody invented, stay a warning whatever
they hold: libraries quote whole messages with numbers that are not reserved. Demonstrations, seeds, instructions, names that come
to everybody's mind, and messages of standards, which are examples in code more often than not, need a number that names one
person and that is known to be none of the samples. All else needs what a record has at least.
"""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words
from pytest_genomic_guard.views.health import setting
from pytest_genomic_guard.views.health.evidence import verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.health.evidence import Evidence
    from pytest_genomic_guard.views.health.providers import Seen

_READ = 1 << 20  # bytes of a text that are searched for what says that it is an example
_WORDS = regex(rb"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EXAMPLES = frozenset(
    b"test tests testing tester testdata testcase testcases testsuite unittest testfiles testutils spec specs"
    b" example examples sample samples sampledata sandbox mock mocks mocked stub stubs fake fakes faker dummy dummies"
    b" synthetic synth synthea fictional tutorial tutorials workshop vignette vignettes playground storybook stories"
    b" cypress playwright".split()
)
_PERHAPS = frozenset(
    b"demo demos demonstration fixture fixtures seed seeds seeder seeders seeding readme changelog guide guides"
    b" migration migrations migrate prompt prompts template templates quickstart".split()
)
# What tests of programs are written with, and what authors call those whom they made up
_INVENTED = regex(
    rb"(?<![a-z])(?:fak(?:e|er|ed|ing)(?![a-z])|(?:mock|dummy|fake)[A-Z_-]|mock(?:s|ed)?(?![a-z])|dummy(?![a-z])"
    rb"|[Ff]iction|[Ff]ictitious|[Ss]ynthea(?![a-z])"
    rb"|[Ss]ynthetic(?:ally)?(?! (?:mesh|graft|patch|suture|insulin|opioid))|[Hh]ypothetical|[Ii]nvented|[Mm]ade[- ]up"
    rb"|[Pp]laceholder|[Ll]orem ipsum|[Tt]utorial|[Ss]imulated|[Tt]est(?:ing)? (?:data|patients?|cases?|purposes|users?)(?![a-z])"
    rb"|[Dd]e-?[Ii]dentif|[Aa]nonymi[sz]|[Pp]seudonymi[sz]|[Uu]nittest|pytest|assert(?:\b|[A-Z_])"
    rb"|expect\(|describe\(['\"`]|def test_|@[Tt]est\b|#\[test\]"
    rb"|[Ss]ample[ _-]?(?:[Dd]ata|[Tt]ext|[Pp]atient|[Rr]ecord|[Mm]essage|[Nn]ote|[Ii]nput|[Rr]eport|[Rr]esource|[Pp]ayload"
    rb"|[Rr]esponse|[Rr]equest|[Ll]etter|[Dd]ocument|[Cc]onversation|[Qq]uery|[Qq]uestion|[Pp]rompt)s?(?![a-z]))"
    rb"|(?:Fake|Mock|Dummy)[A-Z_ (]"
)
# What instructions and demonstrations are written with
_SHOWN = regex(
    rb"(?<![A-Za-z])(?:[Ee]xamples?|EXAMPLE|[Dd]emo|DEMO|e\.g\.|[Ss]andbox|[Ss]amples?:|curl|pip install|npm (?:install|run)"
    rb"|[Ss]eed(?:s|er|ing)?)(?![A-Za-z])|^```|^~~~|^>>> |^\.\. code|::\n\n",
    re.MULTILINE,
)
# Names that come to everybody's mind: one of each
_GIVEN = words("john jane jon joe johnny mary bob bobby robert alice peter paul sarah michael emily david james maria")
_FAMILY = words("doe smith jones johnson brown williams bloggs public roe miller davis garcia wilson")
_PRINTED = regex(rb"[ \t]{0,8}(?:##|#>) {1,4}\[?[0-9]{1,6}[\],.]{0,2} ")
_LETTERS = regex(r"[^\W\d_]+")
# Kinds of which an invented value says nothing of the person: private networks, places, numbers of who treats or pays
_ASIDE = frozenset({"ip", "url", "zip", "city", "geocode", "npi", "dea", "account", "device", "employer"})
_BY_ANY = frozenset({"health-plan", "medicaid", "account"})  # numbers of any form
_REACH = frozenset({"address", "phone"})  # of which lists and letters of a clinic have one, beside the day of birth
_RECORD, _PERSON = 4, 6  # points of a person with a number that names one, and without
_CONTRADICTED = 6  # points that speak against what looks like an example
_REGISTER = 5  # different people, each reached in two ways


_last: tuple[View, str] | None = None


def placed(view: View, seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return what a provider saw; people who look real in spite of their suffix are as in data."""
    asked = [each for each in seen if each.setting != "data" and verdict(each.evidence) == "identified" and _by_suffix(view, each)]
    if not asked or any(each.setting != "data" and verdict(each.evidence) == "synthetic" for each in seen):
        return tuple(seen)
    told = sign(view)
    if told == "example":
        return tuple(seen)
    form = getattr(view, "format", "")  # of a table
    register = _register(asked)
    shown = told == "shown" and not register
    sick = [each for each in asked if each.evidence.health - {"patient"} or form == "sql" or _tested(each.evidence)]
    real = {
        id(each)
        for each in sick
        if _real(each, shown=(shown and not printed(view, each)) or (not form and _message(each)), register=register)
    }
    return tuple(each.replace(setting="data") if id(each) in real else each for each in seen)


def printed(view: View, seen: Seen) -> bool:
    """Tell whether a person stands in a row that a program printed, behind the signs and number that R puts before it."""
    data: bytes = getattr(view, "data", b"") or getattr(view, "around", b"")
    if b"\n## " not in data and b"\n#> " not in data:
        return False
    lines = data[:_READ].split(b"\n")
    return bool(seen.at.line) and (seen.at.line or 0) <= len(lines) and _PRINTED.match(lines[(seen.at.line or 1) - 1]) is not None


def _by_suffix(view: View, seen: Seen) -> bool:
    """Tell whether a person stands in code or documentation, and is not only told like an example."""
    return "source" in seen.at.trail or setting.of(view.artifact, seen.at.trail) != "data"


def sign(view: View) -> str:
    """Return "example" where the path or the text says that people are made up, "shown" where they may be, else nothing."""
    global _last  # noqa: PLW0603 - a view is asked about for each person in it
    if _last is None or _last[0] is not view:
        _last = (view, _signed(view))
    return _last[1]


def _signed(view: View) -> str:
    path = {word.lower() for word in _WORDS.findall(view.artifact.path)}
    if not path.isdisjoint(_EXAMPLES):
        return "example"
    data: bytes = getattr(view, "data", b"") or getattr(view, "around", b"")
    if _INVENTED.search(data, 0, _READ):
        return "example"
    return "shown" if not path.isdisjoint(_PERHAPS) or _SHOWN.search(data, 0, _READ) else ""


def _real(seen: Seen, *, shown: bool, register: bool) -> bool:
    """Tell whether a person is told as records tell people, in numbers that are not known to be nobody's."""
    evidence = seen.evidence
    if evidence.marked or evidence.invented - _ASIDE:
        return False
    strong = {key for key in evidence.real - _BY_ANY if identifiers.kind(key).strength == "strong"}
    points = _points(evidence)
    if shown or any(map(common, seen.names)):
        return _tested(evidence) and points >= _CONTRADICTED
    if seen.setting == "document" and "birth-date" in evidence.real and evidence.real & _REACH:
        return True
    points += register
    return points >= (_RECORD if strong else _PERSON)


def _tested(evidence: Evidence) -> bool:
    """Tell whether a number names one person, and is of a kind whose samples are known and is none of them."""
    kinds = [identifiers.kind(key) for key in evidence.real - _BY_ANY]
    return any(kind.strength == "strong" and kind.tested for kind in kinds)


def _message(seen: Seen) -> bool:
    """Tell whether a person is in a message, resource or document of a standard, in a program."""
    return seen.what != "free text" and seen.setting == "code"


def _register(asked: Sequence[Seen]) -> bool:
    """Tell whether so many people are told alike, in numbers that could be anybody's, that it is no demonstration."""
    told = [sum(identifiers.kind(key).tested for key in each.evidence.real) for each in asked if not each.evidence.invented]
    return len({each.who for each in asked}) >= _REGISTER and len(told) == len(asked) and min(told) > 1


def _points(evidence: Evidence) -> int:
    """Return how many independent things tell of a person, those more that are not typed for want of better."""
    points = 0
    for key in evidence.real:
        kind = identifiers.kind(key)
        if kind.strength == "strong" and key not in _BY_ANY:
            points += 3 if kind.tested else 2
        elif key in {"phone", "fax"}:
            points += 2
        elif kind.strength == "strong" or key in {"name", "birth-date", "address", "email", "licence", "card", "relative"}:
            points += 1
    return points


def common(name: bytes) -> bool:
    """Tell whether a name is one that comes to everybody's mind."""
    parts = {word.lower() for word in _LETTERS.findall(name.decode("utf-8", "replace"))}
    return not parts.isdisjoint(_GIVEN) and not parts.isdisjoint(_FAMILY)
