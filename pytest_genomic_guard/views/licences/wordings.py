"""By which words the text of a licence is known.

Each row is an id, the most bytes its plain text has, a short run of words that this text has and others have not, and after a
stroke words near its end. All are in lower case with single blanks between words, as `texts.plain` makes them of a file, and
American. The words are those of the texts of the SPDX licence list (spdx.org/licenses, read November 2026) and, for what is not
on it, of the texts themselves. What stands from the first to the last words belongs to the licence: what it says of others there
(the GPL in the LGPL, the MPL of "secondary licenses") is no grant.
"""

from __future__ import annotations

# Whole texts, which speak of other licences.
WHOLE = """
AGPL-3.0-or-later 36000 gnu affero general public license version 3 19 november 2007/gnu agpl see
AGPL-1.0-or-later 20000 affero general public license version 1 march 2002/end of terms and conditions
LGPL-3.0-or-later 9000 gnu lesser general public license version 3 29 june 2007/permanent authorization for you to choose
LGPL-2.1-or-later 28000 gnu lesser general public license version 2 1 february 1999/that s all there is to it
LGPL-2.0-or-later 27000 gnu library general public license version 2 june 1991/that s all there is to it
GPL-3.0-or-later 36000 gnu general public license version 3 29 june 2007/why not lgpl
GPL-2.0-or-later 19000 gnu general public license version 2 june 1991/public license instead of this license
GPL-1.0-or-later 14000 gnu general public license version 1 february 1989/that s all there is to it
GFDL-1.3-or-later 24000 gnu free documentation license version 1/permit their use in free software
MPL-2.0 17000 mozilla public license version 2 0 1 definitions/as defined by the mozilla public license v 2 0
MPL-1.1 27000 mozilla public license version 1 1/exhibit a mozilla public license
Apache-2.0 12500 apache license version 2 0 january 2004/end of terms and conditions
EPL-2.0 16000 eclipse public license v 2 0/jury trial in any resulting litigation
EPL-1.0 13000 eclipse public license v 1 0/jury trial in any resulting litigation
CPL-1.0 13000 common public license version 1 0/jury trial in any resulting litigation
CDDL-1.1 19000 common development and distribution license cddl version 1 1/constitute any admission of liability
CDDL-1.0 19000 common development and distribution license/constitute any admission of liability
EUPL-1.2 18000 european union public license v 1 2/appendix
EUPL-1.1 18000 european union public license v 1 1/appendix
EUPL-1.2 18000 license publique de l union europ
CECILL-B 24000 cecill b free software license agreement
CECILL-B 24000 contrat de license de logiciel libre cecill b
CECILL-C 24000 cecill c free software license agreement
CECILL-C 24000 contrat de license de logiciel libre cecill c
CECILL-2.1 24000 cecill free software license agreement
CECILL-2.1 24000 contrat de license de logiciel libre cecill
Artistic-2.0 10500 artistic license 2 0
Artistic-1.0-Perl 6500 the artistic license preamble/the end
ClArtistic 7500 the clarified artistic license
SSPL-1.0 36000 server side public license version 1/end of terms and conditions
BUSL-1.1 6500 business source license 1 1/modify this license in any other way
Elastic-2.0 5000 elastic license 2 0
OSL-3.0 11000 open software license v 3 0
AFL-3.0 11000 academic free license v 3 0
OFL-1.1 5000 sil open font license version 1 1/other dealings in the font software
ODbL-1.0 25000 open database license odbl
MS-PL 3500 microsoft public license ms pl/fitness for a particular purpose
QPL-1.0 5000 the q public license version 1 0
LPPL-1.3c 19000 latex project public license
MulanPSL-2.0 9000 mulan permissive software license version 2
PolyForm-Noncommercial-1.0.0 6000 polyform noncommercial license 1 0 0
PolyForm-Small-Business-1.0.0 6000 polyform small business license 1 0 0
LicenseRef-scancode-polyform-strict-1.0.0 6000 polyform strict license 1 0 0
LicenseRef-PolyForm-Shield-1.0.0 6000 polyform shield license 1 0 0
LicenseRef-PolyForm-Perimeter-1.0.0 6000 polyform perimeter license 1 0
LicenseRef-PolyForm-Internal-Use-1.0.0 6000 polyform internal use license 1 0 0
CC0-1.0 7000 cc0 1 0 universal
Python-2.0 15000 python software foundation license version 2/stichting mathematisch centrum be liable
FTL 7500 freetype project license 20
LicenseRef-Non-Commercial 20000 oxford nanopore technologies plc public license version 1 0
LicenseRef-Non-Commercial 20000 oxford nanopore technologies ltd public license version 1 0
LicenseRef-OpenRAIL-M 18000 creativeml open rail
LicenseRef-OpenRAIL-M 18000 bigscience openrail m
LicenseRef-OpenRAIL-M 18000 bigscience open rail m
LicenseRef-OpenRAIL-M 18000 bigcode openrail m
LicenseRef-OpenRAIL-M 18000 modified openrail m
LicenseRef-OpenRAIL-M 18000 ai pubs open rail m
LicenseRef-OpenRAIL 18000 bigscience rail license
LicenseRef-OpenRAIL 12000 responsible ai source code license
LicenseRef-OpenRAIL 12000 responsible ai license
LicenseRef-Llama-2 12000 llama 2 community license agreement
LicenseRef-Llama-3 12000 llama 3 community license agreement
LicenseRef-Llama-3 12000 llama 3 1 community license agreement
LicenseRef-Llama-3 12000 llama 3 2 community license agreement
LicenseRef-Llama-3 12000 llama 3 3 community license agreement
LicenseRef-Llama-4 12000 llama 4 community license agreement
LicenseRef-Gemma 12000 gemma terms of use
LicenseRef-Non-Commercial 7000 nvidia source code license
LicenseRef-NVIDIA-Proprietary 90000 license agreement for nvidia
LicenseRef-NVIDIA-Proprietary 90000 nvidia software license agreement
LicenseRef-NVIDIA-Proprietary 90000 end user license agreement nvidia
LicenseRef-NVIDIA-Proprietary 90000 nvidia proprietary software
LicenseRef-Intel-EULA 60000 intel end user license agreement
LicenseRef-Intel-Simplified-Software 4000 intel simplified software license
LicenseRef-Non-Commercial 30000 cambrian non commercial license
"""

# Short texts, within which restrictions can be added.
SHORT = """
GCC 5000 gcc runtime library exception
MIT 2200 copy of this software and associated documentation files/in the software
Unicode-3.0 1500 obtaining a copy of data files and any associated documentation
Unicode-DFS-2016 1800 obtaining a copy of the unicode data files
Bitstream-Vera 2500 obtaining a copy of the fonts accompanying this license
BSL-1.0 1700 person or organization obtaining a copy of the software and accompanying/dealings in the software
BSL-1.0 1700 boost software license version 1 0 august 17th 2003/dealings in the software
BSD 3200 redistribution and use in source and binary forms/possibility of such damage
BSD 3200 redistribution and use of this software in source and binary forms/possibility of such damage
BSD 3200 redistributions of source code must retain the/possibility of such damage
ISC 900 permission to use copy modify and or distribute this software for any purpose with or without fee/of this software
ISC 900 permission to use copy modify and distribute this software for any purpose with or without fee/of this software
HPND 1300 permission to use copy modify and distribute this software and its
HPND 1300 permission to use copy modify distribute and sell this software and its
HPND 1000 permission to use copy modify and distribute this software for any purpose
Zlib 1000 permission is granted to anyone to use this software for any purpose/source distribution
Apache-1.1 3200 apache software license version 1 1
NCSA 2200 university of illinois ncsa open source license/with the software
ZPL-2.1 2500 zope public license zpl version 2 1/possibility of such damage
ZPL-2.0 2500 zope public license zpl version 2 0/possibility of such damage
Unlicense 1300 free and unencumbered software released into the public domain
WTFPL 600 do what the fuck you want to public license/you just do what
PSF-2.0 4500 hereby grants licensee a nonexclusive royalty free world wide license
PSF-2.0 4500 hereby grants licensee a non exclusive royalty free world wide license
UPL-1.0 2200 universal permissive license v 1 0
BlueOak-1.0.0 2200 blue oak model license
MIT-0 1000 mit license with no attribution
MIT-0 1000 mit no attribution
LicenseRef-Commons-Clause 1800 commons clause license condition
"""

# Notices that name a licence without its text.
NOTICES = """
Perl 0 same terms as perl itself
Apache-2.0 0 apache license version 2 0
Apache-2.0 0 apache software license 2 0
MPL-2.0 0 mozilla public license version 2 0
MPL-2.0 0 mozilla public license v 2 0
MPL-2.0 0 mozilla public license mplv2 0
MPL-2.0 0 mozilla public license mpl v 2 0
EPL-2.0 0 eclipse public license 2 0
MIT 0 licensed under the mit license
MIT 0 released under the mit license
MIT 0 distributed under the mit license
MIT 0 under the terms of the mit license
BSD-3-Clause 0 licensed under the bsd license
BSD-3-Clause 0 released under the bsd license
BSD-3-Clause 0 distributed under the bsd license
BSD-3-Clause 0 under the modified bsd license
BSD-3-Clause 0 terms of the modified bsd license
BSD-3-Clause 0 bsd 3 clause license
BSD-3-Clause 0 3 clause bsd license
BSD-2-Clause 0 bsd 2 clause license
BSD-2-Clause 0 2 clause bsd license
LicenseRef-Public-Domain 0 placed in the public domain
LicenseRef-Public-Domain 0 dedicated to the public domain
LicenseRef-Public-Domain 0 is in the public domain
LicenseRef-Public-Domain 0 is a united states government work
CECILL-2.1 0 cecill 2 1
CECILL-2.1 0 under the cecill license
"""
