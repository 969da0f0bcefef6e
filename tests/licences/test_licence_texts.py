"""Licence files are known by few words, and the licence of the work is told from those of what is within."""

from __future__ import annotations

import importlib.metadata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import texts
from pytest_genomic_guard.views.licences.expression import canonical, classify
from pytest_genomic_guard.views.licences.variants import NAMES
from pytest_genomic_guard.views.licences.wordings import NOTICES, SHORT, WHOLE

# Made of the words that tell: no text of a licence is whole here.
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in it. The above copyright notice shall be kept. NO WARRANTY (of any kind) is given
by those who made it, in no event shall they be liable for anything that comes of the use or other dealings in the Software."""
BSD = """Redistribution and use in source and binary forms, with or without modification, are permitted provided that:
* Redistributions in binary form must reproduce the above. * Neither the name of the holder nor others may be used to
endorse or promote products. It is provided as is, whatever comes of it, even if advised of the possibility of such damage."""
GPL3 = """GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n Everyone is permitted to copy and distribute verbatim copies
of this. The GNU Affero General Public License is another, under the terms of which section 13. You should have received
<https://www.gnu.org/licenses/why-not-lgpl.html>."""
LGPL3 = """GNU LESSER GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n Everyone is permitted to copy and distribute verbatim
copies. It has the terms of version 3 of the GNU General Public License. That is
permanent authorization for you to choose that version for the Library."""
NOTICE = """This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version."""
FILLER = "Nothing is said here of any kind of terms. " * 60


def told(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a text is recognised as."""
    read = texts.recognised(text.encode())
    return read.expression, read.bundled


@pytest.mark.parametrize("row", (WHOLE + SHORT + NOTICES).strip().replace("\n\n", "\n").split("\n"))
def test_every_row_is_an_id_and_tells(row: str) -> None:
    """Each row of the tables names an SPDX id with a class, its words are plain, and the words alone tell it or its family."""
    name, size, words = row.split(" ", 2)
    first = words.partition("/")[0]
    assert int(size) >= 0
    assert texts.plain(words.replace("/", " ").encode()).decode() == words.replace("/", " ")
    spelt = NAMES.get(name, name)
    read = texts.recognised(first.encode()).expression
    assert read
    if name not in ("BSD", "MIT", "ISC", "GCC"):
        assert canonical(spelt)
        assert classify(read) == classify(spelt) != "unknown"


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        (MIT, "MIT"),
        (BSD, "BSD-3-Clause"),
        (BSD.replace("endorse or promote products", "sell").replace("Neither the name", "None"), "BSD-2-Clause"),
        (BSD + " All advertising materials mentioning it", "BSD-3-Clause"),
        (MIT.replace("The above copyright notice shall be kept.", ""), "MIT-0"),
        (GPL3, "GPL-3.0-or-later"),
        (LGPL3, "LGPL-3.0-or-later"),
        (LGPL3 + "\n\n" + GPL3, "LGPL-3.0-or-later"),
        (GPL3 + "\n\n" + LGPL3, "LGPL-3.0-or-later"),
        (NOTICE, "GPL-3.0-or-later"),
        (NOTICE.replace(", or (at your option) any later version", ""), "GPL-3.0-only"),
        (NOTICE + FILLER + GPL3, "GPL-3.0-or-later"),
        (NOTICE.replace("GNU General", "GNU Affero General"), "AGPL-3.0-or-later"),
        (NOTICE.replace("GNU General", "GNU Lesser General").replace("version 3", "version 2.1"), "LGPL-2.1-or-later"),
        (NOTICE.replace("GNU General", "Lesser GNU General"), "LGPL-3.0-or-later"),
        (NOTICE.replace("GNU General Public", "GNU Lesser Public"), "LGPL-3.0-or-later"),
        (NOTICE.replace("GNU General Public", "GNU Library Public"), "LGPL-3.0-or-later"),
        (NOTICE.replace("GNU General Public", "GNU Affero Public"), "AGPL-3.0-or-later"),
        (NOTICE.replace("GNU General Public", "GNU Public"), "GPL-3.0-or-later"),
        (NOTICE.replace("GNU General", "GNU Lesser General") + FILLER + GPL3, "LGPL-3.0-or-later"),
        ("Dual Licensed - GNU AFFERO GPL 3.0 or a commercial licence of ours", "AGPL-3.0-only"),
        ("Licensed under GPLv2", "GPL-2.0-only"),
        ("Creative Commons Attribution-NonCommercial 4.0 International Public License", "CC-BY-NC-4.0"),
        ("Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("", ""),
        ("Nothing that anybody would know.", ""),
    ],
)
def test_what_a_text_is(text: str, expression: str) -> None:
    """The licence of a text is found, whole or by a notice."""
    assert told(text)[0] == expression


@pytest.mark.parametrize(
    "text",
    [
        "Free for academic use only.",
        "This software may be used for non-commercial research purposes.",
        "The model is for noncommercial use.",
        "Commercial use of it is strictly prohibited.",
        "to use, copy and modify it for educational, research, and not-for-profit purposes",
        "Software Copyright License for non-commercial scientific research purposes. Please read carefully.",
        "This licence agreement is for academic research purposes only.",
        "Non-commercial research licence\n\n1. Grant",
        "It is made available for academic and non-profit research.",
        "It is free for academic users. Commercial users need a licence.",
        "Academic or nonprofit researchers are permitted to use it.",
        "It is not for commercial use.",
        "Any use for commercial purposes is excluded.",
        "Commercial users must obtain another licence from us.",
        MIT + " It may not be used for commercial purposes.",
    ],
)
def test_restrictions_are_found(text: str) -> None:
    """Words that restrict to non-commercial or academic use restrict the whole."""
    assert classify(told(text)[0]) == "non-commercial"


def test_what_is_free_for_both_is_not_restricted() -> None:
    """A licence for commercial and non-commercial use restricts neither."""
    assert told(MIT + " It is for commercial and non-commercial use.")[0] == "MIT"


@pytest.mark.parametrize(
    ("between", "within"),
    [
        ("This package bundles a library under these terms:", ("GPL-3.0-or-later",)),
        ("Third-party notices", ("GPL-3.0-or-later",)),
        ("The following files are under another licence:", ("GPL-3.0-or-later",)),
        ("", ("GPL-3.0-or-later",)),
    ],
)
def test_what_follows_is_within(between: str, within: tuple[str, ...]) -> None:
    """Strong copyleft after a mild licence is told as of something within; the licence of the whole stays."""
    assert told(f"{BSD}\n\n{between}\n\n{GPL3}") == ("BSD-3-Clause", within)


def test_the_runtime_exception_is_no_copyleft() -> None:
    """The GPL with the exception of GCC's runtime library is no strong copyleft within, as in the wheels of numpy."""
    listed = f"{BSD}\n\nName: GCC runtime library. It is bundled.\n GCC RUNTIME LIBRARY EXCEPTION Version 3.1\n{GPL3}"
    assert told(listed) == ("BSD-3-Clause", ())
    assert classify(told(f"{GPL3}\n\nGCC RUNTIME LIBRARY EXCEPTION")[0]) == "permissive"


@pytest.mark.parametrize(
    "words",
    [
        "It is GPL-compatible and may be combined with what is under the GNU General Public License.",
        "Unlike the GPL it lets you keep your changes.",
        "See old-licenses/gpl-2.0-faq.html for why.",
        "What is under the GPL can be combined with it.",
        "We distribute it under two mutually exclusive licences: the FTL, or the GNU General Public License version 2.",
    ],
)
def test_mere_mentions_are_no_grant(words: str) -> None:
    """What a text says of the GPL in passing puts nothing under it."""
    assert told(f"{MIT}\n\nThird party\n{FILLER}{words}") == ("MIT", ())


def test_copyleft_beside_other_terms_stays() -> None:
    """A choice of law, a list of permissive parts or an offer of commercial terms do not make strong copyleft mild."""
    assert told(f"{NOTICE} {FILLER} The choice of law is ours. {MIT}")[0] == "GPL-3.0-or-later"
    assert told(f"{GPL3}\n\nThis includes code from elsewhere:\n{MIT}\n{BSD}")[0] == "GPL-3.0-or-later"
    assert told(f"{NOTICE} Alternatively, commercial terms can be had from us.")[0] == "GPL-3.0-or-later"


def test_a_choice_is_an_or() -> None:
    """Two licences to choose from are joined by OR, in text-unidecode's way and in others."""
    either = "You can redistribute it under the terms of either:\n* GPL or GPLv2+, or\n* Artistic License - see below:\n"
    assert classify(told(either + 'The "Artistic License"\n Preamble ... The End')[0]) == "permissive"
    assert classify(told("This is dual licensed.\n" + MIT + "\n\n" + GPL3)[0]) == "permissive"


def test_what_is_nobodys_to_pass_on() -> None:
    """A text that forbids, and is none that is known, is proprietary."""
    assert told("This is proprietary and confidential. All rights reserved. You may not copy it.") == ("LicenseRef-Proprietary", ())
    assert told("End User License Agreement. You may not share it. " + FILLER + "Appendix: " + MIT)[0] == "LicenseRef-Proprietary"


@pytest.mark.parametrize("mark", ["# ", "// ", " * ", ";; ", "> ", "| ", "\t"])
def test_comment_marks_and_line_ends_do_not_matter(mark: str) -> None:
    """A licence is known with any comment mark before its lines, and with any ends of lines."""
    text = "\r\n".join(mark + line for line in (NOTICE + "\n" + GPL3).split("\n"))
    assert told(text)[0] == "GPL-3.0-or-later"
    assert texts.recognised(text.encode("utf-16")).expression == "GPL-3.0-or-later"


@pytest.mark.parametrize("name", ["pytest", "pyyaml", "pluggy", "hypothesis", "license-expression", "numpy"])
def test_files_of_installed_distributions(name: str) -> None:
    """The licence files of what runs these tests are known, with the class that their authors state."""
    stated = {"hypothesis": "weak-copyleft"}
    files = [one for one in importlib.metadata.files(name) or () if one.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    shallow = sorted(files, key=lambda one: len(one.parts))[:1]
    if not shallow:
        pytest.skip("no file")
    assert classify(texts.recognised(shallow[0].read_binary()).expression) == stated.get(name, "permissive")


@given(st.binary(max_size=600))
def test_never_raises(data: bytes) -> None:
    """Whatever the bytes are, they are recognised or not."""
    for text in (data, MIT.encode() + data, data + GPL3.encode() + data):
        texts.recognised(text)


@given(
    st.lists(
        st.sampled_from([MIT, BSD, GPL3, LGPL3, NOTICE, FILLER, "third party", "either", "GPLv3", "\x01", "gpl", "cc by 4 0"]),
        max_size=8,
    )
)
def test_any_order_never_raises(parts: list[str]) -> None:
    """Any order of texts gives an expression that is one, or none."""
    read = texts.recognised("\n\n".join(parts).encode())
    assert not read.expression or canonical(read.expression)


@settings(deadline=None)
@given(
    st.sampled_from(
        [b"gpl ", b"general public license ", b"non commercial ", b"attribution ", b"redistribution and use in source and "]
    )
)
def test_repetition_is_bounded(words: bytes) -> None:
    """A text that repeats what is looked for ends, too."""
    texts.recognised(words * 20000)


@pytest.mark.parametrize(
    "text",
    [
        "End User License Agreement\n IMPORTANT: read before installing. You may not redistribute it.",
        "LICENSE AGREEMENT FOR NVIDIA SOFTWARE DEVELOPMENT KITS. You may not reverse engineer it.",
        "Intel Simplified Software License (Version October 2022). Use and redistribution in binary form only.",
        "Solver licence agreement: you may not sublicense or rent it. A limited, non-transferable licence is granted.",
        "This SDK is licensed, not sold. You may not decompile or disassemble it.",
        "MICROSOFT SOFTWARE LICENSE TERMS. You may not work around technical limits.",
        "It is the property of its maker. All rights reserved. No part may be passed on without written permission.",
        "Use of it is governed by the Master Subscription Agreement. Customer may not share it.",
        "By installing it you agree to this Agreement. Licensee shall not copy, rent or lease it.",
    ],
)
def test_agreements_of_vendors(text: str) -> None:
    """What a vendor lets those alone use who agree with it, and forbids to pass on, is proprietary."""
    assert classify(told(text + FILLER)[0]) == "proprietary"


@pytest.mark.parametrize(
    "text",
    [
        "By using it you agree to be bound. Permission is hereby granted to use it and pass it on. You may not remove this.",
        "It is free to use. All rights reserved. You agree to these terms and may not blame us.",
        "This agreement says nothing.",
    ],
)
def test_what_lets_others_pass_it_on_is_not_closed(text: str) -> None:
    """A text of nobody's list that grants to everybody stays unknown: nobody has read what it asks."""
    assert told(text + FILLER)[0] == ""


@pytest.mark.parametrize(
    "head",
    [
        "This software is tri-licensed.",
        "This project is triple licensed:",
        "You may use it under any of the following licences:",
        "It can be used under one of three licences, chosen by who uses it.",
        "Choose one of these licences:",
    ],
)
def test_a_list_to_choose_from(head: str) -> None:
    """Licences that a text lists to choose from are a choice, named or in full; what follows as included is none of them."""
    read = texts.recognised(f"{head}\n* GPL version 3\n* MPL 2.0\n* the MIT license\n".encode())
    assert (classify(read.expression), read.choice) == ("permissive", True)
    assert classify(told(f"{head}\n* GNU General Public License\n* a BSD-style license\n\n{GPL3}\n\n{BSD}")[0]) == "permissive"
    assert "GPL-3.0-or-later" in told(f"{head} MIT or Apache License. \n{FILLER} This includes code from elsewhere:\n{GPL3}")[1]


def test_a_choice_within_is_not_of_the_whole() -> None:
    """What is said of a choice behind a licence, or of a part, leaves the licence of the whole as it is."""
    offered = "It is dual licensed under the MIT license or the GNU General Public License."
    assert classify(told(f"{GPL3}\n\nThird-party parts: {offered}")[0]) == "strong-copyleft"
    assert told(f"Third-party parts are listed here. {offered} {FILLER}")[0] != "GPL-2.0-or-later OR MIT"


def test_pointers_of_the_lesser_gpl_are_no_grant() -> None:
    """A short notice of the Lesser GPL that points to the GPL for more details is that of the Lesser GPL alone."""
    notice = "under the terms of the GNU Lesser General Public License. See the GNU General Public License for more details."
    assert (
        classify(told(f"It is {notice} You should have received a copy of the GNU General Public License.")[0]) == "weak-copyleft"
    )


def test_research_terms_far_down_restrict_the_whole() -> None:
    """A licence of its own that restricts the use only after a long preamble, which speaks of source code, restricts it."""
    preamble = "It may include source code, is linked to nothing and used by many. " * 20
    assert (
        classify(told(f"Research licence agreement. {preamble} You may use it for any non-commercial purpose.")[0])
        == "non-commercial"
    )


def test_terms_for_sale_are_no_choice() -> None:
    """Commercial terms beside strong copyleft leave it strong, whatever is said of a choice."""
    assert classify(told(f"Choose one of these licences: the AGPL, or a commercial licence. {FILLER} {MIT}")[0]) != "permissive"
