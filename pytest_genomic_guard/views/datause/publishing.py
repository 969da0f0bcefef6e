"""Code and workflows that publish a model: calls, commands, steps of a workflow and switches of a training run.

A remote of one's own (`dvc push`, a bucket, `git lfs push`) publishes nothing unless its access list lets everybody read,
and neither does a data set or a tokenizer that is pushed. Documentation, running text and tests are left out: what they show is
no use of it.
"""

from __future__ import annotations

import re
from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.datause import remotes
from pytest_genomic_guard.views.datause.nouns import Publishes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

HUB, RELEASE, MLFLOW, WANDB = "Hugging Face Hub", "GitHub release", "MLflow registry", "Weights & Biases registry"
SPACE = "Hugging Face Space"  # an application, with the weights that lie in its repository: other models it does not hand out
KAGGLE, ZENODO, OLLAMA, MODELSCOPE = "Kaggle", "Zenodo", "Ollama library", "ModelScope"
BUCKET = "a bucket that everybody can read"

_CALL = Rule(
    name="publishes-call",
    anchors=(
        *(b"push_to_hub", b"push_to_huggingface", b"upload_file(", b"upload_folder(", b"upload_large_folder(", b"register_model("),
        *(b"registered_model_name", b"create_model_version(", b"log_artifact(", b"wandb.Artifact(", b"log_model(", b"link_model("),
        *(b"push_model(", b"model_upload(", b"create_commit("),
        *(b"upload_fileobj(", b"put_object("),
    ),
    pattern=rb"\w+",
)
_COMMAND = Rule(
    name="publishes-command",
    anchors=(
        *(
            b"huggingface-cli",
            b"hf upload",
            b"gh release",
            b"git push",
            b"kaggle datasets",
            b"kaggle models",
            b"kaggle d ",
            b"kaggle m ",
        ),
        *(b"ollama push", b"zenodo", b"push_to_hub", b"uploads.github.com", b"modelscope upload", b"glab release"),
        *(b'hf", "upload', b"hf', 'upload"),
        *(b"pb_upload(", b"aws s3", b"gsutil ", b"gcloud storage"),
    ),
    pattern=rb"[^\n]{0,4}",
)
_STEP = Rule(
    name="publishes-step",
    anchors=(
        b"upload-release-asset",
        b"action-gh-release",
        b"release-action",
        b"upload-release-action",
        b"huggingface-sync",
        b"hub-sync",
    ),
    pattern=rb"[\w-]+",
)
RULES = (_CALL, _COMMAND, _STEP)
NAMES = frozenset(rule.name for rule in RULES)

_PROSE = regex(
    rb"(?i)\.(?:md|mdx|markdown|rst|txt|html?|adoc|tex|log|csv|tsv|bib|po)\Z|(?:^|/)(?:LICEN[CS]E|NOTICE|CHANGELOG)[^/]*\Z"
)
_ASIDE = regex(
    rb"(?i)(?:^|/)(?:tests?|testing|docs?|documentation|site-packages|node_modules|__tests__)/"
    rb"|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py\Z"
)
_PROGRAM = (b".py", b".pyi", b".pyx", b".pyw")
WEIGHTS = regex(
    rb"(?i)[\w./*?${}\[\]-]{0,120}\.(?:safetensors|gguf|ggml|ckpt|pth?|pt2|onnx|keras|tflite|h5|hdf5|pkl|pickle|joblib|skops|msgpack"
    rb"|mlpackage|mlmodel|bin|npz|pdparams|params|weights|llamafile)(?:\.(?:gz|zip|tar|xz|zst|bz2))?(?![\w.])"
)
_MODEL_WORD = regex(rb"(?i)model|weights|checkpoint|ckpt")
_PACKED = regex(rb"(?i)[\w./*?${}\[\]-]{0,120}\.(?:tar\.gz|tgz|zip|tar|tar\.xz|7z)(?![\w.])")
# command, then what it needs on its line to count, and where it says the name
_COMMANDS = tuple(
    (target, regex(pattern))
    for target, pattern in (
        (HUB, rb"(?:huggingface-cli|\bhf)[\"', ]{1,4}(?:upload|upload-large-folder)\b[\"', ]{0,4}(?P<rest>[^\n]{0,400})"),
        (
            HUB,
            rb"git push [^\n]{0,200}(?:huggingface\.co|hf\.co)/(?!datasets/|spaces/)(?P<id>[^\s\"']{3,190}?)(?:\.git)?(?:\s|$|\")",
        ),
        (SPACE, rb"git push [^\n]{0,200}(?:huggingface\.co|hf\.co)/spaces/[^\s\"']{3,190}"),
        (HUB, rb"(?<=--)push_to_hub\b(?![ =]{1,2}(?i:false|0|no)\b)(?P<rest>[^\n]{0,300})"),
        (RELEASE, rb"(?:gh|glab) release (?:upload|create)\b(?P<files>(?:[^\n\\]|\\\r?\n|\\.){0,2000})"),
        (RELEASE, rb"uploads\.github\.com/repos/(?P<files>[^\n]{0,400})"),
        (KAGGLE, rb"kaggle (?:models|m) (?:instances |variations )?(?:versions )?(?:create|update)\b(?P<plain>[^\n]{0,300})"),
        (KAGGLE, rb"kaggle (?:datasets|d) (?:create|version)\b(?P<plain>[^\n]{0,300})"),
        (ZENODO, rb"(?i:zenodo[_-]?upload|zenodo\.org/api/(?:deposit|files|records))\b(?P<files>[^\n]{0,400})"),
        (OLLAMA, rb"ollama push[ \t]+(?P<id>[\w./:-]{1,120})"),
        (RELEASE, rb"pb_upload\((?P<saved>[^\n]{0,400})"),
        (BUCKET, rb"(?:aws s3(?:api)?|gsutil|gcloud storage) (?P<public>(?:[^\n\\]|\\\r?\n|\\.){0,2000})"),
        (MODELSCOPE, rb"modelscope upload[ \t]+(?P<rest>[^\n]{0,300})"),
    )
)
# access lists that let everybody read, and copies to a bucket: of aws, of gsutil, of gcloud
PUBLIC = regex(rb"(?i)\A(?:aws-exec-read-all|public-?read(?:-?write)?)\Z")
_OPENS = regex(rb"(?i)(?:--acl|--predefined-acl|--canned-acl|-a)[ =\"',]{1,4}public-?read")
_COPIES = regex(rb"(?:-[\w=:.-]{1,60} |--[\w-]{1,30} ){0,6}(?:cp|sync|mv|rsync|put-object)\b")
_FOLDER = regex(rb"[\w./$\{\}-]{0,120}(?i:models?|weights|checkpoints?|ckpts?)\b[\w./$\{\}-]{0,120}")
_SAVED = regex(rb"(?i)[\w./-]{0,120}\.(?:rds|rda|rdata|qs2?|xgb|ubj|pmml)\b")
_SWITCH = regex(
    rb"(?m)^[ \t]{0,40}-?[ \t]{0,4}[\"']?(?:training_args\.)?push_to_hub[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?:true|True|yes|on)\b"
)
_REPO = rb"[\w.-]{1,96}/[\w.-]{1,96}"
_HUB_ID = regex(
    rb"[\"']?(?:--)?(?:hub_model_id|repo_id|hub-model-id|repo-id)[\"']?[ \t]{0,4}[:= ][ \t]{0,4}[\"']?(?P<id>" + _REPO + rb")"
)
_ID = regex(rb"(?<![\w./-])[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,96}(?![\w/])")
# an id and, behind it, the file or folder that goes there
_LOCAL = regex(_ID.pattern.join((rb"(", rb")")) + rb"(?:[\"', \t]{1,4}(?![-#&|;>])([\w./-]{1,200}))?")
_OTHER_KIND = regex(rb"--(?:repo-type|type)[ =\"',]{1,4}dataset")
_SPACE = regex(rb"--(?:repo-type|type)[ =\"',]{1,4}space")
# a repository, then the one file that goes there: its card, licence or settings
_CARD_ALONE = regex(
    rb"[\"']?[^\s\"']{1,200}[\"', \t]{1,4}(?:[^\s\"'/]{0,100}/){0,9}(?:README|LICEN[CS]E|NOTICE|[\w-]{1,60})"
    rb"(?:\.(?:md|txt|json|ya?ml|gitattributes|png|csv))[\"']?(?:[\s,\]]|$)"
)
_RUNS = regex(rb"(?:Popen|check_call|check_output|\brun|\bcall|\bsh|\bshell|execute|system)\s{0,4}\($")
_STEP_ENDS = 60  # lines of a step
_BACK = 400
_LONG = 8192  # bytes of a line from which only its end is looked at
_LOOKED = 5000  # matches of one rule in one text
_MOST = 200  # places of one text
_FEW = 20  # names of one place

_last: list[Text] = []  # the text of which was told last: several relations ask for the same


def gathered(text: Text) -> Iterator[Publishes]:
    """Yield what publishes a model in a text in which one of `RULES` matched; once a text, whoever asks."""
    if _last and _last[0] is text:
        return
    _last[:] = [text]
    path = text.artifact.path
    if text.artifact.kind != "file" or _PROSE.search(path) or _ASIDE.search(path):
        return
    seen: set[tuple[int, str]] = set()
    for start, end, target, models in _found(text):
        at = text.locate(start, end)
        key = (at.line or 0, target)
        if len(seen) >= _MOST:
            return
        if key not in seen:
            seen.add(key)
            yield Publishes(at=at, target=target, models=models)


def _found(text: Text) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    if _CALL.name in text.hits and text.whole:
        from pytest_genomic_guard.views.datause import publishcalls  # noqa: PLC0415 - for programs only

        yield from publishcalls.found(text, NAMES)
    for start, _end in islice(text.matches(_COMMAND), _LOOKED):
        yield from _command(text, start)
    for start, end in islice(text.matches(_STEP), _LOOKED):
        yield from _step(text, start, end)


def _command(text: Text, start: int) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield the command, or the switch of a training run, that stands there."""
    segment = text.segment(start)
    if segment.context not in {"file", "source"}:
        return
    data = text.data
    first = max(segment.start, start - _LONG)
    line = data.rfind(b"\n", first, start) + 1 or first
    head = data[max(line, start - _BACK) : start]
    program = segment.context == "source" or text.artifact.path.lower().endswith(_PROGRAM)
    if _commented(head) or (program and not _run(data, segment.start, start, head)):
        return
    if not program and (found := _SWITCH.match(data, line)):
        yield start, found.end(), HUB, _ids(data[max(line - 2000, segment.start) : found.end() + 2000])
        return
    for target, pattern in _COMMANDS:
        found = pattern.match(data, start) or (pattern.match(data, start + 1) if data[start : start + 1] in b"\"'" else None)
        if found:
            models = _named(found)
            space = target == SPACE or _SPACE.search(found.groupdict().get("rest") or b"") is not None
            if models is not None:
                yield (
                    start,
                    found.start() + max(1, len(found[0].split(b"\n")[0])),
                    SPACE if space else target,
                    () if space else models,
                )
            return
    for end, space, name in remotes.pushed(data, start):
        yield start, end, SPACE if space else HUB, () if space else (name,)


def _commented(head: bytes) -> bool:
    return head.lstrip().startswith((b"#", b"//", b"--", b";", b"echo ", b"@echo ", b"print", b"rem ", b"*"))


def _run(data: bytes, first: int, start: int, head: bytes) -> bool:
    """Tell whether a program hands a command to a shell there, or a cell of a notebook is one."""
    if _RUNS.search(head.rstrip(b" \t\"'[(fr") + b"(") or re.match(rb"[ \t]*[!%]", head):
        return True
    if re.match(rb"%%(?:bash|sh|script|cmd)", data[first : first + 20]):
        return True
    before = data[max(first, start - _BACK) : start]
    return re.search(rb"(?:subprocess\.\w+|os\.system|Popen|check_call|check_output)\s{0,4}\([^()]{0,300}\Z", before) is not None


def _named(found: re.Match[bytes]) -> tuple[str, ...] | None:
    """Return what a command names as its model; None where it publishes something else."""
    groups = found.groupdict()
    if groups.get("id"):
        return (_text(groups["id"]),)
    for key, told in (("files", _files), ("saved", _saved), ("public", _opened)):
        if key in groups:
            return told(groups[key])
    rest = groups.get("rest")
    if rest is None:
        return ()
    if _OTHER_KIND.search(rest) or _CARD_ALONE.match(rest):
        return None
    said = _HUB_ID.search(rest)
    if said:
        return (_text(said["id"]),)
    first = _LOCAL.match(rest.strip(b" \"'"))
    return tuple(_text(each) for each in first.groups() if each) if first else ()


def _saved(data: bytes) -> tuple[str, ...] | None:
    """Return the models that a call of R attaches, which has suffixes of its own."""
    return _files(data) or tuple(_text(each[0]) for each in _SAVED.finditer(data))[:_FEW] or None


def _opened(data: bytes) -> tuple[str, ...] | None:
    """Return the models that a command copies to where everybody can read them, None for any other copy."""
    data = re.split(rb"[;|]|&&", data, maxsplit=1)[0]
    if not _OPENS.search(data) or not _COPIES.match(data):
        return None
    return _files(data) or tuple(_text(each[0]) for each in _FOLDER.finditer(data) if not each[0].startswith(b"//"))[:_FEW] or None


def _files(data: bytes) -> tuple[str, ...] | None:
    """Return the model files that are attached there, None where none is told: wheels and archives of sources are no models."""
    found = [match[0] for match in WEIGHTS.finditer(data)]
    found += [match[0] for match in _PACKED.finditer(data) if _MODEL_WORD.search(match[0])]
    names = tuple(dict.fromkeys(_text(each) for each in found))[:_FEW]
    return names or None


def _step(text: Text, start: int, end: int) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield the step of a workflow that attaches model files to a release, or copies the repository to the Hub."""
    data = text.data
    line = data.rfind(b"\n", max(0, start - _LONG), start) + 1
    head = data[line:start]
    if not text.artifact.path.lower().endswith((b".yml", b".yaml")) or b"uses:" not in head or head.lstrip().startswith(b"#"):
        return
    body = _body(data, line, len(head) - len(head.lstrip(b" -\t")))
    if b"sync" in data[start:end]:
        yield start, end, HUB, _ids(body.replace(b"huggingface_repo_id", b"repo_id"))
        return
    models = _files(body)
    if models:
        yield start, end, RELEASE, models


def _body(data: bytes, line: int, indent: int) -> bytes:
    """Return the lines of a step, from its `uses` on: up to one that is less indented, or begins the next step."""
    lines = data[line : line + 20000].split(b"\n")[1 : _STEP_ENDS + 1]
    kept = []
    for each in lines:
        bare = each.lstrip(b" \t")
        if bare and (len(each) - len(bare) < indent or (bare.startswith(b"- ") and len(each) - len(bare) < indent)):
            break
        if not bare.startswith(b"#"):
            kept.append(each)
    return b"\n".join(kept)


def _ids(data: bytes) -> tuple[str, ...]:
    found = _HUB_ID.search(data)
    return (_text(found["id"]),) if found else ()


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace").strip("\"'")
