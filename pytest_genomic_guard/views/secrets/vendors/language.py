"""Keys of providers of language models.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
_BILL = "models that run on its owner's bill, and what was sent to them"
made = Maker("SEC104")

made.token(
    "anthropic",
    (b"sk-ant-",),
    rb"sk-ant-(?:(?:api|admin|oat|ort|sid)[0-9]{2}-)?([A-Za-z0-9_-]{40,140})",
    ("Anthropic", "an Anthropic API key", _BILL, "console.anthropic.com/settings/keys"),
    "gitleaks anthropic.go; trufflehog anthropic.go: api03 and admin01, 93 characters and AA; other kinds: not confirmed",
    end=_DASH,
)
made.token(
    "openrouter",
    (b"sk-or-",),
    rb"sk-or-(?:v1-)?([0-9a-f]{64})",
    ("OpenRouter", "an OpenRouter API key", _BILL, "openrouter.ai/settings/keys"),
    "trufflehog openrouter.go; betterleaks openrouter-api-key",
)
made.token(
    "openai",
    (b"sk-",),
    rb"sk-(?:(?:proj|svcacct|admin|service|None)-)?([A-Za-z0-9_-]{16,100}T3BlbkFJ[A-Za-z0-9_-]{16,100})",
    ("OpenAI", "an OpenAI API key", _BILL, "platform.openai.com/api-keys"),
    "detect-secrets openai.py; gitleaks openai.go; trufflehog openai.go",
    end=_DASH,
)
made.token(
    "openai-project",
    (b"sk-proj-", b"sk-svcacct-", b"sk-admin-", b"sk-None-", b"sk-service-"),
    rb"sk-(?:proj|svcacct|admin|service|None)-([A-Za-z0-9_-]{40,200})",
    ("OpenAI", "an OpenAI API key", _BILL, "platform.openai.com/api-keys"),
    "trufflehog openai.go, without the mark in the middle",
    end=_DASH,
    kinds=3,
)
made.token(
    "openai-like",
    (b"sk-",),
    rb"sk-([A-Za-z0-9]{48})",
    ("OpenAI", "an API key in OpenAI's form", _BILL, "the provider's page of API keys"),
    "kingfisher openai.yml: 48 letters and digits; Moonshot and Stability AI use it as well (betterleaks)",
    end=_DASH,
    kinds=3,
)
made.token(
    "deepseek",
    (b"sk-",),
    rb"sk-([0-9a-z]{32})",
    ("DeepSeek", "an API key in the form of DeepSeek and DashScope", _BILL, "platform.deepseek.com/api_keys"),
    "trufflehog deepseek.go; betterleaks deepseek-api-key",
    end=_DASH,
)
made.token(
    "groq",
    (b"gsk_",),
    rb"gsk_([A-Za-z0-9]{52})",
    ("Groq", "a Groq API key", _BILL, "console.groq.com/keys"),
    "trufflehog groq.go; betterleaks groq-api-key",
)
made.token(
    "xai",
    (b"xai-",),
    rb"xai-([A-Za-z0-9_-]{70,120})",
    ("xAI", "an xAI API key", _BILL, "console.x.ai"),
    "trufflehog xai.go: 80 characters; betterleaks xai-api-key: 70 to 120",
    end=_DASH,
)
made.token(
    "perplexity",
    (b"pplx-",),
    rb"pplx-([A-Za-z0-9]{48,56})",
    ("Perplexity", "a Perplexity API key", _BILL, "www.perplexity.ai/account/api/keys"),
    "gitleaks perplexity.go: 48 characters; credsweeper config.yaml: 40 to 64",
    end=_DASH,
)
made.token(
    "together",
    (b"tgp_v1_",),
    rb"tgp_v1_([A-Za-z0-9_-]{43})",
    ("Together AI", "a Together AI API key", _BILL, "api.together.ai/settings/api-keys"),
    "betterleaks togetherai-api-key; credsweeper config.yaml",
    end=_DASH,
)
made.token(
    "nvidia",
    (b"nvapi-",),
    rb"nvapi-([A-Za-z0-9_-]{60,70})",
    ("NVIDIA", "an NVIDIA API key", "models and private containers of its owner", "build.nvidia.com/settings/api-keys"),
    "trufflehog nvapi.go: 64 characters; betterleaks nvidia-api-key",
    end=_DASH,
)
made.token(
    "cerebras",
    (b"csk-",),
    rb"csk-([a-z0-9]{48})",
    ("Cerebras", "a Cerebras API key", _BILL, "cloud.cerebras.ai"),
    "betterleaks cerebras-api-key",
    end=_DASH,
)
made.token(
    "elevenlabs",
    (b"sk_",),
    rb"sk_([0-9a-f]{48})",
    ("ElevenLabs", "an ElevenLabs API key", "voices of its owner", "elevenlabs.io/app/settings/api-keys"),
    "trufflehog elevenlabs.go; betterleaks elevenlabs-api-key",
)
made.token(
    "minimax",
    (b"sk-api-",),
    rb"sk-api-([A-Za-z0-9_-]{100,130})",
    ("MiniMax", "a MiniMax API key", _BILL, "platform.minimax.io"),
    "betterleaks minimax-api-key: 119 characters",
    end=_DASH,
)
made.token(
    "gemini",
    (b"AQ.Ab8RN6",),
    rb"AQ\.Ab8RN6([A-Za-z0-9_-]{40,50})",
    ("Google", "a Gemini API key", _BILL, "aistudio.google.com/api-keys"),
    "betterleaks gcp-gemini-api: 44 characters",
    end=_DASH,
)
made.near(
    "cohere",
    (b"cohere", b"co_api_key"),
    rb"[A-Za-z0-9]{40}",
    ("Cohere", "a Cohere API key", _BILL, "dashboard.cohere.com/api-keys"),
    "gitleaks cohere.go: CO_API_KEY, 40 letters and digits",
    roles=rb"key|token|secret|client(?:v2)?|cohere|_key",
    kinds=3,
)
made.near(
    "cohere-key",
    (b"co_api",),
    rb"[A-Za-z0-9]{40}",
    ("Cohere", "a Cohere API key", _BILL, "dashboard.cohere.com/api-keys"),
    "gitleaks cohere.go: CO_API_KEY, 40 letters and digits",
    kinds=3,
)
made.near(
    "mistral",
    (b"mistral",),
    rb"[A-Za-z0-9]{32}",
    ("Mistral", "a Mistral API key", _BILL, "console.mistral.ai/api-keys"),
    "betterleaks mistral-api-key",
    roles=rb"key|token|secret|client|mistral",
    kinds=3,
)
made.near(
    "ai21",
    (b"ai21",),
    UUID,
    ("AI21", "an AI21 API key", _BILL, "studio.ai21.com/account/api-key"),
    "kingfisher ai21.yml",
    roles=rb"key|token|secret|client",
)
made.near(
    "azure-openai",
    (b"azure_openai", b"azure-openai", b"azureopenai", b"aoai_", b"openai.azure.com"),
    HEX + rb"{32}",
    ("Azure OpenAI", "a key of Azure OpenAI", _BILL, "portal.azure.com, the resource, Keys and Endpoint"),
    "trufflehog azure_openai.go; kingfisher azureopenai.yml",
    roles=rb"key|token|secret|credential",
)
made.near(
    "ollama",
    (b"ollama",),
    HEX + rb"{32}\.[A-Za-z0-9_-]{24}",
    ("Ollama", "an Ollama API key", _BILL, "ollama.com/settings/keys"),
    "betterleaks ollama-api-key",
)
made.near(
    "zhipu",
    (b"zhipu", b"zai_", b"glm_", b"chatglm", b"bigmodel"),
    HEX + rb"{32}\.[A-Za-z0-9]{16}",
    ("Z.ai", "a Z.ai (Zhipu) API key", _BILL, "open.bigmodel.cn/usercenter/apikeys"),
    "betterleaks zai-api-key",
    roles=rb"key|token|secret|client|zhipuai",
)
made.near(
    "voyage",
    (b"voyage",),
    rb"(?:pa|al)-[A-Za-z0-9_-]{40,48}",
    ("Voyage AI", "a Voyage AI API key", _BILL, "dashboard.voyageai.com"),
    "kingfisher 2.14, betterleaks.voyageai-api-key: pa- or al- and 43 characters",
    roles=rb"key|token|secret|client",
)

FORMATS = tuple(made.formats)
