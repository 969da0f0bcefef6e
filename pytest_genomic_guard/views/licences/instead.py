"""What to use, or to ask for, instead of a package of a copyleft licence: a hint at the end of a finding, never a verdict.

Few, and each looked up on 2026-11-22 in the metadata of the releases on PyPI: the package is copyleft there (Unidecode 1.4.0,
igraph 1.0.0, leidenalg 0.12.0, louvain 0.8.2, rfc3987 1.3.8, PyQt5 5.15.11, PyQt6 6.12.0, PyMuPDF 2.0, ultralytics 8.4.190,
Levenshtein 0.27.5, fuzzywuzzy 0.18.0, pylint 4.1.4, rpy2 3.6.9, html2text 2025.4.15, pyinstaller 6.22.3, healpy 1.20.1, ete4
4.0.0, cvxopt 1.3.3), and the one that is named as a way out is permissive or, where that is said, weak copyleft (anyascii 0.3.3,
text-unidecode 1.3, networkx 3.6.1, rustworkx 0.18.1, graspologic-native 1.3.1, PySide6 6.12.0, pypdfium2 5.15.2, pdfplumber
0.11.10, RapidFuzz 3.14.6, markdownify 1.2.3, astropy-healpix 2.0.1, scikit-bio 0.7.4, DendroPy 5.1.3, clarabel 0.11.1, scs 3.3.1,
osqp 1.1.3).
"""

from __future__ import annotations

_GRAPHS = "use networkx or rustworkx, or move it to an optional extra and except that"
_CLUSTERS = "use the Leiden of graspologic-native, or move it to an optional extra and except that"
_QT = "use PySide6, which is LGPL, or buy a licence"
_WORDS = "use rapidfuzz"
INSTEAD = {
    "unidecode": "use anyascii or text-unidecode",
    "igraph": _GRAPHS,
    "python-igraph": _GRAPHS,
    "leidenalg": _CLUSTERS,
    "louvain": "use the Louvain of networkx, or move it to an optional extra and except that",
    "rfc3987": "ask for jsonschema[format-nongpl] instead of jsonschema[format]",
    "pyqt5": _QT,
    "pyqt6": _QT,
    "pyqt5-sip": _QT,
    "pyqt6-sip": _QT,
    "pymupdf": "use pypdfium2 or pdfplumber, or buy a licence",
    "pymupdfb": "use pypdfium2 or pdfplumber instead of PyMuPDF, or buy a licence",
    "ultralytics": "use a detector under a permissive licence, such as those of torchvision, or buy a licence",
    "levenshtein": _WORDS,
    "python-levenshtein": _WORDS,
    "fuzzywuzzy": _WORDS,
    "pylint": "keep it in a group of development",
    "rpy2": "run Rscript as a program of its own, or move it to an optional extra and except that",
    "html2text": "use markdownify",
    "pyinstaller": "keep it in a group of development: its licence excepts what it freezes",
    "healpy": "use astropy-healpix",
    "ete4": "use scikit-bio or dendropy",
    "cvxopt": "use cvxpy with Clarabel, SCS or OSQP",
}
_FORMATS = "jsonschema[format]"


def instead(package: str, why: tuple[str, ...] = ()) -> str:
    """Return what to do instead, as the end of a sentence, or nothing. An extra on the path says more than the package."""
    if _FORMATS in why:
        return "ask for jsonschema[format-nongpl] instead of jsonschema[format]"
    if package.startswith(("nvidia-", "cuda-toolkit", "cuda-bindings")):
        return "install a build without CUDA, or accept NVIDIA's terms by their id with `licences: allow`"
    return INSTEAD.get(package, "")
