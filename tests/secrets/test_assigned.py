"""Secrets that are assigned to names are found however people write it, and only there."""

from __future__ import annotations

import json
import string

import pytest
from _forms_of_assignment import FORMS, PASSWORDS
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan, told
from pytest_genomic_guard.views.secrets import names

_CODES = ("SEC401", "SEC402", "SEC108", "SEC301", "SEC305")  # the last three say more of some forms
_NAMES = (
    *("db password", "api key", "access token", "client secret", "auth token", "secret key", "password", "admin passwd", "token"),
    *("smtp password", "private key", "encryption key", "account key", "service credential", "passphrase"),
)
_QUIET_NAMES = (
    *("token_type", "tokenizer", "max_tokens", "primary_key", "foreign_key", "public_key", "keyboard", "keywords", "cache_key"),
    *(
        "password_field",
        "password_hash",
        "secret_name",
        "token_path",
        "key_file",
        "token_url",
        "password_env",
        "n_tokens",
        "pass_rate",
    ),
    *(
        "passed",
        "compass",
        "bypass",
        "pad_token",
        "mask_token",
        "eos_token",
        "csrf_token",
        "next_page_token",
        "revision",
        "checksum",
    ),
    *(
        "commit",
        "md5",
        "sort_key",
        "partition_key",
        "api_key_id",
        "InChIKey",
        "run_id",
        "sha256",
        "digest",
        "first_pass",
        "low_pass",
    ),
)


def _styled(name: str, style: str) -> str:
    words = name.split()
    camel = words[0] + "".join(word.title() for word in words[1:])
    return {"s": "_".join(words), "u": "_".join(words).upper(), "c": camel, "k": "-".join(words), "p": name}[style]


def _written(path: str, template: str, name: str, value: str) -> dict[bytes, bytes]:
    half = len(value) // 2
    text = template.replace("NAME", name).replace("VALUE", value).replace("HALF1", value[:half]).replace("HALF2", value[half:])
    return {path.encode(): DIRECTIVES["notebook-source"](text.encode()) if path.endswith(".ipynb") else text.encode()}


def _found(files: dict[bytes, bytes]) -> list[str]:
    report = scan(files)
    assert not told(report, "RUN101")
    return [line for code in _CODES for line in told(report, code)]


def test_every_form() -> None:
    """A drawn value is found once in every form, whatever the name of the secret is."""
    files: dict[bytes, bytes] = {}
    for number, (path, style, template) in enumerate(FORMS):
        for at, name in enumerate(_NAMES):
            value = samples.drawn(length=28).decode()
            made = _written(path, template, _styled(name, style), value)
            files |= {b"%d/%d/%s" % (number, at, each): content for each, content in made.items()}
    lines = _found(files)
    places = {line.split("  ")[0].split(":")[0] for line in lines}
    missed = [int(path.split(b"/")[0]) for path in files if path.decode() not in places]
    assert [FORMS[number] for number in sorted(set(missed)) if missed.count(number) > 1] == []
    assert len(missed) <= len(files) // 100  # a random value can look like a word
    assert len(lines) == len(files) - len(missed)


@pytest.mark.parametrize("number", range(len(PASSWORDS)))
def test_every_place_of_a_password(number: int) -> None:
    """A chosen password is found where programs and commands take one."""
    path, template = PASSWORDS[number]
    assert len(_found(_written(path, template, "", samples.chosen().decode().rstrip("!#?")))) == 1


def test_every_form_in_a_notebook() -> None:
    """What a program of a file says is found in a cell, and what any file says in printed text."""
    files: dict[bytes, bytes] = {}
    for number, (path, style, template) in enumerate(FORMS):
        value = samples.drawn(length=28).decode()
        content = next(iter(_written(path, template, _styled("db password", style), value).values()))
        kind = "source" if path.endswith(".py") else "stream"
        if not path.endswith(".ipynb"):
            files[b"%d.ipynb" % number] = DIRECTIVES[f"notebook-{kind}"](content)
    told_of = {line.split("  ")[0].split(":")[0] for line in _found(files)}
    missed = [FORMS[int(path.split(b".")[0])] for path in files if path.decode() not in told_of]
    assert len(missed) <= 1, missed  # a random value can look like a word


@pytest.mark.parametrize("wrapper", ["gzip", "zip", "tar", "bz2", "xz", "utf-16", "utf-16-le", "bom", "crlf"])
def test_every_wrapper(wrapper: str) -> None:
    """The same assignment is found in compressed, archived and otherwise encoded files."""
    assert _found({b"a.yml": DIRECTIVES[wrapper](b"x: 1\nclient_secret: " + samples.drawn() + b"\n")})


def test_names_that_only_look_so() -> None:
    """A drawn value behind a name of something else is left alone."""
    files = {}
    for name in _QUIET_NAMES:
        value = samples.drawn(length=16).decode()
        files[f"{name}.py".encode()] = f'{name} = "{value}"\nf({name}="{value}")\nd = {{"{name}": "{value}"}}\n'.encode()
    assert _found(files) == []


@pytest.mark.parametrize("style", ["environment", "template", "shell", "mask", "example"])
def test_placeholders_in_every_form(style: str) -> None:
    """What stands for a secret is quiet in every form."""
    kept = samples.kept(style=style).decode().replace('"', "'")
    files: dict[bytes, bytes] = {}
    for number, (path, how, template) in enumerate(FORMS):
        if "HALF" not in template:
            made = _written(path, template, _styled("db password", how), kept)
            files |= {b"%d/%s" % (number, each): content for each, content in made.items()}
    assert _found(files) == []


def test_values_are_never_told() -> None:
    """Neither the message nor the key nor the fingerprint holds a part of the value."""
    value = samples.drawn(length=30).decode()
    report = scan({b"a.py": f'api_key = "{value}"\n{value}_token = "{value}"\n'.encode()})
    whole = json.dumps([repr(finding) for finding in report.findings])
    assert told(report, "SEC401")
    assert not any(value[at : at + 6] in whole for at in range(len(value) - 6))


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=string.printable, max_size=300), st.sampled_from(["a.py", "a.yml", "a.md", "a.js"]))
def test_any_text_behind_a_name(text: str, path: str) -> None:
    """Whatever stands behind a name, nothing raises."""
    scan({path.encode(): b"password = " + text.encode() + b"\ntoken: " + text.encode()})


@pytest.mark.parametrize(
    "unit",
    [
        'password = "',
        "token ",
        "api_key = ",
        "secret:\n",
        "_key_key",
        "connect('",
        "curl -u x:",
        "pwd" + " " * 800,
        "a  token\n",
        "<th>token</th>",
    ],
)
def test_work_grows_with_the_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the text asks for about four times the names: no place is read again and again."""
    counts = []
    kind = names.kind
    asked: list[bytes] = []

    def counted(name: bytes) -> str:
        asked.append(name)
        return kind(name)

    monkeypatch.setattr(names, "kind", counted)
    for size in (20_000, 80_000):
        asked.clear()
        _found({b"a.js": (unit * (size // len(unit))).encode()})
        counts.append(len(asked) + 10)
        assert max(map(len, asked), default=0) < 400
    assert counts[1] <= 6 * counts[0]


def test_one_value_is_told_once() -> None:
    """Text and tree of a program tell a value once."""
    value = samples.drawn().decode()
    text = f'client = Client(\n    api_key="{value}",\n    user="x",\n)\n'
    assert len(_found({b"a.py": text.encode()})) == 1


def test_machine_learning_cells_are_quiet() -> None:
    """Revisions, special tokens, settings and sequences of a notebook without secrets tell nothing."""
    digest = samples.drawn(length=40, of="hex").decode()
    source = f"""
    tokenizer = AutoTokenizer.from_pretrained("dmis-lab/biobert-v1.1", revision="{digest}", use_auth_token=True)
    tokenizer.add_special_tokens({{"pad_token": "[PAD]", "sep_token": "<|sep_0x1|>"}})
    model.generate(max_new_tokens=1024, pad_token_id=tokenizer.eos_token_id, eos_token="<|endoftext|>")
    token = tokenizer.convert_ids_to_tokens(input_ids)[0]
    adata.obs["batch_key"] = "sample_2024_batch1"
    key, subkey = jax.random.split(jax.random.PRNGKey(42))
    sc.pp.highly_variable_genes(adata, batch_key="donor_id_v2", key_added="hvg_top2000")
    api_key = os.environ["OPENAI_API_KEY"]
    password = getpass.getpass("Password for user1: ")
    print("password:", "*" * 8, "token:", token[:4] + "...")
    seq_token = "ACGTTGCATGCATGCATGCAGTCAGT"
    """
    assert not _found({b"a.ipynb": DIRECTIVES["notebook-source"](source.replace("\n    ", "\n").encode())})


@given(noise=st.binary(min_size=200, max_size=400), drawn=st.text(string.ascii_letters + string.digits, min_size=8, max_size=20))
@settings(max_examples=30, deadline=None)
def test_two_letters_and_a_sign_in_a_picture_are_no_password(noise: bytes, drawn: str) -> None:
    """Compressed data holds each short name somewhere; what is not all printed is no value of it."""
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise + b"\xf1$Pw=\x8d" + drawn.encode() + b"\x91 " + noise
    assert not [line for code in _CODES for line in told(scan({b"figure.png": picture}), code)]
