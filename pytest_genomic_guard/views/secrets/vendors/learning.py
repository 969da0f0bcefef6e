"""Tokens of platforms on which models are trained, tracked, stored and labelled.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker


def _kaggle(data: bytes, start: int, end: int) -> bool:
    """Tell whether a key stands in one object with a user name, and with little else."""
    first = max(0, start - 200)
    opened, closed = data.rfind(b"{", first, start), data.find(b"}", end, end + 200)
    inner = data[opened:closed] if 0 <= opened < closed else b""
    return b"username" in inner and inner.count(b":") <= 3


made = Maker("SEC103")

made.token(
    "huggingface",
    (b"hf_",),
    rb"hf_([A-Za-z0-9]{34,40})",
    (
        "Hugging Face",
        "a Hugging Face user access token",
        "private models and the gated data of its owner",
        "huggingface.co/settings/tokens",
    ),
    "trufflehog huggingface.go: 34 letters and digits; gitleaks huggingface.go: letters; more than 34: not confirmed",
)
made.token(
    "huggingface-organisation",
    (b"api_org_",),
    rb"api_org_([A-Za-z0-9]{34})",
    (
        "Hugging Face",
        "a Hugging Face organisation token",
        "the private models and data of an organisation",
        "huggingface.co/settings/organizations",
    ),
    "trufflehog huggingface.go; gitleaks huggingface.go",
)
made.token(
    "wandb-v1",
    (b"wandb_v1_",),
    rb"wandb_v1_([A-Za-z0-9_]{70,80})",
    ("Weights & Biases", "a Weights & Biases API key", "the runs, data and models of its owner", "wandb.ai/settings"),
    "betterleaks weights-and-biases-api-key-v1: 77 characters; wandb/wandb wandb/sdk/lib/wbauth/validation.py: 40 or more",
)
made.near(
    "wandb",
    (b"wandb", b"weightsandbiases", b"weights_and_biases"),
    rb"(?:[a-z0-9]{1,16}-)?" + HEX + rb"{40}",
    ("Weights & Biases", "a Weights & Biases API key", "the runs, data and models of its owner", "wandb.ai/settings"),
    "trufflehog weightsandbiases.go; wandb/wandb wandb/sdk/lib/wbauth/validation.py: on own servers behind a prefix and a dash",
    roles=rb"key|token|secret|login|passw(?:or)?d",
)
made.token(
    "neptune",
    (b"eyJhcGlfYWRkcmVzcyI6",),  # {"api_address": in base64
    rb"eyJhcGlfYWRkcmVzcyI6([A-Za-z0-9+/_-]{40,800})={0,2}",
    ("Neptune", "a Neptune API token", "the runs of its owner", "app.neptune.ai, Get your API token"),
    "neptune-ai/neptune-client src/neptune/internal/credentials.py: base64 of JSON with api_address and api_url",
    end=rb"(?![A-Za-z0-9+/_-])",
)
made.near(
    "mlflow",
    (b"mlflow_tracking_", b"mlflow-tracking-", b"mlflow.tracking."),
    rb"[^\s\"'`\\,;(){}$<>]{8,200}",
    (
        "MLflow",
        "a password or token of an MLflow tracking server",
        "the runs and models on it",
        "the server that MLFLOW_TRACKING_URI names",
    ),
    "mlflow/mlflow mlflow/environment_variables.py: MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN; any text",
    roles=rb"password|token",
    end=rb"(?=[\s\"'`\\,;]|$)",
)
made.token(
    "kaggle-token",
    (b"KGAT_",),
    rb"KGAT_([0-9a-f]{32})",
    ("Kaggle", "a Kaggle API token", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "Kaggle/kaggle-api docs/README.md: KAGGLE_API_TOKEN; the prefix as in public code; 32 digits: not confirmed",
)
made.near(
    "kaggle",
    (b"kaggle",),
    HEX + rb"{32}",
    ("Kaggle", "a Kaggle API key", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "Kaggle/kaggle-api docs/configuration.md: KAGGLE_KEY, kaggle.json; 32 hexadecimal digits: not confirmed; general knowledge",
    roles=rb"key|token|secret|passw(?:or)?d",
)
made.token(
    "kaggle-json",
    (b'"key"', b"'key'", b'\\"key\\"'),
    rb"\\?[\"']key\\?[\"'][ \t]{0,4}:\s{0,8}\\?[\"']([0-9a-f]{32})",
    ("Kaggle", "the API key of a kaggle.json", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "Kaggle/kaggle-api src/kaggle/api/kaggle_api_extended.py: username and key; 32 hexadecimal digits: not confirmed",
    left="loose",
    named=True,
    real=_kaggle,
)
made.token(
    "replicate",
    (b"r8_",),
    rb"r8_([A-Za-z0-9]{37})",
    ("Replicate", "a Replicate API token", "models that run on its owner's bill", "replicate.com/account/api-tokens"),
    "betterleaks replicate-api-token; trufflehog replicate.go; kingfisher replicate.yml",
)
made.token(
    "databricks",
    (b"dapi",),
    rb"dapi([0-9a-f]{32})(?:-[0-9]{1,2})?",
    (
        "Databricks",
        "a Databricks access token",
        "a workspace with its tables and clusters",
        "the workspace: Settings, Developer, Access tokens",
    ),
    "trufflehog databrickstoken.go; gitleaks databricks.go; microsoft/security-utilities AzureDatabricksPat",
)
made.token(
    "modal-secret",
    (b"as-",),
    rb"as-([A-Za-z0-9]{22})",
    ("Modal", "a Modal token secret", "functions and volumes of a workspace", "modal.com/settings/tokens"),
    "modal-labs/modal-client js/README.md: as- and 22 characters in its sample",
    real=lambda data, start, _end: b"modal" in data[max(0, start - 400) : start + 100].lower(),
    kinds=3,
)
made.token(
    "runpod",
    (b"rpa_",),
    rb"rpa_([A-Z0-9]{40}[A-Za-z0-9]{4,8})",
    ("RunPod", "a RunPod API key", "machines and volumes of its owner", "console.runpod.io/user/settings"),
    "betterleaks runpod-api-key.1",
)
made.token(
    "pinecone",
    (b"pcsk_",),
    rb"pcsk_([A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,66})",
    ("Pinecone", "a Pinecone API key", "the indexes of a project", "app.pinecone.io, API keys"),
    "trufflehog pinecone.go; betterleaks pinecone-api-key.2",
)
made.near(
    "pinecone-old",
    (b"pinecone",),
    UUID,
    ("Pinecone", "a Pinecone API key", "the indexes of a project", "app.pinecone.io, API keys"),
    "betterleaks pinecone-api-key.1",
    roles=rb"key|token|secret|init|pinecone",
)
made.token(
    "langsmith",
    (b"lsv2_pt_", b"lsv2_sk_"),
    rb"lsv2_(?:pt|sk)_([0-9a-f]{32}_[0-9a-f]{10})",
    ("LangSmith", "a LangSmith API key", "traces and prompts of a workspace", "smith.langchain.com/settings"),
    "trufflehog langsmith.go; betterleaks langchain-langsmith-personal-access-token",
)
made.token(
    "langfuse",
    (b"sk-lf-",),
    rb"sk-lf-(" + UUID + rb")",
    ("Langfuse", "a Langfuse secret key", "traces and prompts of a project", "the project's settings, API keys"),
    "trufflehog langfuse.go",
)
made.near(
    "label-studio",
    (b"label_studio", b"label-studio", b"labelstudio"),
    HEX + rb"{40}",
    ("Label Studio", "a Label Studio access token", "the tasks and annotations of its owner", "the server: Account & Settings"),
    "HumanSignal/label-studio docs/source/guide/access_tokens.md: legacy tokens; django-rest-framework: 20 bytes in hexadecimal",
    roles=rb"key|token|secret|client",
)
made.near(
    "snowflake",
    (b"snowflake",),
    rb"[^\s\"'`\\,;(){}$<>]{8,400}",
    ("Snowflake", "a password or token of Snowflake", "the tables that its user can read", "the user's profile in Snowsight"),
    "kingfisher snowflake.yml: a password by the name before it; betterleaks snowflake-programmatic-access-token.1",
    roles=rb"passw(?:or)?d|pwd|token",
    end=rb"(?=[\s\"'`\\,;]|$)",
    least=6,
)
made.token(
    "prefect",
    (b"pnu_", b"pnb_"),
    rb"pn[ub]_([A-Za-z0-9]{36})",
    ("Prefect", "a Prefect API key", "the flows of a workspace", "app.prefect.cloud/my/api-keys"),
    "trufflehog prefect.go; gitleaks prefect.go: pnu_ and 36 characters; pnb_: not confirmed",
)
made.near(
    "assembly",
    (b"assemblyai", b"assembly_ai", b"aai.settings"),
    HEX + rb"{32}",
    ("AssemblyAI", "an AssemblyAI API key", "transcription on its owner's bill", "www.assemblyai.com/app"),
    "trufflehog assemblyai.go",
)
made.near(
    "deepgram",
    (b"deepgram",),
    HEX + rb"{40}",
    ("Deepgram", "a Deepgram API key", "transcription on its owner's bill", "console.deepgram.com"),
    "trufflehog deepgram.go; betterleaks deepgram-api-key",
    roles=rb"key|token|secret|client|deepgram",
)

FORMATS = tuple(made.formats)
