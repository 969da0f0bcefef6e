"""A small catalogue of packages of this field that are or were copyleft: a hint where nothing tells, never evidence of anything.

Every row was looked up on 2026-11-22: those of Python in the metadata of the release on PyPI, or in the project's own
pyproject.toml (yamllint, mysqlclient: no release), those of R in the DESCRIPTION of the release or in what renv recorded of it,
those of conda in the recipe's field as pixi locked it. A row is: name, the release that was looked at, its class, and, where the
licence changed, from which release on it is what (``-``: not known). MDAnalysis went from GPL to LGPL with 2.8.0 (metadata of
2.4.3, 2.6.0, 2.8.0, 2.9.0). Packages change their licence: of a release after that which was looked at, this is a guess.
"""

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Class

    # Name to the class up to a release, that release, and the class from it on; without a release: one class for all
    Rows = dict[str, tuple[str, tuple[int, ...], str]]

DAY = "2026-11-22"
_CLASSES: dict[str, Class] = {"weak": "weak-copyleft", "strong": "strong-copyleft", "network": "network-copyleft"}
_NUMBER = regex(r"\d{1,9}")
_RUNS = regex(r"[-_.]+")
_PYTHON = """
cvxopt 1.3.3 strong
ete4 4.0.0 strong
fuzzywuzzy 0.18.0 strong
graphtools 2.1.0 strong
healpy 1.20.1 strong
html2text 2025.4.15 strong
htseq 2.1.2 strong
igraph 1.0.0 strong
leidenalg 0.12.0 strong
levenshtein 0.27.5 strong
louvain 0.8.2 strong
magic-impute 3.0.0 strong
mdanalysis 2.9.0 strong 2.8 weak
multiqc 1.35 strong
mysqlclient - strong
phate 2.0.0 strong
psycopg2-binary 2.9.13 weak
pyinstaller 6.22.3 strong
pylint 4.1.4 strong
pymupdf 2.0 network
pyqt5 5.15.11 strong
pyqt6 6.12.0 strong
python-igraph 1.0.0 strong
reuse 4.0.3 strong
rfc3987 1.3.8 strong
rpy2 3.6.9 strong
swiglpk 5.0.13 strong
ultralytics 8.4.190 network
unidecode 1.4.0 strong
yamllint - strong
"""
_R = """
ape 5.8-1 strong
beachmat 2.22.0 strong
BiocNeighbors 1.22.0 strong
BiocSingular 1.20.0 strong
bluster 1.14.0 strong
brms 0.2.0 strong
caret 7.0-1 strong
cluster 2.1.8.1 strong
coda 0.19-4.1 strong
coin 1.4-3 strong
cowplot 1.1.3 strong
DBI 1.2.3 weak
dqrng 0.4.1 network
e1071 1.7-16 strong
edgeR 4.2.2 strong
ggrepel 0.9.6 strong
glmnet 3.0-1 strong
gplots 3.2.0 strong
Hmisc 4.8-0 strong
igraph 2.1.4 strong
irlba 2.3.5.1 strong
limma 3.60.6 strong
lme4 1.1-35.4 strong
locfit 1.5-9.12 strong
MASS 7.3-65 strong
Matrix 1.7-3 strong
metapod 1.12.0 strong
mgcv 1.9-3 strong
multcomp 1.4-28 strong
nlme 3.1-168 strong
phangorn 2.9.0 strong
pheatmap 1.0.13 strong
pROC 1.18.5 strong
Rcpp 1.1.0 strong
RcppArmadillo 14.4.3-1 strong
RcppEigen 0.3.4.0.2 strong
rmarkdown 2.29 strong
RSQLite 2.3.9 weak
rstan 2.8.1 strong
scater 1.32.1 strong
scran 1.32.0 strong
sctransform 0.4.2 strong
scuttle 1.16.0 strong
Seurat 2.3.4 strong 3 -
shiny 1.9.1 strong
SingleCellExperiment 1.28.1 strong
SingleR 2.6.0 strong
statmod 1.5.0 strong
survival 3.8-3 weak
uwot 0.2.3 strong
vegan 2.3-5 strong
WGCNA 1.43 strong
"""
_CONDA = """
ffmpeg 7.1.1 strong
ghostscript 10.04.0 network
libdb 6.2.32 network
poppler 24.12.0 strong
pyqt 5.15.9 strong
pyqt5-sip 12.17.0 strong
x264 164 strong
x265 3.5 strong
"""


def hint(ecosystem: str, name: str, version: str = "") -> Class | str:
    """Return the class that a release was looked up to have, or nothing; without a version, where it never was another."""
    row = _rows(ecosystem).get(name if ecosystem == "r" else _RUNS.sub("-", name).lower())
    if row is None:
        return ""
    kind, limit, then = row
    if limit:
        kind = "" if not version else kind if _release(version) < limit else then
    return _CLASSES.get(kind, "")


@lru_cache(4)
def _rows(ecosystem: str) -> Rows:
    """Return the rows of an ecosystem. conda has packages of its own, those of Python by their names, and R's with a prefix."""
    if ecosystem == "python":
        return _parsed(_PYTHON)
    if ecosystem == "r":
        return _parsed(_R)
    if ecosystem != "conda":
        return {}
    of_r = {prefix + _RUNS.sub("-", name).lower(): row for name, row in _parsed(_R).items() for prefix in ("r-", "bioconductor-")}
    return {**_parsed(_PYTHON), **of_r, **_parsed(_CONDA)}


def _parsed(text: str) -> Rows:
    found: Rows = {}
    for line in text.split("\n"):
        words = line.split()
        if words:
            limit, then = words[3:] or ("", "")
            found[words[0]] = (words[2], _release(limit), then)
    return found


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without zeros at its end: what comes before a release (``2.8rc1``) counts as that."""
    numbers = [int(each) for each in _NUMBER.findall(version[:100])[:6]]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
