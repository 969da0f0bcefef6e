"""Where text goes that a language model wrote or a server sent: followed through the names of a module and of its functions."""

from __future__ import annotations

import ast

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.code.nodes import walk
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.code.names import Program, Use
    from pytest_genomic_guard.views.code.scopes import Scope

_ROUNDS = 4  # a name that holds what a name holds
# Packages whose objects answer with what a model wrote: names of clients and frameworks as programs import them. A root that is
# missing here costs a finding, one too many nothing, as the method has to be one of `_ANSWERS` as well.
_MODELS = frozenset(
    (
        "openai",
        "anthropic",
        "litellm",
        "ollama",
        "cohere",
        "mistralai",
        "groq",
        "together",
        "replicate",
        "vllm",
        "llama_cpp",
        "ctransformers",
        "dspy",
        "guidance",
        "langchain",
        "langchain_core",
        "langchain_community",
        "langchain_openai",
        "langchain_anthropic",
        "langchain_ollama",
        "langchain_google_genai",
        "langchain_huggingface",
        "langchain_groq",
        "langchain_mistralai",
        "langchain_aws",
        "llama_index",
        "google.generativeai",
        "google.genai",
        "vertexai",
        "aisuite",
        "instructor",
    )
)
_ANSWERS = regex(
    r"\.(?:create|parse|acreate|stream|generate|agenerate|chat|complete|completion|acompletion|completions|invoke|ainvoke|batch|predict"
    r"|run|arun|apredict|generate_content|generate_text|send_message|query|aquery|text_generation|chat_completion|converse|invoke_model"
    r"|generate_response|responses|call)\(\)|\(\)\(\)"
)
_DIRECT = frozenset(("litellm.completion", "litellm.acompletion", "ollama.chat", "ollama.generate", "replicate.run", "cohere.chat"))
_HUB = regex(r"transformers\.(?:pipeline\(\)\(\)|\w+\(?\)?(?:\.from_pretrained\(\))?\.(?:generate|decode|batch_decode)\(\))")
_HUB_CLIENT = regex(
    r"huggingface_hub\.(?:Async)?InferenceClient\(\)\.(?:text_generation|chat_completion|chat\.completions\.create)\(\)"
)
_SERVERS = regex(
    r"(?:requests|httpx)\.(?:\w+\(\)\.)?(?:get|post|request)\(\)|urllib\.request\.urlopen\(\)|urllib2\.urlopen\(\)|urllib\.urlopen\(\)"
    r"|flask\.request\.(?:args|form|values|json|data|get_json|get_data|cookies|headers)|aiohttp\.ClientSession\(\)\.(?:get|post)\(\)"
)
# Where nothing tells what an object is, as a client that another module makes: calls and fields that only answers of models have
_SHAPES = regex(
    r"\.(?:chat\.completions|beta\.chat\.completions|responses|messages|completions|ChatCompletion|Completion)\.(?:create|parse|acreate)\(\)"
    r"|\.(?:generate_content|chat_completion|create_chat_completion)\(\)|\.choices\[\]\.(?:message|text|delta)\b|\.output_text\Z"
)
_CALLED = regex(r"(?:\w{0,40}_)?(?:llm|llama|gpt\d?|chat_?model|language_model|chatbot|qa_chain|llm_chain|sql_chain)\d?")
_CHAINED = regex(r"(?:\w{0,40}_)?(?:chain|agent|agent_executor)\d?")
_ASKED = frozenset(("invoke", "ainvoke", "run", "arun", "predict", "apredict", "generate", "complete", "chat", "ask", "batch"))
_STRANGERS = ("itertools.", "toolz.", "more_itertools.", "networkx.", "pandas.", "stable_baselines3.", "gym.", "gymnasium.")

_SAYING = (ast.Name, ast.Call, ast.Attribute, ast.Subscript)


def spoken(node: ast.expr, name: str) -> bool:
    """Tell whether an expression is an answer of a model by its shape, or by what the object is called that is asked."""
    if name.startswith(_STRANGERS):
        return False
    if _SHAPES.search(name):
        return True
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _ASKED:
        called = _word(function.value)
        return _CALLED.fullmatch(called) is not None or (
            _CHAINED.fullmatch(called) is not None and function.attr in {"invoke", "ainvoke", "run", "arun"}
        )
    return _CALLED.fullmatch(_word(function)) is not None


def _word(node: ast.expr) -> str:
    """Return the last name of an object."""
    return (node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else "").lower()


def origin(name: str) -> str:
    """Return whose text an expression of this full name is: model, server, or nothing."""
    if "(" not in name and "flask." not in name:
        return ""
    root = name.partition("(")[0]
    parts = root.split(".")
    if parts[0] in _MODELS or ".".join(parts[:2]) in _MODELS:
        return "model" if _ANSWERS.search(name) or root in _DIRECT else ""
    if _HUB.match(name) or _HUB_CLIENT.match(name):
        return "model"
    return "server" if _SERVERS.match(name) else ""


class Flow:
    """Names that hold such text, by scope; functions that return it."""

    def __init__(self, made: Program) -> None:
        """Follow assignments until nothing is added, in at most so many rounds."""
        self._held: dict[tuple[int, str], str] = {}
        self._gives: dict[str, str] = {}
        self._parts: dict[int, list[ast.AST]] = {}  # of expressions, which the program holds
        scopes = _scopes(made.uses)
        for _round in range(_ROUNDS):
            before = len(self._held) + len(self._gives)
            for scope in scopes:
                for name, given in scope.values.items():
                    whose = next((found for value in given if value is not None and (found := self.whose(value, scope))), "")
                    if whose:
                        self._held[id(scope), name] = whose
            for name, given_back in made.returns.items():
                whose = next((found for value, scope in given_back if (found := self.whose(value, scope))), "")
                if whose:
                    self._gives[name] = whose
            if len(self._held) + len(self._gives) == before:
                break

    def whose(self, node: ast.expr, scope: Scope) -> str:
        """Return whose text is in an expression."""
        parts = self._parts.get(id(node))
        if parts is None:
            parts = self._parts[id(node)] = walk(node, _SAYING)
        for each in parts:
            if isinstance(each, ast.Name):
                found = self._name(each.id, scope)
            elif isinstance(each, (ast.Call, ast.Attribute, ast.Subscript)):
                name = qualified(each, scope)
                found = origin(name) or self._given(each, name, scope) or ("model" if spoken(each, name) else "")
            if found:
                return found
        return ""

    def _given(self, node: ast.expr, name: str, scope: Scope) -> str:
        """Return whose text a function of the program returns, or an attribute of its object holds."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return self._held.get((id(scope.klass()), f"self.{node.attr}"), "")
        if isinstance(node, ast.Call) and name[:1] in {".", "?"}:
            return self._gives.get("." + name[:-2].rpartition(".")[2], "")
        return ""

    def _name(self, name: str, scope: Scope) -> str:
        at: Scope | None = scope
        while at is not None:
            if name in at.values or name in at.names:
                return self._held.get((id(at), name), "")
            at = at.parent
        return ""


def _scopes(uses: Sequence[Use]) -> list[Scope]:
    """Return the scopes in which something is called, and those around them."""
    found: dict[int, Scope] = {}
    for use in uses:
        at: Scope | None = use.scope
        while at is not None and id(at) not in found:
            found[id(at)] = at
            at = at.parent
    return list(found.values())
