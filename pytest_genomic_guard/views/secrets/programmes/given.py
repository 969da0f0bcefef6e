"""Credentials without a name of their own: in commands, calls, variables that are passed on, and columns of tables."""

from __future__ import annotations

import re
from bisect import bisect_left

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.programmes import shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.secrets.programmes.table import Programme
    from pytest_genomic_guard.views.text import Text

    Mark = tuple[int, int, Programme]
    Given = tuple[Programme, int, int, bool]  # whether it is a password

_STATEMENT = 500  # bytes behind a word in which a statement ends
_REACH = 32768
_SOME = 2000  # words of programmes at which calls are looked for
_NAMES = 64  # variables of one text
_ROWS, _HEADER = 500, 4096
_PLAIN = rb"""[^\s\"'$<>{(]{6,128}"""
_OPTION = rb"[\"']?(?P<value>" + _PLAIN + rb")"
# A login of a .netrc; a command, and how far before it may stand who asks for the password: curl and lftp (`-u user:password`,
# `-u user,password`), `-u user -p password`, sshpass, EGA's old client (`-p user password`), a script of ftp, and what
# COSMIC is asked with. Between them what each match holds, which is searched for first: it begins with fixed bytes
_USER = regex(rb"-u(?:ser(?:name)?)?[ =]")
_COMMANDS = (
    (
        regex(
            rb"(?<![\w.-])machine\s{1,8}(?P<host>[\w.-]{3,100})\s{1,8}(?:login|user)\s{1,8}[^\s]{1,100}\s{1,8}"
            rb"(?:account\s[^\s]{1,60}\s{1,8})?password\s{1,8}" + _OPTION
        ),
        regex(rb"machine\s"),
        0,
    ),
    (
        regex(rb"\s-{1,2}u(?:ser)?[ =]\s{0,3}[\"']?[^\s:\"'$<>@,]{2,64}(?:@[\w.-]{3,64})?[:,](?P<value>" + _PLAIN + rb")"),
        _USER,
        0,
    ),
    (
        regex(
            rb"\s-{1,2}u(?:ser(?:name)?)?[ =]\s{0,3}[^\s$-][^\s$]{1,64}\s{1,4}(?:--?[\w-]{1,30}\s{1,4}){0,2}"
            rb"-{1,2}(?:p|w|pass|passwd|password)[ =]\s{0,3}" + _OPTION
        ),
        _USER,
        0,
    ),
    (regex(rb"(?<![\w.-])sshpass\s{1,4}-p[ =]?\s{0,4}" + _OPTION), regex(rb"sshpass\s"), 0),
    (
        regex(rb"\s-{1,2}(?:p|debug|password|login)\s{1,4}[\w.+-]{1,64}@[\w.-]{3,64}\s{1,4}" + _OPTION),
        regex(rb"-(?:p|debug|password|login)\s"),
        0,
    ),
    (regex(rb"(?m)^\s{0,8}user\s{1,4}[\w.@+-]{2,64}\s{1,4}(?P<value>" + _PLAIN + rb")\s{0,4}$"), regex(rb"user\s"), 200),
    (
        regex(rb"echo\s{1,4}-n\s{1,4}[\"']?[\w.+-]{1,64}@[\w.-]{3,64}:(?P<value>" + _PLAIN + rb")[\"']?\s{0,4}\|\s{0,4}base64"),
        regex(rb"echo\s"),
        400,
    ),
)
_ARGUMENT = rb"""(?:[A-Za-z_]{1,20}\s{0,2}=\s{0,2})?[bru]?["'][^"'\r\n]{2,200}["']"""
_CALL = regex(
    rb"(?:[Ll]ogin|[Cc]onnect|Connection|Gateway|Interface|[Ss]ession|[Ss]ign_?[Ii]n)\(\s{0,8}"
    rb"(?P<arguments>(?:" + _ARGUMENT + rb"\s{0,4},\s{0,8}){1,2}" + _ARGUMENT + rb")"
)
_EACH = regex(rb"""(?:(?P<name>[A-Za-z_]{1,20})\s{0,2}=\s{0,2})?[bru]?["'](?P<value>[^"'\r\n]{2,200})["']""")
_RECEIVER = regex(rb"(?:^|[\s>;])([A-Za-z_]\w{0,40})\s{0,8}=\s{0,8}[\w.]{0,60}\Z")
_PASSED = regex(
    rb"""(?i)(?:token|api_?key|secret)["']?\s{0,3}[=:]\s{0,3}(?P<named>[A-Za-z_][\w.]{0,40})(?=\s{0,4}[,)}\]\r\n])"""
    rb"""|\(\s{0,8}[^,()\r\n]{1,200},\s{0,8}(?P<second>[A-Za-z_][\w.]{0,40})\s{0,4}[,)]"""
)
_COLUMN = regex(rb"(?:[a-z]{1,20}[_ -])?(?:api[_ -]?)?(?:token|key)")
_CELLS = regex(rb"[,;\t]")


def ended(data: bytes, start: int) -> int:
    """Return where the statement that begins at an offset ends, at the latest: behind four lines, or at an empty one."""
    stop = min(len(data), start + _STATEMENT)
    at = start
    for _line in range(4):
        at = data.find(b"\n", at + 1, stop)
        if at < 0:
            return stop
        if data[at + 1 : at + 3].strip(b"\r\n") == b"" or data[at - 1 : at] == b")":
            return at
    return at


def found(view: Text, marks: Sequence[Mark], paths: Sequence[Programme], areas: Sequence[tuple[int, int]]) -> Iterator[Given]:
    """Yield what is given near words of programmes, which a path may hold, too."""
    places = [mark[0] for mark in marks]
    yield from _commands(view, marks, places, areas)
    yield from _calls(view, marks)
    yield from _variables(view, marks, areas)
    yield from _columns(view, marks, places, paths)


def _commands(view: Text, marks: Sequence[Mark], places: Sequence[int], areas: Sequence[tuple[int, int]]) -> Iterator[Given]:
    """Yield passwords of commands whose line, or what it goes on with, names who asks for them."""
    for begin, end in areas:
        for pattern, fixed, back in _COMMANDS:
            for given in pattern.finditer(view.data, begin, end) if fixed.search(view.data, begin, end) else ():
                left, right = given.span("value")
                line = view.data.rfind(b"\n", max(0, left - _STATEMENT), given.start() + 1) + 1 - back, ended(view.data, left)
                line = given.span("host") if "host" in pattern.groupindex else line
                for start, _end, programme in marks[bisect_left(places, line[0]) : bisect_left(places, line[1])]:
                    if programme.secret and shapes.password(given["value"], quoted=True) and not left <= start < right:
                        yield programme, left, right, True
                        break


def _calls(view: Text, marks: Sequence[Mark]) -> Iterator[Given]:
    """Yield the password of a call such as `login("user", "password")` of a client, or of what it was assigned to."""
    receivers: dict[bytes, Programme] = {}
    done = 0
    for start, _end, programme in marks[:_SOME]:
        if not programme.secret:
            continue
        for call in _CALL.finditer(view.data, max(done, start), max(done, ended(view.data, start))):
            yield from _password(programme, call)
            done = call.end()
        before = _RECEIVER.search(view.data, max(0, start - 100), start)
        if before and len(receivers) < _NAMES:
            receivers.setdefault(before[1], programme)
    if receivers:
        calls = re.compile(rb"(?<![\w.])(?P<who>" + b"|".join(map(re.escape, receivers)) + rb")\.")
        for told in calls.finditer(view.data, marks[0][0], marks[-1][1] + _REACH):
            logged = _CALL.match(view.data, told.end())
            if logged:
                yield from _password(receivers[told["who"]], logged)


def _password(programme: Programme, call: re.Match[bytes]) -> Iterator[Given]:
    """Yield the argument of a call that is its password: the one that says so, or the second that is no address."""
    each = [one for one in _EACH.finditer(call["arguments"]) if b"://" not in one["value"]]
    named = [one for one in each if one["name"] and re.search(rb"(?i)pass|pwd", one["name"])]
    bare = [one for one in each[1:2] if not one["name"]]
    for one in named or bare:
        if shapes.password(one["value"], quoted=True):
            at = call.start("arguments")
            yield programme, at + one.start("value"), at + one.end("value"), True


def _variables(view: Text, marks: Sequence[Mark], areas: Sequence[tuple[int, int]]) -> Iterator[Given]:
    """Yield what was assigned to a variable that a call of a programme's client is given as its token."""
    names: dict[bytes, Programme] = {}
    nearest: dict[str, int] = {}
    for start, _end, programme in marks[:_SOME]:
        if not programme.loose or start < nearest.get(programme.subject, 0):
            continue
        nearest[programme.subject] = stop = min(len(view.data), start + programme.near)
        done = start
        for call, _some in zip(re.finditer(programme.loose, view.data[start:stop]), range(_SOME), strict=False):
            end = ended(view.data, start + call.start())
            for passed in _PASSED.finditer(view.data, max(done, start + call.start()), max(done, end)):
                if len(names) < _NAMES:
                    names.setdefault(passed["named"] or passed["second"], programme)
            done = max(done, end)
    if not names:
        return
    assigned = re.compile(
        rb"(?<![\w.$])(?P<name>" + b"|".join(map(re.escape, names)) + rb""")\s{0,8}(?::\s?\w{1,20}\s{0,2})?(?:=|<-|:=)\s{0,8}"""
        rb"""["'](?P<value>[^\s"']{16,4096})["']"""
    )
    for begin, end in areas:
        for value in assigned.finditer(view.data, begin, end):
            if shapes.fits(value["value"], names[value["name"]].values):
                yield names[value["name"]], *value.span("value"), False


def _columns(view: Text, marks: Sequence[Mark], places: Sequence[int], paths: Sequence[Programme]) -> Iterator[Given]:
    """Yield the cells below a column of tokens, in a table that names whose they are, or whose path does."""
    seen = -1
    for at in [*places[:_SOME], 0] if paths else places[:_SOME]:
        told = view.segment(at)
        if told.start == seen:
            continue
        seen, end = told.start, view.end(told)
        here = [mark[2] for mark in marks[bisect_left(places, seen) : bisect_left(places, end)][:_SOME]]
        for segment in (told, view.segment(end)) if end < len(view.data) else (told,):
            stop = view.end(segment)
            first, column = _header(view.data[segment.start : min(stop, segment.start + _HEADER)])
            if column >= 0 and (segment is told or segment.context == "output"):
                yield from _below(view.data, segment.start + first, stop, column, list(dict.fromkeys([*here, *paths])))


def _header(head: bytes) -> tuple[int, int]:
    """Return where the rows of a table begin, and which of its columns holds tokens, or -1."""
    at = 0
    for line in head.split(b"\n")[:20]:
        at += len(line) + 1
        cells = [cell.strip(b" \t\r\"'").lower() for cell in _CELLS.split(line)]
        if len(cells) > 1 and all(len(cell) <= 40 for cell in cells):
            for index, cell in enumerate(cells):
                if _COLUMN.fullmatch(cell):
                    return at, index
    return at, -1


def _below(data: bytes, at: int, stop: int, column: int, programmes: Sequence[Programme]) -> Iterator[Given]:
    for _row in range(_ROWS):
        end = data.find(b"\n", at, min(stop, at + _HEADER))
        end = end if end >= 0 else min(stop, at + _HEADER)
        if at >= end:
            return
        cells = _CELLS.split(data[at:end])
        if column < len(cells):
            value = cells[column].strip(b" \r\"'")
            left = at + sum(len(cell) + 1 for cell in cells[:column]) + cells[column].find(value)
            for programme in programmes:
                if value and shapes.fits(value, programme.values):
                    yield programme, left, left + len(value), False
                    break
        at = end + 1
