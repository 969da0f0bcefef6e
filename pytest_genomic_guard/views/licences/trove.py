"""The trove classifiers of licences, and what several of them can mean.

All ``License ::`` classifiers, deprecated ones too, of trove-classifiers 2026.9.21.13 (pypi.org/classifiers): each is mapped
deliberately, those that name no licence (``OSI Approved``, ``DFSG approved``, ``Freely Distributable``) to nothing. One that has
no version is read as the metadata can mean it: ``GNU General Public License (GPL)`` as any version, others as the current one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMED = """
Aladdin Free Public License (AFPL) = Aladdin
CC0 1.0 Universal (CC0 1.0) Public Domain Dedication = CC0-1.0
CeCILL-B Free Software License Agreement (CECILL-B) = CECILL-B
CeCILL-C Free Software License Agreement (CECILL-C) = CECILL-C
DFSG approved =
Eiffel Forum License (EFL) = EFL-2.0
Free For Educational Use = LicenseRef-Non-Commercial
Free For Home Use = LicenseRef-Non-Commercial
Free To Use But Restricted = LicenseRef-Use-Restricted
Free for non-commercial use = LicenseRef-Non-Commercial
Freely Distributable =
Freeware = LicenseRef-Freeware
GUST Font License 1.0 = LPPL-1.3c
GUST Font License 2006-09-30 = LPPL-1.3c
Netscape Public License (NPL) = NPL-1.1
Nokia Open Source License (NOKOS) = Nokia
OSI Approved =
Academic Free License (AFL) = AFL-3.0
Apache Software License = Apache-2.0
Apple Public Source License = APSL-2.0
Artistic License = Artistic-2.0
Attribution Assurance License = AAL
BSD License = BSD-3-Clause
Blue Oak Model License (BlueOak-1.0.0) = BlueOak-1.0.0
Boost Software License 1.0 (BSL-1.0) = BSL-1.0
CEA CNRS Inria Logiciel Libre License, version 2.1 (CeCILL-2.1) = CECILL-2.1
CMU License (MIT-CMU) = MIT-CMU
Common Development and Distribution License 1.0 (CDDL-1.0) = CDDL-1.0
Common Public License = CPL-1.0
Eclipse Public License 1.0 (EPL-1.0) = EPL-1.0
Eclipse Public License 2.0 (EPL-2.0) = EPL-2.0
Educational Community License, Version 2.0 (ECL-2.0) = ECL-2.0
Eiffel Forum License = EFL-2.0
European Union Public Licence 1.0 (EUPL 1.0) = EUPL-1.0
European Union Public Licence 1.1 (EUPL 1.1) = EUPL-1.1
European Union Public Licence 1.2 (EUPL 1.2) = EUPL-1.2
GNU Affero General Public License v3 = AGPL-3.0-only
GNU Affero General Public License v3 or later (AGPLv3+) = AGPL-3.0-or-later
GNU Free Documentation License (FDL) = GFDL-1.1-or-later
GNU General Public License (GPL) = GPL-1.0-or-later
GNU General Public License v2 (GPLv2) = GPL-2.0-only
GNU General Public License v2 or later (GPLv2+) = GPL-2.0-or-later
GNU General Public License v3 (GPLv3) = GPL-3.0-only
GNU General Public License v3 or later (GPLv3+) = GPL-3.0-or-later
GNU Lesser General Public License v2 (LGPLv2) = LGPL-2.0-only
GNU Lesser General Public License v2 or later (LGPLv2+) = LGPL-2.0-or-later
GNU Lesser General Public License v3 (LGPLv3) = LGPL-3.0-only
GNU Lesser General Public License v3 or later (LGPLv3+) = LGPL-3.0-or-later
GNU Library or Lesser General Public License (LGPL) = LGPL-2.0-or-later
Historical Permission Notice and Disclaimer (HPND) = HPND
IBM Public License = IPL-1.0
ISC License (ISCL) = ISC
Intel Open Source License = Intel
Jabber Open Source License = LicenseRef-scancode-josl-1.0
MIT License = MIT
MIT No Attribution License (MIT-0) = MIT-0
MITRE Collaborative Virtual Workspace License (CVW) = GPL-2.0-or-later OR MPL-1.0
MirOS License (MirOS) = MirOS
Motosoto License = Motosoto
Mozilla Public License 1.0 (MPL) = MPL-1.0
Mozilla Public License 1.1 (MPL 1.1) = MPL-1.1
Mozilla Public License 2.0 (MPL 2.0) = MPL-2.0
Mulan Permissive Software License v2 (MulanPSL-2.0) = MulanPSL-2.0
NASA Open Source Agreement v1.3 (NASA-1.3) = NASA-1.3
Nethack General Public License = NGPL
Nokia Open Source License = Nokia
Open Group Test Suite License = OGTSL
Open Software License 3.0 (OSL-3.0) = OSL-3.0
PostgreSQL License = PostgreSQL
Python License (CNRI Python License) = CNRI-Python
Python Software Foundation License = PSF-2.0
Qt Public License (QPL) = QPL-1.0
Ricoh Source Code Public License = RSCPL
SIL Open Font License 1.1 (OFL-1.1) = OFL-1.1
Sleepycat License = Sleepycat
Sun Industry Standards Source License (SISSL) = SISSL
Sun Public License = SPL-1.0
The Unlicense (Unlicense) = Unlicense
Universal Permissive License (UPL) = UPL-1.0
University of Illinois/NCSA Open Source License = NCSA
Vovida Software License 1.0 = VSL-1.0
W3C License = W3C
X.Net License = Xnet
Zero-Clause BSD (0BSD) = 0BSD
Zope Public License = ZPL-2.1
zlib/libpng License = Zlib
Other/Proprietary License = LicenseRef-Proprietary
Public Domain = LicenseRef-scancode-public-domain
Repoze Public License = BSD-3-Clause-Modification
"""
TROVE: dict[str, str] = {}
for _line in _NAMED.strip().splitlines():
    _name, _, _meant = _line.rpartition(" =")
    TROVE[_name.lower()] = _meant.strip()

# Without a version they add nothing beside a sister that has one.
_LOOSE = {"GPL-1.0-or-later": "GPL-", "LGPL-2.0-or-later": "LGPL-", "AGPL-3.0-or-later": "AGPL-"}


def of_classifiers(classifiers: Iterable[str]) -> tuple[str, bool]:
    """Give the expression of licence classifiers, with or without ``License ::``, and whether they leave open what matters.

    Several classifiers are joined by ``OR``: the metadata do not say whether they are a choice or all hold (PyPA core metadata
    leave it open). That is ambiguous where the choice decides the class; ``MIT`` beside ``BSD`` is not. ``GPL`` without a version
    beside ``GPLv3+`` is one licence, not two.
    """
    from pytest_genomic_guard.views.licences.expression import canonical, classify  # noqa: PLC0415 - a parser, only where needed

    found = list(dict.fromkeys(meant for each in classifiers if (meant := _meant_by(each))))
    for loose, family in _LOOSE.items():
        if loose in found and any(other != loose and other.startswith(family) for other in found):
            found.remove(loose)
    joined = canonical(" OR ".join(found))
    kinds = {classify(each) for each in found}
    return joined, len(kinds) > 1


def _meant_by(classifier: str) -> str:
    """Tell what one classifier names; a name that the list does not have is read as free words."""
    parts = [part.strip() for part in classifier[:300].split("::")]
    if parts and parts[0].lower() == "license":
        parts = parts[1:]
    name = parts[-1] if parts else ""
    known = TROVE.get(name.lower())
    if known is not None:
        return known
    from pytest_genomic_guard.views.licences.prose import named  # noqa: PLC0415 - only for names outside of the list

    return named(name)
