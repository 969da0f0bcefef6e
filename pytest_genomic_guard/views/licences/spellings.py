"""The names of licences as people write them: data only; `phrases` makes a table of it.

Collected from the licence fields of some 420 distributions on PyPI, of R and nf-core packages, from the ids of model
cards and the trove classifiers (pypi.org/classifiers, September 2026). Names are facts; no licence text is kept here. Where a
name has no version the GNU licences are read as their text says ("any version ever published"), of others the current version
is taken: the class does not hang on it. A line that begins with blanks goes on with the one before it.
"""

from __future__ import annotations

# family | template of the id | versions | the id without a version | names
FAMILIES = """
gpl | GPL-{} | 1.0 2.0 3.0 | GPL-1.0-or-later | gpl; gplv; gnu; gnu gpl; gnu gplv; gnu/gpl; gnu general public license;
    general public license; gnu general public; gnu public license; gnu license; gnu general license; gnu public; gnupl; gnu
    general public license gpl; gnu/general public license; gnu general public v; gnu general purpose license; general gnu
    public license
lgpl | LGPL-{} | 2.0 2.1 3.0 | LGPL-2.0-or-later | gnu general lesser public license; general lesser public license;
    lesser general license; lgpl; lgplv; gnu lgpl; gnu lgplv; gnu/lgpl; gnu lesser general public
    license; lesser general public license; gnu lesser gpl; lesser gpl; lesser gplv; gnu lesser gplv; gnu library general
    public license; library general public license; library gpl; gnu library gpl; gnu library or lesser general public
    license; library or lesser general public license; gnu lesser; gnu lesser public license; lesser public license; gnu
    lesser general license; gnu lesser general public; lesser general public; lesser gnu public license; lesser gnu general
    public license; lesser gnu; gnu lesser license; gnu lesser or library general public license;
    gnu library public license; lesser gnu gpl; lesser gnu gplv; library gnu general public license; gnu general public lesser
    license; gnu general public library license; general public lesser license; l gpl; l gplv; gnu l gpl; lesser general gnu
    public license
agpl | AGPL-{} | 1.0 3.0 | AGPL-3.0-or-later | agpl; agplv; gnu agpl; gnu agplv; gnu/agpl; affero; affero gpl; affero gplv;
    gnu affero; gnu affero gpl; gnu affero gplv; affero general public license; gnu affero general public license; affero
    license; gnu affero public license; affero public license; gnu affero general public; gnu affero license; affero gnu
    general public license
gfdl | GFDL-{} | 1.1 1.2 1.3 | GFDL-1.1-or-later | gfdl; gnu fdl; gnu free documentation license; free documentation license
apache | Apache-{} | 1.0 1.1 2.0 | Apache-2.0 | apache; apachev; apache license; apache software license; apache software;
    asl; aslv; apache software foundation license; apache public license; asf license; apache open source license
mpl | MPL-{} | 1.0 1.1 2.0 | MPL-2.0 | mpl; mplv; mozilla public license; mozilla public; mozilla license
epl | EPL-{} | 1.0 2.0 | EPL-2.0 | epl; eclipse public license; eclipse license
eupl | EUPL-{} | 1.0 1.1 1.2 | EUPL-1.2 | eupl; european union public license
cddl | CDDL-{} | 1.0 1.1 | CDDL-1.0 | cddl; common development and distribution license
cpl | CPL-{} | 1.0 | CPL-1.0 | common public license
osl | OSL-{} | 1.0 1.1 2.0 2.1 3.0 | OSL-3.0 | osl; open software license
afl | AFL-{} | 1.1 1.2 2.0 2.1 3.0 | AFL-3.0 | afl; academic free license
artistic | Artistic-{} | 1.0 2.0 | Artistic-2.0 | artistic; artistic license; perl artistic license
cecill | CECILL-{} | 1.0 1.1 2.0 2.1 | CECILL-2.1 | cecill; cecill license; cea cnrs inria logiciel libre license; cecill free
    software license agreement
zpl | ZPL-{} | 1.1 2.0 2.1 | ZPL-2.1 | zpl; zope public license; zope; zope license
ofl | OFL-{} | 1.0 1.1 | OFL-1.1 | ofl; sil ofl; sil open font license; open font license
ecl | ECL-{} | 1.0 2.0 | ECL-2.0 | ecl; educational community license
odbl | ODbL-{} | 1.0 | ODbL-1.0 | odbl; open database license; open data commons open database license
odcby | ODC-By-{} | 1.0 | ODC-By-1.0 | odc by; open data commons attribution license
pddl | PDDL-{} | 1.0 | PDDL-1.0 | pddl; public domain dedication and license; open data commons public domain dedication and
    license
cc0 | CC0-{} | 1.0 | CC0-1.0 | cc0; cc zero; creative commons zero; creative commons 0; creative commons cc0; cc 0; cc0 1.0
    universal; cc0 1.0 universal public domain dedication; cc0 public domain
lppl | LPPL-{} | 1.0 1.1 1.2 | LPPL-1.3c | lppl; latex project public license
mulan | MulanPSL-{} | 1.0 2.0 | MulanPSL-2.0 | mulan psl; mulan; mulan permissive software license; mulanpsl
boost | BSL-{} | 1.0 | BSL-1.0 | boost software license; boost license
psf | PSF-{} | 2.0 | PSF-2.0 | psf; psfl; python software foundation; python software foundation license; psf license; python
    software foundation license agreement; python license; python style license
npl | NPL-{} | 1.0 1.1 | NPL-1.1 | npl; netscape public license
apsl | APSL-{} | 1.0 1.1 1.2 2.0 | APSL-2.0 | apsl; apple public source license
busl | BUSL-{} | 1.1 | BUSL-1.1 | busl; business source license; bsl 1.1; bsl v1.1
elastic | Elastic-{} | 2.0 | Elastic-2.0 | elastic license; elv
sspl | SSPL-{} | 1.0 | SSPL-1.0 | sspl; server side public license
polync | PolyForm-Noncommercial-{}.0 | 1.0 | PolyForm-Noncommercial-1.0.0 | polyform noncommercial; polyform noncommercial
    license; polyform non commercial
polysb | PolyForm-Small-Business-{}.0 | 1.0 | PolyForm-Small-Business-1.0.0 | polyform small business; polyform small business
    license
ms | MS-PL | 1.0 | MS-PL | microsoft public license; ms pl; mspl
w3c | W3C | 1.0 | W3C | w3c; w3c license; w3c software license
php | PHP-{} | 3.0 | PHP-3.01 | php license
"""

# id: names; ``~`` before the id: so loose that a closer word of the same family goes before it; ``?``: counts only alone
NAMES = """
MIT: mit; mit license; expat; expat license; mit expat; mit/expat; mit/x11; mit x11; x11/mit; x11 mit; mit/x; mit x;
    expat/mit; mit expat license; mit style; mit like; mit style license; massachusetts institute of technology license; mit
    open source; massachusetts institute of technology; mit license mit; mitl; licenseref mit
MIT-0: mit 0; mit no attribution; mit no attribution license
MIT-CMU: mit cmu; cmu; cmu license
~BSD-3-Clause: bsd; bsd license; bsd style; bsd like; bsd style license; berkeley software distribution; berkeley license; bsd
    open source; bsdl
BSD-3-Clause: bsd 3 clause; 3 clause bsd; bsd 3; new bsd; bsd new; modified bsd; revised bsd; three clause bsd; bsd three
    clause; bsd 3 clauses; 3 bsd; bsd3c; new style bsd; bsd modified; bsd clause 3; bsd license 3; bsd license 3 clause; bsd
    license with 3 clauses; bsd 3.0; 3 clause; bsd v3; 3 clauses bsd; bsd revised; bsd 3 c; bsd license new; bsd 3 cl; 3
    clause new bsd; bsd (3 clause); bsd license (3 clause); bsd 3 clause (new); bsd (3 clauses); new bsd 3 clause; bsd 3
    clause new; 3c bsd
BSD-2-Clause: bsd 2 clause; 2 clause bsd; bsd 2; simplified bsd; bsd simplified; freebsd; two clause bsd; bsd two clause; bsd
    2 clauses; bsd2c; bsd license 2 clause; bsd 2.0 clause; 2 clause; bsd v2; free bsd; bsd (2 clause); bsd license (2 clause)
BSD-4-Clause: bsd 4 clause; 4 clause bsd; original bsd; four clause bsd; bsd original; old bsd; bsd 4
0BSD: 0bsd; zero clause bsd; bsd zero clause; bsd 0 clause; 0 clause bsd; free public license 1.0.0
BSD-3-Clause-Clear: clear bsd; bsd 3 clause clear; 3 clause clear bsd
LicenseRef-scancode-matplotlib-1.3.0: matplotlib; matplotlib license; license agreement for matplotlib
~BSD-3-Clause: scipy license; numpy license; scikit learn license
ISC: isc; iscl; isc license iscl; isc license; internet systems consortium license
Zlib: zlib; zlib/libpng; zlib libpng; libpng/zlib; zlib license; png/zlib
Libpng: libpng
BSL-1.0: bsl 1.0; bsl 1
Unlicense: unlicense; un license
WTFPL: wtfpl; do what the fuck you want to public license; do what fuck you want to public license
Beerware: beerware; beer ware; beerware license
NCSA: ncsa; university of illinois/ncsa; university of illinois ncsa; university of illinois; uiuc; illinois/ncsa; university
    of illinois open source license
HPND: hpnd; pil; pil software license; standard pil license; historical permission notice and disclaimer; pil license
X11: x11; x11 license; x consortium license
CNRI-Python: cnri python; cnri python license; python license (cnri python license)
Python-2.0: python 2.0; python 2
PostgreSQL: postgresql; postgresql license; postgres; postgres license
UPL-1.0: upl; universal permissive license
BlueOak-1.0.0: blue oak; blueoak; blue oak model license; blue oak model license 1.0.0
OpenSSL: openssl license
Vim: vim license
JSON: json license
Ruby: ruby license; ruby s license
HDF5: hdf5 license
ICU: icu license
curl: curl license
IJG: ijg
EFL-2.0: eiffel forum license
AAL: attribution assurance license
VSL-1.0: vovida software license 1.0; vovida software license
IPL-1.0: ibm public license
Intel: intel open source license
SISSL: sun industry standards source license
SPL-1.0: sun public license
Sleepycat: sleepycat; sleepycat license
NGPL: nethack general public license
QPL-1.0: qpl; qt public license
Aladdin: aladdin free public license; aladdin; afpl
NASA-1.3: nasa open source agreement; nasa open source; nosa; nasa open source agreement version 1.3
BSD-3-Clause-Modification: repoze public license; repoze
CECILL-B: cecill b; cecill b license; cecill b free software license agreement
CECILL-C: cecill c; cecill c license; cecill c free software license agreement
LPPL-1.3c: lppl 1.3c; lppl 1.3; latex project public license 1.3c
LGPLLR: lgpl lr; lesser general public license for linguistic resources
C-UDA-1.0: c uda; c uda 1.0; computational use of data agreement
CDLA-Permissive-1.0: cdla permissive 1.0
CDLA-Permissive-2.0: cdla permissive; cdla permissive 2.0
CDLA-Sharing-1.0: cdla sharing; cdla sharing 1.0
etalab-2.0: etalab; etalab 2.0; licence ouverte; license ouverte
OGL-UK-3.0: open government license; ogl; ogl 3.0; open government license 3.0; open government license v3.0
LGPL-2.0-or-later WITH WxWindows-exception-3.1: wxwindows; wxwindows library license; wxwindows license; wxwidgets license
Artistic-1.0-Perl OR GPL-1.0-or-later: perl; perl 5; same as perl; same terms as perl; perl license; same terms as perl
    itself; perl5
MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later: mpl tri license; mozilla tri license
LicenseRef-scancode-public-domain: public domain; publicdomain; pd; dedicated to public domain; in public domain; us
    government work; cc public domain
LicenseRef-OpenMDW-1.0: openmdw; openmdw 1.0; openmdw 1.1
LicenseRef-OpenRAIL-M: openrail; openrail m; open rail; open rail m; rail license; openrail++; openrail++ m; creativeml
    openrail m; creativeml open rail m; creativeml; creativeml openrail++ m; bigscience openrail m; bigscience bloom rail 1.0;
    bigcode openrail m; bigscience rail; responsible ai license; bigscience open rail m; bigscience rail 1.0; bigcode open
    rail m
LicenseRef-Llama-2: llama2; llama 2 community license; llama 2; llama 2 community license agreement; llama; llama license;
    llama community license
LicenseRef-Llama-3: llama3; llama3.1; llama3.2; llama3.3; llama 3 community license; llama 3.1 community license; llama 3.2
    community license; llama 3.3 community license; meta llama 3 community license; llama 3.1 community license agreement;
    llama 3.2 community license agreement; llama 3.3 community license agreement; llama 3 community license agreement
LicenseRef-Llama-4: llama4; llama 4 community license; llama 4 community license agreement
LicenseRef-Gemma: gemma; gemma terms of use; gemma license
LicenseRef-Use-Restricted: oxford nanopore technologies plc public license; oxford nanopore technologies public license;
    grok2 community; grok 2 community; grok 2 community license; apple ascl; free to use but
    restricted; deepfloyd
LicenseRef-Commons-Clause: commons clause; commons clause license; commons clause license condition v1.0; commons clause
    condition
LicenseRef-Non-Commercial: noncommercial; non commercial; non commercial use; non commercial use only; noncommercial use;
    noncommercial use only; not for commercial use; no commercial use; free for non commercial use; free for noncommercial
    use; free for non commercial; non commercial only; non commercial research; non commercial license; noncommercial license;
    nc; academic; academic use; academic use only; academic only; academic license; academic software license; free for
    academic use; academic non commercial; academic research; academic purposes; academic research only; academia only; for
    academic use only; research only; research use; research use only; research purposes; research purposes only; research
    only license; research license; educational use; education use; educational purposes; educational use only; free for
    educational use; free for home use; personal use; personal use only; evaluation only; evaluation license; evaluation use
    only; non profit; nonprofit; not for profit; non profit use; noncommercial research; fair noncommercial research license;
    h research; intel research; deepfloyd if license; apple amlr; acm; acm software license; acm software license agreement;
    research and education; academic and non commercial; nvidia source code license nc; nvidia source code license; non
    commercial academic use; free for academic; clinical use prohibited; ucsd academic; non commercial purposes; noncommercial
    purposes
LicenseRef-Commercial: commercial; commercial license; commercial software; commercial licensing; commercial agreement
LicenseRef-Freeware: freeware; shareware
LicenseRef-NVIDIA-Proprietary: nvidia proprietary software; nvidia proprietary; nvidia eula; nvidia software license; nvidia
    cuda; cuda toolkit eula; cuda eula; nvidia end user license agreement; nvidia software license agreement; nvidia
    proprietary license; nvidia cuda eula; nvidia software development kit license; cuda toolkit end user license agreement;
    licenseref nvidia proprietary; nvidia license; nvidia tensorrt; nvidia proprietary software license
LicenseRef-scancode-issl-2022: intel simplified software license; issl; intel simplified software
LicenseRef-Intel-EULA: intel eula; intel end user license agreement; intel end user license agreement for developer tools;
    intel proprietary; proprietary intel; intel developer tools eula; intel software development products; intel corporation
    proprietary
LicenseRef-Proprietary: proprietary; proprietary license; other/proprietary; other/proprietary license; other proprietary;
    other proprietary license; proprietary software; closed source; eula; end user license agreement; internal use only;
    confidential; trade secret; private license; proprietary and confidential; microsoft software license; commercial
    proprietary; company confidential; microsoft eula
?PSF-2.0: python
?BSL-1.0: boost
?MPL-2.0: mozilla
?EPL-2.0: eclipse
?LicenseRef-OpenRAIL-M: rail
?Elastic-2.0: elastic
?LicenseRef-NVIDIA-Proprietary: nvidia; cuda
?LicenseRef-Proprietary: all rights reserved; private; internal; closed
"""
