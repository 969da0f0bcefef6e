"""Tokens of platforms on which models are trained, tracked, stored and labelled.

Where two sources are named, both say the same length and characters; read 2026-11.
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
    "huggingface.co/docs/hub/security-tokens; trufflehog huggingface.go (letters and digits)",
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
    "betterleaks weights-and-biases-api-key-v1 (77 characters), and keys of that form in public code",
)
made.near(
    "wandb",
    (b"wandb", b"weightsandbiases", b"weights_and_biases"),
    rb"(?:local-)?" + HEX + rb"{40}",
    ("Weights & Biases", "a Weights & Biases API key", "the runs, data and models of its owner", "wandb.ai/settings"),
    "wandb/sdk/lib/apikey.py: 40 characters, on own servers behind a prefix and a dash",
    roles=rb"key|token|secret|login|passw(?:or)?d",
)
made.near(
    "comet",
    (b"comet_api", b"comet_ml", b"comet-ml", b"cometml", b"comet_key", b"comet_secret", b"comet.api", b"comet.init", b"[comet]"),
    rb"[A-Za-z0-9]{25}|[A-Za-z0-9]{32,40}",
    ("Comet", "a Comet API key", "the experiments of its owner", "www.comet.com/account-settings/apiKeys"),
    "www.comet.com/docs: COMET_API_KEY, Experiment(api_key=...); 25 characters in public code",
    roles=rb"key|token|secret|experiment|init|login",
    least=8,
)
made.near(
    "comet-argument",
    (b"experiment(", b"comet_ml.login("),
    rb"[A-Za-z0-9]{25}",
    ("Comet", "a Comet API key", "the experiments of its owner", "www.comet.com/account-settings/apiKeys"),
    "www.comet.com/docs: Experiment(api_key=...)",
    roles=rb"api_key",
    least=8,
)
made.token(
    "neptune",
    (b"eyJhcGlfYWRkcmVzcyI6",),  # {"api_address": in base64
    rb"eyJhcGlfYWRkcmVzcyI6([A-Za-z0-9+/_-]{40,800})={0,2}",
    ("Neptune", "a Neptune API token", "the runs of its owner", "app.neptune.ai, Get your API token"),
    "neptune-client, credentials.py: base64 of JSON with api_address, api_url and api_key",
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
    "mlflow.org/docs: MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN",
    roles=rb"password|token",
    end=rb"(?=[\s\"'`\\,;]|$)",
)
made.token(
    "kaggle-token",
    (b"KGAT_",),
    rb"KGAT_([0-9a-f]{32})",
    ("Kaggle", "a Kaggle API token", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "kaggle 2.x reads it from KAGGLE_API_TOKEN; 32 hexadecimal digits in public code",
)
made.near(
    "kaggle",
    (b"kaggle",),
    HEX + rb"{32}",
    ("Kaggle", "a Kaggle API key", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "github.com/Kaggle/kaggle-api: KAGGLE_KEY; kaggle.json",
    roles=rb"key|token|secret|passw(?:or)?d",
)
made.token(
    "kaggle-json",
    (b'"key"', b"'key'", b'\\"key\\"'),
    rb"\\?[\"']key\\?[\"'][ \t]{0,4}:\s{0,8}\\?[\"']([0-9a-f]{32})",
    ("Kaggle", "the API key of a kaggle.json", "the account and private data sets of its owner", "www.kaggle.com/settings"),
    "github.com/Kaggle/kaggle-api: kaggle.json has username and key",
    left="loose",
    named=True,
    real=_kaggle,
)
made.token(
    "replicate",
    (b"r8_",),
    rb"r8_([A-Za-z0-9]{37})",
    ("Replicate", "a Replicate API token", "models that run on its owner's bill", "replicate.com/account/api-tokens"),
    "betterleaks replicate-api-token; trufflehog replicate.go",
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
    "docs.databricks.com/dev-tools/auth/pat; microsoft/security-utilities AzureDatabricksPat",
)
made.near(
    "clearml",
    (b"clearml", b"trains_api"),
    rb"[A-Za-z0-9]{32,64}",
    (
        "ClearML",
        "a ClearML secret key",
        "the experiments and models of a workspace",
        "app.clear.ml/settings/workspace-configuration",
    ),
    "clear.ml/docs: CLEARML_API_SECRET_KEY",
    roles=rb"secret_?key|secret|token",
)
made.near(
    "roboflow",
    (b"roboflow",),
    rb"[A-Za-z0-9]{20}",
    ("Roboflow", "a Roboflow API key", "the data sets and models of a workspace", "app.roboflow.com, Settings, API keys"),
    "docs.roboflow.com/api-reference/authentication; Roboflow(api_key=...), 20 characters",
    roles=rb"key|token|roboflow|login",
    least=8,
)
made.near(
    "lightning",
    (b"lightning_", b"lightning-", b"lightningai"),
    UUID,
    ("Lightning AI", "a Lightning AI API key", "the studios and data of its owner", "lightning.ai, Settings, Keys"),
    "lightning.ai/docs: LIGHTNING_API_KEY",
)
made.token(
    "modal-secret",
    (b"as-",),
    rb"as-([A-Za-z0-9]{22})",
    ("Modal", "a Modal token secret", "functions and volumes of a workspace", "modal.com/settings/tokens"),
    "modal.com/docs: MODAL_TOKEN_ID ak-, MODAL_TOKEN_SECRET as-",
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
    "docs.pinecone.io: keys before 2024 are UUIDs; betterleaks pinecone-api-key.1",
    roles=rb"key|token|secret|init|pinecone",
)
made.near(
    "vector-store",
    (b"weaviate", b"wcs_api", b"wcd_api", b"qdrant", b"zilliz", b"milvus"),
    rb"[A-Za-z0-9_.-]{32,240}",
    ("vector store", "an API key of a vector database", "the data in a cluster", "the console of the cluster"),
    "docs.weaviate.io and qdrant.tech/documentation: API keys by the name of a variable",
)
made.token(
    "langsmith",
    (b"lsv2_pt_", b"lsv2_sk_"),
    rb"lsv2_(?:pt|sk)_([0-9a-f]{32}_[0-9a-f]{10})",
    ("LangSmith", "a LangSmith API key", "traces and prompts of a workspace", "smith.langchain.com/settings"),
    "trufflehog langsmith.go; google/osv-scalibr issue 1657",
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
    "labelstud.io/guide/access_tokens: legacy tokens",
    roles=rb"key|token|secret|client",
)
made.near(
    "dagshub",
    (b"dagshub",),
    HEX + rb"{40}",
    ("DagsHub", "a DagsHub token", "the repositories, data and runs of its owner", "dagshub.com/user/settings/tokens"),
    "dagshub.com/docs: DAGSHUB_USER_TOKEN",
    roles=rb"key|token|secret|passw(?:or)?d|login",
)
made.near(
    "snowflake",
    (b"snowflake",),
    rb"[^\s\"'`\\,;(){}$<>]{8,400}",
    ("Snowflake", "a password or token of Snowflake", "the tables that its user can read", "the user's profile in Snowsight"),
    "docs.snowflake.com: SNOWFLAKE_PASSWORD; trufflehog snowflake.go",
    roles=rb"passw(?:or)?d|pwd|token",
    end=rb"(?=[\s\"'`\\,;]|$)",
    least=6,
)
made.token(
    "prefect",
    (b"pnu_", b"pnb_"),
    rb"pn[ub]_([A-Za-z0-9]{36})",
    ("Prefect", "a Prefect API key", "the flows of a workspace", "app.prefect.cloud/my/api-keys"),
    "trufflehog prefect.go; gitleaks prefect-api-token",
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
