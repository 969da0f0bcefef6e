"""What is asked of every text, by its name and first bytes: each short way held against what it stands for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import near
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.licences.named import carded, named
from pytest_genomic_guard.views.models import mentioned, trains
from pytest_genomic_guard.views.models.first import mentions, tells
from pytest_genomic_guard.views.text import Segment, Text

_WORDS = (
    *(
        "README",
        "readme",
        "LICENSE",
        "licence",
        "COPYING",
        "setup",
        "pyproject",
        "DESCRIPTION",
        "description",
        "package",
        "citation",
    ),
    *("model", "Modelfile", "modelfile", "MLmodel", "mlmodel", "metadata", "manifest", "config", "dvc", "large_files", "croissant"),
    *("metrics", "results", "scores", "trainer_state", "model-template", "card", "bom", ".eval_results", "a", "x" * 70, "-", "_"),
    *("/", "/", ".", ".py", ".cfg", ".toml", ".cff", ".json", ".yaml", ".yml", ".xml", ".pmml", ".md", ".MD", ".mdx", ".markdown"),
    *(".jsonld", ".modelfile", ".txt", "\n", "é"),
)
_PATHS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(lambda some: "".join(some).encode())
_HEADS = st.sampled_from(
    [b"", b"tree\nversion=v3", b"tree\r\nversion=", b'{"learner": 1', b'{"features_info":', b"<PMML", b"wdir:", b"x"]
)


@settings(max_examples=1000)
@given(path=_PATHS, data=_HEADS)
def test_no_text_is_left_out(path: bytes, data: bytes) -> None:
    """Whatever any reader of cards, licences or models asks for by name is asked for by the one expression before them."""
    if named(path) or carded(path) or may_be(path) or tells(path, data):
        assert near._ASKED.search(path) or data[:1] in {b"{", b"t"}  # noqa: SLF001 - what this is about


_PIECES = (
    *("`", "---\n", "\n---", "\ufeff", "model.pt", "w/x.safetensors", "a.gguf", "b.ml", "c.mlmodel", "d.rds", "n.pth", ": ", "- "),
    *("x", " ", "\n", "./", ".pb", ".pmml", "e.hdf5", "f.keras", "'"),
)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_no_name_of_a_model_is_left_out(pieces: list[str]) -> None:
    """A text that names a model file is one that may."""
    data = "".join(pieces).encode()
    segment = Segment(start=0, trail=(), context="file")
    text = Text(artifact=_Readme(), trail=(), data=data, segments=(segment,), owned=len(data))  # type: ignore[arg-type]
    assert mentions(data) or not list(mentioned.told(text))


class _Readme:
    path, kind = b"README.md", "file"


_CALLS = (
    *(
        "torch.save(",
        "dump(",
        "joblib.dump(",
        "model.save_pretrained(",
        "x.export(",
        "mlflow.sklearn.log_model(",
        ".save(",
        "save(",
    ),
    *("net", " ", "=", "\n", "\r\n", "a" * 61, "b" * 100, " " * 90, "\t", "mlflow.", ".", "(", ")", "'model/a.pt'", "é"),
)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(_CALLS), max_size=25))
def test_every_line_that_saves(pieces: list[str]) -> None:
    """The lines on which something is saved are those of the expression for it, asked of every line."""
    data = "".join(pieces).encode()
    found = [(each.span(), each.span("by"), each.span("what")) for each in trains._saving(data)]  # noqa: SLF001 - as above
    expected = [(each.span(), each.span("by"), each.span("what")) for each in trains._SAVES.finditer(data)]  # noqa: SLF001 - as above
    assert found == expected
