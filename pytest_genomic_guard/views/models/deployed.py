"""Deployments that name a model: commands and settings of servers in files that start them. Documentation that shows them is none.

Options: vllm-project/vllm (`vllm serve`), huggingface/text-generation-inference and text-embeddings-inference (launcher), llama.cpp
(`llama-server`), sgl-project/sglang, InternLM/lmdeploy, ollama/ollama (`docs/modelfile.md`); KServe `InferenceService`; Azure ML
schemas of deployments; containers of SageMaker (`HF_MODEL_ID`).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.models.named import is_fixture
from pytest_genomic_guard.views.models.nouns import Deployed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.text import Text

_ID = rb"[A-Za-z0-9][\w.-]{0,60}/[A-Za-z0-9][\w.-]{0,95}"
_FILE = rb"(?:[\w./-]{0,120}/)?[\w.-]{1,95}\.(?:gguf|safetensors|onnx|pt|pth|bin|llamafile)"
_VALUE = rb"(?P<model>" + _FILE + rb"|" + _ID + rb")(?![\w/{$])"
_GAP = rb"[ \t\r\n\\\"',=:\[\]-]{1,40}"  # between the parts of a command, as a shell, JSON and YAML have them
# further options of one command: each byte can be taken in one way only, or a hostile text would take for ever
_REST = rb"(?:[^\n#\\]|\\(?!\r?\n)|\\\r?\n|\n[ \t]{1,40}(?:-[ \t]|[\"']?--)){0,400}?"
_SERVERS: tuple[tuple[str, tuple[bytes, ...], bytes], ...] = (
    ("vLLM", (b"vllm serve", b'vllm", "serve', b"vllm.entrypoints"), rb"vllm(?:\.entrypoints[\w.]{0,60}|[\"', \t]{1,8}serve)"),
    ("TGI", (b"text-generation-launcher",), rb"text-generation-launcher"),
    ("TEI", (b"text-embeddings-router",), rb"text-embeddings-router"),
    ("llama.cpp", (b"llama-server", b"llama_cpp.server"), rb"llama(?:-server|_cpp\.server)"),
    ("SGLang", (b"sglang.launch_server", b"sglang serve"), rb"sglang(?:\.launch_server|[ ]serve)"),
    ("LMDeploy", (b"lmdeploy serve",), rb"lmdeploy[ ]serve"),
    ("Ollama", (b"ollama run", b"ollama pull", b'ollama", "run', b'ollama", "pull'), rb"ollama(?:[ ]|\"[ ]?,[ ]?\")(?:run|pull)"),
    ("download", (b"huggingface-cli download", b"hf download"), rb"\b(?:huggingface-cli|hf)[ ]download"),  # which then holds it
)
# images of containers that start a server, whose options follow the name of the image
_IMAGES = {
    b"vllm-openai": "vLLM",
    b"text-generation-inference": "TGI",
    b"text-embeddings-inference": "TEI",
    b"sglang": "SGLang",
    b"llama.cpp": "llama.cpp",
    b"lmdeploy": "LMDeploy",
}
_NAMES = b"|".join(map(re.escape, _IMAGES))
_OPTION = rb"[\"']?(?:--model(?:[-_](?:id|path|name))?|--hf-repo|-hfr?|-m)"
_FOLLOWS = {
    "vLLM": regex(rb"(?:" + _GAP + _VALUE + rb"|" + _REST + _OPTION + _GAP + _VALUE.replace(b"<model>", b"<other>") + rb")"),
    "LMDeploy": regex(rb"[ ]api_server[ ]" + _VALUE),
    "Ollama": regex(rb"(?:[ ]|\"[ ]?,[ ]?\")(?P<model>[a-z0-9][\w./-]{1,95})(?::[\w.-]{1,60})?(?=[\s\"'&;|)]|$)"),
    "download": regex(
        rb"(?:[ \t]{1,4}--(?!repo-type)[\w-]{1,30}(?:=[^\s=]{1,200})?){0,6}[ \t]{1,4}[\"']?(?P<model>"
        + _ID
        + rb")(?![\w/{$])(?![^\n]{0,300}--repo-type[ =](?:dataset|space))"
    ),
}
_IMAGE = regex(_REST.replace(b"400", b"900") + rb"[/ \t](" + _NAMES + rb")(?:[:@][\w.:${}-]{1,120}|(?=[ \t\r\n\\\"']))")
_ANY = regex(_REST + _OPTION + _GAP + _VALUE)
_SETTING = regex(
    rb"(?:HF_|LLM_)?MODEL(?:_ID|_NAME_OR_PATH)[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+|\r?\n[ \t]*value[ \t]*:[ \t]*)[\"']?" + _VALUE
)
_ARGUMENT = regex(rb"--model(?:[-_](?:id|path))?(?:[= \t]{1,4}|[\"'][ \t]*,[ \t]*|[\"']?\r?\n[ \t]*-[ \t]*)[\"']?" + _VALUE)
_STORED = regex(rb"storageUri[\"']?[ \t]*:[ \t]*[\"']?hf://" + _VALUE)
_CHART = regex(  # values of a chart, which its templates give to the server
    rb"^[ \t]{0,40}(?:-[ \t])?[\"']?model(?:_?(?:id|url|name))?[\"']?[ \t]{0,8}:[ \t]{0,8}[\"']?" + _VALUE,
    re.MULTILINE | re.IGNORECASE,
)
_AZURE = regex(rb"^model:[ \t]*azureml:(?://[^\r\n]{1,200}/models/)?(?P<model>[A-Za-z][\w.-]{1,95})", re.MULTILINE)
_LOADED = regex(
    rb"model_loading_config:[ \t]*\r?\n(?:[ \t]+\w{1,40}:[^\r\n]{0,200}\r?\n){0,6}?[ \t]+model_(?:id|source):[ \t]*[\"']?" + _VALUE
)

RULES = (
    *(
        Rule(name=f"deployed-{name.lower().replace('.', '-')}", anchors=anchors, pattern=pattern)
        for name, anchors, pattern in _SERVERS
    ),
    Rule(
        name="deployed-image",
        anchors=(b"docker run", b"podman run", b"nerdctl run"),
        pattern=rb"(?:docker|podman|nerdctl) run\b",
    ),
    Rule(name="deployed-setting", anchors=(b"MODEL_ID", b"MODEL_NAME_OR_PATH"), pattern=rb"MODEL_(?:ID|NAME_OR_PATH)"),
    Rule(name="deployed-argument", anchors=(b"--model",), pattern=rb"--model(?:[-_](?:id|path))?[=\"' \t\r\n]"),
    Rule(
        name="deployed-endpoint",
        anchors=(b"azuremlschemas.azureedge.net",),
        pattern=rb"azuremlschemas\.azureedge\.net/[\w./-]{0,80}Deployment",
    ),
    Rule(
        name="deployed-chart",
        anchors=(b"repository:",),
        pattern=rb"repository:[ \t]{0,8}[\"']?[\w./:-]{0,120}/(?:" + _NAMES + rb")\b",
    ),
    Rule(name="deployed-stored", anchors=(b"storageUri",), pattern=rb"storageUri"),
    Rule(name="deployed-loaded", anchors=(b"model_loading_config:",), pattern=rb"model_loading_config:"),
)
_BY = {rule.name: name for rule, (name, _anchors, _pattern) in zip(RULES, _SERVERS, strict=False)}
_YAML = regex(rb"^[ \t]{0,12}(?:-[ \t])?(?:image|kind|services|containers|apiVersion)[ \t]*:", re.MULTILINE)
_SHOWN = regex(
    rb"(?:^|/)(?:docs?|documentation|examples?|tutorials?|samples?|demos?|benchmarks?|\.github|\.gitlab|\.buildkite|\.circleci|website|blog|skills?"
    rb"|evals?|experiments?|notebooks)(?=/)",
    re.IGNORECASE,
)
_MOST = 20
_AROUND = {"deployed-endpoint": 4, "deployed-chart": 800}  # bytes before what tells of a deployment, in which the model may stand


def told(text: Text) -> Iterator[Deployed]:
    """Yield what a text deploys, each model once."""
    path = text.artifact.path
    kind = _kind(path, text.data)
    if text.trail or text.artifact.kind != "file" or not kind:
        return
    found: dict[str, Deployed] = {}
    for by, start, model in sorted(_found(text, kind), key=lambda each: each[1]):
        if len(found) < _MOST and not _placeholder(model):
            found.setdefault(model, Deployed(at=text.locate(start), by=by, model=model))
    yield from found.values()


def of_modelfile(text: Text) -> Iterator[Deployed]:
    """Yield the model that a Modelfile of Ollama begins from."""
    if _SHOWN.search(text.artifact.path) or is_fixture(text.artifact.path):
        return
    found = re.search(
        rb"^FROM[ \t]+(?P<model>[A-Za-z0-9./][\w./-]{0,200})(?::[\w.-]{1,60})?[ \t]*\r?$", text.data, re.MULTILINE | re.IGNORECASE
    )
    if found:
        model = found["model"].decode()
        yield Deployed(at=text.locate(found.start()), by="Ollama", model=model.removeprefix("./"))


def _kind(path: bytes, data: bytes) -> str:
    """Return what kind of a file starts a server here, empty where none does."""
    if _SHOWN.search(path) or is_fixture(path):
        return ""
    name = path[path.rfind(b"/") + 1 :].lower()
    if name.startswith((b"dockerfile", b"containerfile")) or name.endswith((b".dockerfile", b".containerfile")):
        return "container"
    if name.endswith((b".yaml", b".yml", b".tpl")):
        return "manifest" if _YAML.search(data) or b"azuremlschemas" in data or b"model_loading_config" in data else ""
    if name.endswith((b".tf", b".bicep")) or (name.endswith((b".json", b".py")) and b"sagemaker" in data.lower()):
        return "endpoint"
    return (
        "script"
        if name.endswith((b".sh", b".bash", b".service", b".nf", b".smk")) or name in {b"procfile", b"makefile", b"justfile"}
        else ""
    )


def _found(text: Text, kind: str) -> Iterator[tuple[str, int, str]]:
    data = text.data
    for rule, spans in text.hits.items():
        if rule in _BY and kind != "endpoint":
            by = _BY[rule]
            for _start, end in spans[:_MOST]:
                found = _FOLLOWS.get(by, _ANY).match(data, end, end + 800)
                model = found and (found["model"] or found.groupdict().get("other"))
                if found and model and not _commented(data, end) and (by != "download" or kind == "container"):
                    yield by, end - 1, model.decode()
        elif rule == "deployed-image":
            yield from _run(data, spans) if kind in {"script", "manifest"} else ()
        elif rule.startswith("deployed-"):
            for by, pattern in _others(rule, kind):
                for start, _end in spans[:_MOST]:
                    found = (
                        pattern.search(data, max(0, start - _AROUND[rule]), start + 800)
                        if rule in _AROUND
                        else pattern.match(data, start)
                    )
                    if found is None and rule == "deployed-setting":
                        found = next((hit for back in (3, 4) if start >= back and (hit := pattern.match(data, start - back))), None)
                    if found and not _commented(data, start):
                        yield by, start, found["model"].decode()


def _run(data: bytes, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, str]]:
    """Yield the models of commands that run the image of a server."""
    for start, end in spans[:_MOST]:
        image = _IMAGE.match(data, end, end + 1600)
        found = image and _ANY.match(data, image.end(), image.end() + 800)
        if image and found and not _commented(data, start):
            yield _IMAGES[image[1]], start, found["model"].decode()


def _others(rule: str, kind: str) -> Iterator[tuple[str, re.Pattern[bytes]]]:
    if rule == "deployed-setting" and kind != "script":
        yield "SageMaker" if kind == "endpoint" else "setting", _SETTING
    elif rule == "deployed-argument" and kind in {"container", "manifest"}:
        yield "argument", _ARGUMENT
    elif kind == "manifest" and rule in {"deployed-endpoint", "deployed-stored", "deployed-loaded", "deployed-chart"}:
        yield {
            "deployed-endpoint": ("Azure ML", _AZURE),
            "deployed-chart": ("chart", _CHART),
            "deployed-stored": ("KServe", _STORED),
            "deployed-loaded": ("Ray Serve", _LOADED),
        }[rule]


def _commented(data: bytes, at: int) -> bool:
    line = data[data.rfind(b"\n", 0, at) + 1 : at].lstrip()
    return line.startswith((b"#", b"//", b"echo ", b"@echo ", b"printf "))


def _placeholder(model: str) -> bool:
    low = model.lower()
    return (
        low.startswith(("your", "path/to", "org/", "user/", "username/", "example/", "my-org/", "<"))
        or "your-" in low
        or "/your" in low
    )
