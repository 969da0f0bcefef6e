"""The class of a licence by its SPDX id: what it asks of those who pass the work on.

Ids, their deprecated spellings and the exceptions are those of the SPDX licence list as license-expression 30.4.4 has it; ids
``LicenseRef-scancode-*`` are those of ScanCode LicenseDB, whose index is in that package (data CC-BY-4.0, aboutcode-org). Our
own table decides first, as the categories of that index are not our classes: it has AGPL and GPL in one category, CeCILL 2 as
limited and CeCILL-C as full copyleft, CC-BY-NC with BUSL. Only ids that the table does not have are looked up there.
Deliberate decisions:

* Artistic-2.0 (much of Bioconductor) and OFL-1.1 (fonts) are permissive: what may not be done is to pass a changed version off
  as the original; linking, bundling and selling within something larger are free. The index has both as limited copyleft.
* EUPL, CeCILL 1 and 2, OSL, QPL, RPL and Sleepycat are strong: a work made of them keeps their terms.
* SSPL, CPAL and CAL-1.0 reach those who only use the work over a network, as AGPL does.
* LPPL, Vim, CeCILL-C, GFDL, CC-BY-SA and ODbL are weak: what they cover stays shared, what merely uses it does not become so.
* A ``LicenseRef-`` of nobody's list is unknown, unless its own name says that it restricts: a name can warn, not reassure. Only
  ``LicenseRef-`` before a listed id is that id.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Class

_TABLE: dict[str, str] = {
    "permissive": """
        0BSD AAL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AML Apache-1.0 Apache-1.1 Apache-2.0 Artistic-1.0 Artistic-1.0-Perl
        Artistic-1.0-cl8 Artistic-2.0 ANTLR-PD BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-2-Clause-Views
        BSD-3-Clause BSD-3-Clause-Attribution BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-3-Clause-Modification
        BSD-3-Clause-Open-MPI BSD-4-Clause BSD-4-Clause-UC BSD-Source-Code BSL-1.0 Beerware Bitstream-Vera BlueOak-1.0.0
        blessing bzip2-1.0.6 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-4.0 CC-PDDC CC-PDM-1.0 CC0-1.0
        CDLA-Permissive-1.0 CDLA-Permissive-2.0 CECILL-B CNRI-Jython CNRI-Python CNRI-Python-GPL-Compatible ClArtistic curl
        DL-DE-BY-2.0 DL-DE-ZERO-2.0 DOC ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 etalab-2.0 FSFAP FSFUL FSFULLR FTL Fair HDF5 HPND
        HPND-sell-variant ICU IJG ImageMagick Info-ZIP Intel Intel-ACPI ISC JSON JasPer-2.0 Latex2e Leptonica Libpng
        libpng-2.0 libtiff MIT MIT-0 MIT-CMU MIT-Modern-Variant MIT-Wu MIT-advertising MIT-enna MIT-feh MIT-open-group MITNFA
        Minpack MirOS MS-LPL MS-PL MulanPSL-1.0 MulanPSL-2.0 mpich2 NCBI-PD NCSA NIST-PD NIST-PD-fallback NIST-Software NLOD-1.0
        NLOD-2.0 NTP NetCDF Net-SNMP ODC-By-1.0 OFFIS OFL-1.0 OFL-1.1 OFL-1.1-RFN OFL-1.1-no-RFN OGC-1.0 OGL-UK-1.0 OGL-UK-2.0
        OGL-UK-3.0 OLDAP-2.8 OML OpenSSL PDDL-1.0 PHP-3.0 PHP-3.01 PSF-2.0 PostgreSQL Python-2.0 Python-2.0.1 Plexus Qhull Ruby
        SAX-PD SGI-B-2.0 SHL-0.5 SHL-0.51 SMLNJ SSH-OpenSSH SWL Sendmail Spencer-94 SunPro TCL TCP-wrappers UCAR UPL-1.0
        UMich-Merit Unicode-3.0 Unicode-DFS-2015 Unicode-DFS-2016 Unlicense VSL-1.0 W3C W3C-19980720 W3C-20150513 WTFPL
        X11 XFree86-1.1 Xnet ZPL-1.1 ZPL-2.0 ZPL-2.1 Zend-2.0 Zlib zlib-acknowledgement Boehm-GC
        LicenseRef-Public-Domain LicenseRef-PublicDomain LicenseRef-OpenMDW-1.0 LicenseRef-OpenMDW-1.1
        LicenseRef-Unlimited LicenseRef-scancode-public-domain
        LicenseRef-scancode-public-domain-disclaimer LicenseRef-scancode-matplotlib-1.3.0""",
    "weak-copyleft": """
        APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0 BitTorrent-1.0 BitTorrent-1.1 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.5 CC-BY-SA-3.0
        CC-BY-SA-4.0 CC-SA-1.0 CDDL-1.0 CDDL-1.1 CDLA-Sharing-1.0 CECILL-C CERN-OHL-W-2.0 CPL-1.0 CUA-OPL-1.0 EPL-1.0 EPL-2.0
        ErlPL-1.1 GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only GFDL-1.3-or-later IPL-1.0
        Interbase-1.0 LAL-1.2 LAL-1.3 LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only
        LGPL-3.0-or-later LGPLLR LPL-1.02 LPPL-1.0 LPPL-1.1 LPPL-1.2 LPPL-1.3a LPPL-1.3c MPL-1.0 MPL-1.1 MPL-2.0
        MPL-2.0-no-copyleft-exception MS-RL NASA-1.3 NPL-1.0 NPL-1.1 Nokia ODbL-1.0 RPSL-1.0 RSCPL SISSL SISSL-1.2 SPL-1.0
        SugarCRM-1.1.3 Vim gnuplot LicenseRef-scancode-gust-font-1.0 LicenseRef-scancode-gust-font-2006-09-30""",
    "strong-copyleft": """
        BSD-Protection CECILL-1.0 CECILL-1.1 CECILL-2.0 CECILL-2.1 CERN-OHL-S-2.0 D-FSL-1.0 EUPL-1.0 EUPL-1.1 EUPL-1.2
        GPL-1.0-only GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LiLiQ-Rplus-1.1 Motosoto NGPL
        NPOSL-3.0 OCLC-2.0 OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1 OSL-3.0 Parity-6.0.0 Parity-7.0.0 QPL-1.0 RPL-1.1 RPL-1.5 SimPL-2.0
        Sleepycat Watcom-1.0 copyleft-next-0.3.0 copyleft-next-0.3.1 LicenseRef-scancode-dual-commercial-gpl""",
    "network-copyleft": """
        AGPL-1.0-only AGPL-1.0-or-later AGPL-3.0-only AGPL-3.0-or-later CAL-1.0 CAL-1.0-Combined-Work-Exception CPAL-1.0
        SSPL-1.0""",
    "use-restricted": """
        ASWF-Digital-Assets-1.1 BSD-3-Clause-No-Military-License BSD-3-Clause-No-Nuclear-License
        BSD-3-Clause-No-Nuclear-License-2014 BUSL-1.1 C-UDA-1.0 CC-BY-ND-1.0 CC-BY-ND-2.0 CC-BY-ND-2.5 CC-BY-ND-3.0
        CC-BY-ND-4.0 CPOL-1.02 Elastic-2.0 FSL-1.1-ALv2 FSL-1.1-MIT Hippocratic-2.1 PolyForm-Small-Business-1.0.0 SUL-1.0
        LicenseRef-Commons-Clause LicenseRef-scancode-commons-clause LicenseRef-Use-Restricted LicenseRef-PolyForm-Perimeter-1.0.0
        LicenseRef-PolyForm-Shield-1.0.0 LicenseRef-PolyForm-Internal-Use-1.0.0
        LicenseRef-scancode-elastic-license-v2 LicenseRef-scancode-bsl-1.1 LicenseRef-scancode-deepseek-la-1.0
        LicenseRef-OpenRAIL LicenseRef-OpenRAIL-M LicenseRef-Llama-2 LicenseRef-Llama-3 LicenseRef-Llama-4 LicenseRef-Gemma
        LicenseRef-scancode-bigscience-rail-1.0 LicenseRef-scancode-gemma-tou-2024-04-01 LicenseRef-scancode-confluent-community-1.0
        LicenseRef-scancode-stability-ai-community-2024""",
    "non-commercial": """
        Aladdin CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0
        CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0 CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.5 CC-BY-NC-SA-3.0
        CC-BY-NC-SA-4.0 NCGL-UK-2.0 PolyForm-Noncommercial-1.0.0 LicenseRef-Non-Commercial LicenseRef-Academic-Use
        LicenseRef-Personal-Use LicenseRef-ACM LicenseRef-scancode-acm-sla LicenseRef-scancode-polyform-strict-1.0.0
        LicenseRef-scancode-polyform-free-trial-1.0.0 LicenseRef-scancode-stability-ai-nc-2023-12-06""",
    "proprietary": """
        LicenseRef-Proprietary LicenseRef-Commercial LicenseRef-Freeware LicenseRef-NVIDIA-Proprietary LicenseRef-Intel-EULA
        LicenseRef-scancode-proprietary-license LicenseRef-scancode-commercial-license
        LicenseRef-scancode-issl-2018 LicenseRef-scancode-issl-2022
        LicenseRef-scancode-nvidia-cuda-supplement-2020 LicenseRef-scancode-intel-master-eula-sw-dev-2016""",
    "unknown": """
        any-OSI any-OSI-perl-modules LicenseRef-Unknown LicenseRef-scancode-unknown LicenseRef-scancode-unknown-license-reference
        LicenseRef-scancode-free-unknown""",
}

# Lower case to the id as it is written, and its class.
KNOWN: dict[str, tuple[str, Class]] = {name.lower(): (name, kind) for kind, names in _TABLE.items() for name in names.split()}  # type: ignore[misc]

# Ids that the list has given up, and what it puts in their place.
DEPRECATED = {
    "bsd-2-clause-freebsd": "BSD-2-Clause-Views",
    "bsd-2-clause-netbsd": "BSD-2-Clause",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "ecos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "gpl-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "gpl-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "gpl-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "gpl-2.0-with-gcc-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "gpl-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "gpl-3.0-with-gcc-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "nunit": "zlib-acknowledgement",
    "standardml-nj": "SMLNJ",
    "wxwindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
    "licenseref-mit": "MIT",
    "licenseref-apache": "Apache-2.0",
    "licenseref-gpl": "GPL-1.0-or-later",
    "licenseref-lgpl": "LGPL-2.0-or-later",
    "licenseref-agpl": "AGPL-3.0-or-later",
    "licenseref-bsd": "BSD-3-Clause",
    # as conda-forge's recipes name licences that SPDX names otherwise, or not at all (read 2026-11)
    "licenseref-fitsio": "CFITSIO",
    "licenseref-libglvnd": "MIT-Khronos-old",
    "licenseref-pyopengl": "BSD-3-Clause",
    "licenseref-ubuntu-font-licence-version-1.0": "Ubuntu-font-1.0",
}

# What the permission of an exception makes of the licence that it is added to, by the exception.
_RUNTIME = """
    Autoconf-exception-2.0 Autoconf-exception-3.0 Autoconf-exception-generic Autoconf-exception-generic-3.0
    Autoconf-exception-macro Bison-exception-1.24 Bison-exception-2.2 Classpath-exception-2.0 Fawkes-Runtime-exception
    Font-exception-2.0 GCC-exception-2.0 GCC-exception-2.0-note GCC-exception-3.1 GNAT-exception GNU-compiler-exception
    LLVM-exception Libtool-exception OpenJDK-assembly-exception-1.0 PS-or-PDF-font-exception-20170817 SWI-exception
    Swift-exception Texinfo-exception UBDL-exception mif-exception mxml-exception PCRE2-exception fmt-exception SHL-2.0 SHL-2.1"""
_LINKING = """
    CGAL-linking-exception FLTK-exception GPL-3.0-interface-exception GPL-3.0-linking-exception
    GPL-3.0-linking-source-exception Independent-modules-exception KiCad-libraries-exception LGPL-3.0-linking-exception LLGPL
    LZMA-exception Linux-syscall-note OCCT-exception-1.0 OCaml-LGPL-linking-exception Qt-LGPL-exception-1.1 Qwt-exception-1.0
    SANE-exception WxWindows-exception-3.1 Digia-Qt-LGPL-exception-1.1 eCos-exception-2.0 erlang-otp-linking-exception
    freertos-exception-2.0 i2p-gpl-java-exception polyparse-exception u-boot-exception-2.0 Gmsh-exception
    LicenseRef-scancode-linking-exception-2.0-plus LicenseRef-Linking-Exception"""
# These let the work be linked to one named other, or cover what the tool writes: the work itself keeps all of its terms.
_NONE = """
    389-exception Asterisk-exception Asterisk-linking-protocols-exception Bootloader-exception CLISP-exception-2.0
    DigiRule-FOSS-exception GNOME-examples-exception GPL-3.0-389-ds-base-exception GPL-CC-1.0 GStreamer-exception-2005
    GStreamer-exception-2008 Qt-GPL-exception-1.0 QPL-1.0-INRIA-2004-exception RRDtool-FLOSS-exception-2.0
    Universal-FOSS-exception-1.0 cryptsetup-OpenSSL-exception gnu-javamail-exception harbour-exception
    libpri-OpenH323-exception openvpn-openssl-exception romic-exception stunnel-exception vsftpd-openssl-exception
    x11vnc-openssl-exception"""
_RESTRICTING = "LicenseRef-Commons-Clause LicenseRef-scancode-commons-clause"

EXCEPTIONS: dict[str, tuple[str, str]] = {
    name.lower(): (name, effect)
    for effect, names in (("runtime", _RUNTIME), ("linking", _LINKING), ("none", _NONE), ("restricting", _RESTRICTING))
    for name in names.split()
}

# What the name of a LicenseRef can say against it. Whole words of the name, so that ``nvidia-open`` is no ``eula``.
_WARNS = (
    r"(?P<network>agpl(?:v?\d[\d.]*)?|affero|sspl)|(?P<strong>gpl(?:v?\d[\d.]*)?)|(?P<weak>lgpl(?:v?\d[\d.]*)?)"
    r"|(?P<nc>nc|noncommercial|academic|research|educational|personal)"
    r"|(?P<restricted>openrail|rail|llama\d?|gemma|commons|busl|polyform|elastic|fsl|community)"
    r"|(?P<closed>proprietary|commercial|eula|nvidia|cuda|confidential|freeware|unlicensed|intel)"
)
_CAMEL = r"(?<=[a-z])(?=[A-Z])"  # ``ProprietaryIntel``
_WARNED: dict[str, Class] = {
    "closed": "proprietary",
    "nc": "non-commercial",
    "restricted": "use-restricted",
    "network": "network-copyleft",
    "strong": "strong-copyleft",
    "weak": "weak-copyleft",
}
_CATEGORIES: dict[str, Class] = {
    "Permissive": "permissive",
    "Public Domain": "permissive",
    "Copyleft Limited": "weak-copyleft",
    "Copyleft": "strong-copyleft",
    "Source-available": "use-restricted",
    "Free Restricted": "use-restricted",
    "Proprietary Free": "proprietary",
    "Commercial": "proprietary",
}
_index: dict[str, tuple[str, Class, bool]] = {}


def of(name: str) -> Class:
    """Give the class of one id (not of an expression); an exception alone, and what nobody lists, is unknown."""
    low = name.removesuffix("+").lower()
    known = KNOWN.get(low)
    if known:
        return known[1]
    if low in EXCEPTIONS:
        return "unknown"
    if low in DEPRECATED:
        replaced, _, exception = DEPRECATED[low].partition(" WITH ")
        return effect(of(replaced), exception) if exception else of(replaced)
    if "licenseref-" in low and "licenseref-scancode-" not in low:
        return warned(re.sub(_CAMEL, "-", name).lower())
    found = listed(low)
    return found[1] if found and not found[2] else "unknown"


def effect(base: Class, exception: str) -> Class:
    """Give the class of a licence of class ``base`` with this exception: the exception's effect, never its own category."""
    kind = EXCEPTIONS.get(exception.lower(), ("", "none"))[1]
    if kind == "runtime" and (base in ("weak-copyleft", "strong-copyleft") or "font" in exception.lower()):
        return "permissive"
    if kind == "linking" and base == "strong-copyleft":
        return "weak-copyleft"  # of AGPL, what the network asks is not taken away
    if kind == "restricting" and base not in ("non-commercial", "proprietary", "unknown"):
        return "use-restricted"
    return base


def warned(low: str) -> Class:
    """Tell what the words of a LicenseRef's name say against it: the sharpest; unknown where they say nothing."""
    words = re.split(r"[-_.:]+", low[:120])
    joined = "nc" if re.search(r"non-?commercial", low) else ""
    found = {hit.lastgroup for word in words if (hit := re.fullmatch(_WARNS, word))} | ({"nc"} if joined else set())
    if joined:
        found.discard("closed")  # ``non-commercial`` is not ``commercial``
    return next((kind for group, kind in _WARNED.items() if group in found), "unknown")


def listed(low: str) -> tuple[str, Class, bool] | None:
    """Tell what the index of license-expression has of an id in lower case: the id, its class, whether it is an exception."""
    if not _index:
        _index[""] = ("", "unknown", False)
        try:
            from license_expression import get_license_index  # type: ignore[import-untyped] # noqa: PLC0415 - 60 ms, rarely needed

            entries = get_license_index()
        except (ImportError, OSError, ValueError):
            entries = []
        for entry in entries:
            _enter(entry)
    return _index.get(low)


def _enter(entry: dict[str, object]) -> None:
    """Enter one licence of the index under its SPDX ids, the current and the former ones."""
    name = entry.get("spdx_license_key")
    if not isinstance(name, str) or not name:
        return
    kind = _category(f"{name} {entry.get('license_key')}".lower(), str(entry.get("category")))
    others = entry.get("other_spdx_license_keys")
    for spelled in (name, *(others if isinstance(others, list) else ())):
        if isinstance(spelled, str):
            _index.setdefault(spelled.lower(), (name, kind, bool(entry.get("is_exception"))))


def _category(names: str, category: str) -> Class:
    """Give the class by the index's category, split where it holds several classes: by whole words of the id."""
    said = warned(names.replace(" ", "-").replace("licenseref-scancode-", ""))
    if category == "Copyleft":
        return "network-copyleft" if said == "network-copyleft" else "strong-copyleft"
    if category in ("Source-available", "Free Restricted", "Proprietary Free"):
        if said in ("non-commercial", "use-restricted"):
            return said
        if category == "Source-available" and said == "network-copyleft":
            return said
    return _CATEGORIES.get(category, "unknown")
