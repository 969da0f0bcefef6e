"""Rules that say which texts may list people in a form that no reader of tables takes up. Cheap to import; they decide nothing.

A name of a field counts where a sign of such a form and a value stand behind it, or where it is a cell of a drawn header: so
prose, and code that handles such fields, match nothing.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.health import codedhints
from pytest_genomic_guard.views.health.tablehints import BIRTHS, NAMES, PEOPLE, stems

_ANCHORS = (*PEOPLE.anchors, *NAMES.anchors, *BIRTHS.anchors)
_WORDS = "diagnos dx icd bday full_name fullname full+name surgery hba1c"
ANCHORS = tuple(dict.fromkeys((*_ANCHORS, *(word.replace("+", " ").encode() for word in _WORDS.split()))))
_BEGIN = rb"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z])|(?<=\\[nrt]))"
_REST = rb"[\w.()/%#*'\x80-\xff-]{0,24}+(?:[ _][\w.()/%#*'\x80-\xff-]{1,20}+){0,4}+"
# What stands before a value: the sign that parts it from its field, and the quote, bracket, type or call that it begins with
_SIGN = (
    rb"(?:[\"'`\]]{0,2}+[ \t]{0,24}+(?:=>\s{0,20}+|[:=](?!=)[ \t]{0,24}+|<[a-z]{2,5}>[ ]{0,3}+)"
    rb"|\r?\n\[1\][ ]{1,3}+|</?(?:d?t[dh]?|b|strong|label|span)>[:\s]{0,20}+(?:<[a-z]{1,6}[^<>]{0,80}>){0,2}+|>)"
)
_VALUE = rb"[\"'(<\[{]{0,2}+(?:[A-Z0-9\x80-\xff]|(?<=[\"'])[a-z]|(?:string|int|float|chr|num|Factor|dat|date|Some|new|np|pd|u')\b)"
# What stands behind a cell of a header that is drawn: a line between cells, as characters or as markup
_LINES = b"|".join(each.encode() for each in "│┃┆║¦")
_CELL = rb"[ ]{0,40}+(?:[|&!]{1,2}|" + _LINES + rb")[ ]{0,40}+[\w'\"(]|[ ]{2,40}+(?=[A-Za-z_])"
_ITEM = rb"\r?\n[ \t]{0,12}+[-|!]{1,2}[ ]{0,4}+\w"  # of a list or a table with one cell a line

FIELDS = Rule(
    name="listed-field",
    anchors=ANCHORS,
    pattern=_BEGIN + stems(ANCHORS) + _REST + rb"(?:" + _SIGN + _VALUE + rb"|" + _CELL + rb"|" + _ITEM + rb")",
    face="lower",
)
# Who a data set of German practices is about (xDT: three digits of a length, four of a field): GDT 2.1, LDT 2, BDT
PRACTICE = Rule(name="listed-practice", anchors=(b"3101",), pattern=rb"(?<=\n[0-9]{3})3101[^\W\d_]", face="plain")
# Rows of values without names: a Social Security number between commas and quotes
ROWS = Rule(
    name="listed-number",
    anchors=(b"000-00-0000",),
    pattern=rb"(?<=[\"'])[0-9]{3}-[0-9]{2}-[0-9]{4}(?=[\"'][,)\]}])",
    face="shape",
)
LISTED = (FIELDS, PRACTICE, ROWS)
RULES = (*LISTED, *codedhints.RULES)  # and what has a form of its own, read by `coded`
