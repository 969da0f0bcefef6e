"""What makes a text worth being asked for tables: rules that checks of tables share, each under one name.

They are found in the one pass over all bytes, and decide nothing: a table is read where one of them matched.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

_BEFORE = rb"(?<![\w.-])"
_AFTER = rb"(?![\w-])"

RS_NUMBER = Rule(name="rs-number", anchors=(b"rs",), pattern=_BEFORE + rb"rs\d{3,12}(?!\d)")
VARIANT_KEY = Rule(  # chr1:12345:A:G, 1_12345_A_G_b38, 1-12345-A-G
    name="variant-key",
    anchors=tuple(mark + base for mark in (b":", b"_", b"-") for base in (b"A", b"C", b"G", b"T")),
    pattern=rb"(?<=\d)[:_-][ACGT]{1,40}[:_/>-][ACGT]{1,40}" + _AFTER,
)
HINTS = (RS_NUMBER, VARIANT_KEY)
