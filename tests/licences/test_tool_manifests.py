"""Tools of nf-core modules and what containers install."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.forms import DAMAGED
from pytest_genomic_guard.views.licences.manifests import shells
from pytest_genomic_guard.views.licences.manifests.ecosystems import ecosystem, expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest


def _read(path: str, text: str) -> Manifest:
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not DAMAGED
    return found


def _installed(path: str, text: str) -> dict[str, list[str]]:
    return {each.name: [r.name for r in each.requires] for each in _read(path, text).groups}


META = """\
name: bwa_mem
tools:
  - bwa:
      description: words
      licence: ["GPL-3.0-or-later"]
      identifier: "biotools:bwa"
  - samtools:
      licence:
        - "MIT License"
        - "Apache-2.0"
  - ucsc:
      licence: ["varies; see http://genome.example.org/license"]
  - old:
      license: GPL v3
input:
  - - meta: {type: map}
"""


def test_tools() -> None:
    """Each tool of a module with its licence; of several all hold; an address is no licence."""
    found = _read("modules/nf-core/bwa/mem/meta.yml", META)
    assert [(each.name, each.licence, each.line, expression("tool", each.licence)) for each in found.packages] == [
        ("bwa", "GPL-3.0-or-later", 5, "GPL-3.0-or-later"),
        ("samtools", "MIT License AND Apache-2.0", 9, "MIT AND Apache-2.0"),
        ("ucsc", "", 12, ""),
        ("old", "GPL v3", 14, expression("tool", "GPL v3")),
    ]
    assert expression("tool", "GPL v3").startswith("GPL-3.0")
    assert (found.ecosystem, found.lock) == ("tool", False)


@pytest.mark.parametrize("text", ["components: [a]\n", "name: x\ntools: []\n", "tools: words\n", "", "- a\n"])
def test_other_meta(text: str) -> None:
    """A subworkflow has no tools of its own."""
    assert forms.read(b"subworkflows/x/meta.yml", text.encode()) is None


DOCKERFILE = """\
# syntax=docker/dockerfile:1
FROM rocker/r-ver:4.4 AS build
LABEL org.opencontainers.image.licenses="GPL-3.0-or-later" maintainer=x
ENV A=b
RUN --mount=type=cache,target=/root apt-get -qq update && \\
    # a comment between
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -t stable \\
      bwa=0.7.17-6 \\
      libgsl-dev:amd64 \\
      "samtools" ; rm -rf /var/lib/apt/lists/*
RUN apk add --no-cache --virtual .deps bcftools~=1.20 | tee log
RUN if true; then sudo conda install -y -n base -c bioconda -c conda-forge "bioconda::plink=1.90" 'python>=3.10'; fi
RUN micromamba create -n x -f env.yml && micromamba run -n x pip install igraph
RUN pip3 install --no-cache-dir -i https://user:word@example.org/simple -r req.txt Unidecode==1.3.8 'leidenalg[a]>=0.10' . 2>log
RUN ["python3", "-m", "pip", "install", "PyQt5"]
RUN uv pip install --system cvxopt==$VERSION $MORE git+https://user:word@example.org/x.git
RUN Rscript -e "install.packages(c('Seurat', 'utils'), repos='https://cran.example.org')" \\
 && R -e 'BiocManager::install("DESeq2"); remotes::install_github("owner/sva@v1", upgrade = "never")'
RUN install2.r -n -1 --error edgeR limma
RUN npm install -g @scope/tool@1.2 && npm ci
RUN <<EOF
apt install -y jellyfish
EOF
RUN echo "apt-get install nothing"
"""


def test_dockerfile() -> None:
    """Installers of all kinds, continued lines, the form of JSON, here-documents; nothing of addresses is kept."""
    found = _read("docker/Dockerfile.gpu", DOCKERFILE)
    groups = {each.name: [(r.name, r.specifier, r.line) for r in each.requires] for each in found.groups}
    assert groups == {
        "apt": [("bwa", "=0.7.17-6", 7), ("libgsl-dev", "", 7), ("samtools", "", 7), ("jellyfish", "", 22)],
        "apk": [("bcftools", "~=1.20", 11)],
        "conda": [("plink", "=1.90", 12), ("python", ">=3.10", 12)],
        "pip": [
            ("igraph", "", 13),
            ("unidecode", "==1.3.8", 14),
            ("leidenalg", ">=0.10", 14),
            ("pyqt5", "", 15),
            ("cvxopt", "", 16),
        ],
        "r": [("Seurat", "", 17), ("DESeq2", "", 18), ("sva", "", 18), ("edgeR", "", 19), ("limma", "", 19)],
        "npm": [("@scope/tool", "1.2", 20)],
    }
    assert (found.includes, found.unread, found.licence) == (("env.yml", "req.txt"), (16,), "GPL-3.0-or-later")
    assert [ecosystem(found, each) for each in found.groups] == ["container", "container", "conda", "python", "r", "node"]


def test_definition_file() -> None:
    """Sections of Apptainer that run commands."""
    text = (
        "Bootstrap: docker\nFrom: ubuntu\n%environment\n  apt-get install a\n%post\n"
        "  apt-get install -y gawk \\\n    r-base\n  pip install igraph\n%runscript\n  pip install b\n"
    )
    assert _installed("x.def", text) == {"apt": ["gawk", "r-base"], "pip": ["igraph"]}
    assert _installed("Singularity.recipe", text)["pip"] == ["igraph"]


@pytest.mark.parametrize(
    ("path", "text"), [("x.def", "LIBRARY x\nEXPORTS\n"), ("Dockerfile.dockerignore", "*.py\n"), ("Dockerfile", "")]
)
def test_other_files_of_that_name(path: str, text: str) -> None:
    """Definitions of libraries and lists of files are none."""
    assert forms.read(path.encode(), text.encode()) is None


@given(st.text("ab \\\n'\"#&|;$()=sudo", max_size=80))
def test_commands_never_raise(text: str) -> None:
    """Any text has commands of one word at least, on lines that it has."""
    for words, line in shells.commands(text):
        assert words
        assert 1 <= line <= text.count("\n") + 1


@given(
    st.sampled_from([b"Dockerfile", b"meta.yml", b"x.def"]),
    st.sampled_from([DOCKERFILE.encode(), META.encode()]),
    st.integers(0, 1500),
    st.integers(0, 60),
    st.binary(max_size=20),
)
def test_never_raises(path: bytes, seed: bytes, at: int, gone: int, put: bytes) -> None:
    """Whatever is cut out of a file and put in, a manifest, nothing or damage is returned."""
    forms.read(path, seed[:at] + put + seed[at + gone :])
