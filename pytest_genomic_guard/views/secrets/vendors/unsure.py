"""Formats of which neither a vendor's documentation nor its client says length and characters: warnings only."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.secrets.values import drawn
from pytest_genomic_guard.views.secrets.vendors.form import HEX, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
_BILL = "models that run on its owner's bill"
made = Maker("SEC110")


def _mixed(data: bytes, start: int, end: int) -> bool:
    """Tell whether a word looks drawn, of digits and letters of both cases, and stands where a value does."""
    body = data[start:end]
    counts = (len(re.findall(each, body)) for each in (rb"[a-z]", rb"[A-Z]", rb"\d"))
    if min(counts) < 2 or end - start < 14 or not drawn(body):
        return False
    return data[max(0, start - 1) : start] in (b"", b"=", b":", b'"', b"'", b" ", b"\n") and data[end : end + 1] not in (b"/", b"+")


made.token(
    "some-sk",
    (b"sk-",),
    rb"sk-([A-Za-z0-9]{20,80})",
    ("another vendor", "what looks like an API key of a provider of language models", _BILL, "the provider's page of API keys"),
    "the prefix is used by many (kingfisher openai.yml, trufflehog deepseek.go); other lengths: not confirmed",
    end=_DASH,
    kinds=3,
)
made.token(
    "fireworks",
    (b"fw_",),
    rb"fw_([A-Za-z0-9]{20,28})",
    ("Fireworks AI", "what looks like a Fireworks AI API key", _BILL, "app.fireworks.ai/settings/users/api-keys"),
    "langchain-fireworks names FIREWORKS_API_KEY; prefix and length: not confirmed; general knowledge",
    kinds=3,
)
made.token(
    "tavily",
    (b"tvly-",),
    rb"tvly-((?:dev-|prod-)?[A-Za-z0-9]{28,40})",
    ("Tavily", "what looks like a Tavily API key", "searches on its owner's bill", "app.tavily.com"),
    "noseyparker tavily.yml: 32 characters; credsweeper config.yaml: 32 to 40",
    end=_DASH,
)
made.token(
    "jina",
    (b"jina_",),
    rb"jina_([A-Za-z0-9_-]{50,64})",
    ("Jina AI", "what looks like a Jina AI API key", _BILL, "jina.ai/api-dashboard"),
    "noseyparker jina.yml: 60 characters",
    end=_DASH,
)
made.token(
    "llama",
    (b"llx-",),
    rb"llx-([A-Za-z0-9]{44,56})",
    ("LlamaCloud", "what looks like a LlamaCloud API key", "documents of its owner", "cloud.llamaindex.ai/api-key"),
    "credsweeper config.yaml: 48 characters; kingfisher 2.14, betterleaks.llama-cloud-api-key.1: 44 to 52",
    end=_DASH,
)
made.token(
    "dvc-studio",
    (b"isat_",),
    rb"isat_([A-Za-z0-9]{30,60})",
    (
        "DVC Studio",
        "what looks like a DVC Studio token",
        "experiments and models of its owner",
        "studio.datachain.ai, Profile, Tokens",
    ),
    "not confirmed; general knowledge",
)
made.token(
    "prefix",
    (b"pfx_",),
    rb"pfx_([A-Za-z0-9]{20,64})",
    ("prefix.dev", "what looks like a prefix.dev token", "conda channels of its owner", "prefix.dev/settings/api_keys"),
    "not confirmed; general knowledge",
    kinds=2,
)
made.token(
    "modal-id",
    (b"ak-",),
    rb"ak-([A-Za-z0-9]{22})",
    ("Modal", "what looks like a Modal token id", "with its secret, functions of a workspace", "modal.com/settings/tokens"),
    "modal-labs/modal-client js/README.md: ak- and 22 characters in its sample; the name of a secret, none itself",
    end=_DASH,
    kinds=3,
)
made.token(
    "twilio-account",
    tuple(b"AC%c" % digit for digit in b"0123456789abcdef"),
    rb"AC([0-9a-f]{32})",
    ("Twilio", "a Twilio account SID", "with its auth token, calls and messages", "console.twilio.com, API keys & tokens"),
    "detect-secrets twilio.py; trufflehog twilio.go: an identifier, and half of a credential",
)
made.token(
    "stripe-test",
    (b"sk_test_", b"rk_test_"),
    rb"[sr]k_test_([A-Za-z0-9]{20,247})",
    ("Stripe", "a Stripe key for tests", "no money, but the set-up of an account", "dashboard.stripe.com/test/apikeys"),
    "gitleaks stripe.go",
)
made.token(
    "artifactory-password",
    tuple(b"AP%c" % digit for digit in b"0123456789ABCDEF"),
    rb"AP[0-9A-F]([A-Za-z0-9]{8,80})",
    (
        "JFrog Artifactory",
        "what looks like an encrypted password of Artifactory",
        "packages of its owner",
        "the server: Edit profile",
    ),
    "detect-secrets artifactory.py",
    real=_mixed,
    kinds=3,
    least=8,
    end=rb"(?![A-Za-z0-9_.-])",
)
made.token(
    "artifactory-key",
    (b"AKC",),
    rb"AKC([A-Za-z0-9]{10,80})",
    ("JFrog Artifactory", "what looks like an Artifactory API key", "packages of its owner", "the server: Edit profile"),
    "detect-secrets artifactory.py",
    real=_mixed,
    kinds=3,
    least=8,
)
made.near(
    "some-near",
    (
        *(
            b"fireworks",
            b"deepseek",
            b"openai",
            b"anthropic",
            b"gemini_api",
            b"replicate_api",
            b"stability",
            b"huggingface",
            b"hf_token",
        ),
        *(
            b"hf_api",
            b"groq",
            b"perplexity",
            b"together_api",
            b"elevenlabs",
            b"tavily",
            b"serpapi",
            b"serper",
            b"neptune_api",
            b"lambda_api",
        ),
        *(
            b"vast_api",
            b"paperspace",
            b"gradient_access",
            b"wolfram",
            b"newsapi",
            b"alpha_vantage",
            b"openweather",
            b"mapbox",
            b"qwen_api",
        ),
        *(
            b"dashscope",
            b"moonshot",
            b"baidu",
            b"langchain_api",
            b"datarobot",
            b"h2o_api",
            b"dataiku",
            b"domino_",
            b"saturn_",
            b"nvidia_api",
        ),
    ),
    rb"[A-Za-z0-9_-]{20,200}(?:\.[A-Za-z0-9_-]{20,100})?",
    (
        "another vendor",
        "what looks like an API key, by the name before it",
        "a service on its owner's bill",
        "the vendor's page of API keys",
    ),
    "names of variables of the vendors; forms: not confirmed; general knowledge",
    roles=rb"api_?key|api_?token|access_?token|secret|token|_key|auth",
    kinds=2,
)
made.near(
    "some-hex",
    (
        b"serpapi",
        b"serpapi_api",
        b"weatherapi",
        b"etherscan",
        b"airvisual",
        b"census_api",
        b"fred_api",
        b"tmdb_api",
        b"rapidapi",
        b"x-rapidapi",
    ),
    HEX + rb"{32,64}|[A-Za-z0-9]{50}",
    (
        "another vendor",
        "what looks like an API key, by the name before it",
        "a service on its owner's bill",
        "the vendor's page of API keys",
    ),
    "names of variables of the vendors; forms: not confirmed; general knowledge",
    roles=rb"api_?key|token|secret|key",
)

FORMATS = tuple(made.formats)
