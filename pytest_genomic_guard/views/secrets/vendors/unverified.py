"""Values of vendors that are known by a name alone, and of which no client, document or rule pack says the length: warnings only.

The names are those of the clients, read 2026-11-22, where one is cited; the lengths are general knowledge.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

_BILL = "models that run on its owner's bill, and what was sent to them"
_COMET = ("Comet", "what looks like a Comet API key", "the experiments of its owner", "www.comet.com/account-settings/apiKeys")
_UNSURE = "form: not confirmed; general knowledge"
made = Maker("SEC110")

made.near(
    "comet",
    (b"comet_api", b"comet_ml", b"comet-ml", b"cometml", b"comet_key", b"comet_secret", b"comet.api", b"comet.init", b"[comet]"),
    rb"[A-Za-z0-9]{25}|[A-Za-z0-9]{32,40}",
    _COMET,
    "comet_ml 3.58 comet_ml/utils.py, masked_api_key: no length; " + _UNSURE,
    roles=rb"key|token|secret|experiment|init|login",
    least=8,
)
made.near(
    "comet-argument",
    (b"experiment(", b"comet_ml.login("),
    rb"[A-Za-z0-9]{25}",
    _COMET,
    "comet_ml 3.58: Experiment(api_key=...); " + _UNSURE,
    roles=rb"api_key",
    least=8,
)
made.near(
    "clearml",
    (b"clearml", b"trains_api"),
    rb"[A-Za-z0-9]{32,64}",
    (
        "ClearML",
        "what looks like a ClearML secret key",
        "the experiments and models of a workspace",
        "app.clear.ml/settings/workspace-configuration",
    ),
    "clearml/clearml clearml/backend_api/session/defs.py: CLEARML_API_SECRET_KEY, TRAINS_API_SECRET_KEY; " + _UNSURE,
    roles=rb"secret_?key|secret|token",
)
made.near(
    "roboflow",
    (b"roboflow",),
    rb"[A-Za-z0-9]{20}",
    (
        "Roboflow",
        "what looks like a Roboflow API key",
        "the data sets and models of a workspace",
        "app.roboflow.com, Settings, API keys",
    ),
    "roboflow/roboflow-python roboflow/__init__.py, check_key: letters of both cases, no length; " + _UNSURE,
    roles=rb"key|token|roboflow|login",
    least=8,
)
made.near(
    "lightning",
    (b"lightning_", b"lightning-", b"lightningai"),
    UUID,
    ("Lightning AI", "what looks like a Lightning AI API key", "the studios and data of its owner", "lightning.ai, Settings, Keys"),
    _UNSURE,
)
made.near(
    "vector-store",
    (b"weaviate", b"wcs_api", b"wcd_api", b"qdrant", b"zilliz", b"milvus"),
    rb"[A-Za-z0-9_.-]{32,240}",
    ("vector store", "what looks like an API key of a vector database", "the data in a cluster", "the console of the cluster"),
    "names of variables; " + _UNSURE,
)
made.near(
    "dagshub",
    (b"dagshub",),
    HEX + rb"{40}",
    (
        "DagsHub",
        "what looks like a DagsHub token",
        "the repositories, data and runs of its owner",
        "dagshub.com/user/settings/tokens",
    ),
    "DagsHub/client dagshub/common/config.py: DAGSHUB_USER_TOKEN; " + _UNSURE,
    roles=rb"key|token|secret|passw(?:or)?d|login",
)
made.near(
    "together-old",
    (b"together_", b"togetherai", b"together.", b"together("),
    HEX + rb"{64}",
    ("Together AI", "what looks like a Together AI API key", _BILL, "api.together.ai/settings/api-keys"),
    "docs.together.ai/docs/quickstart: TOGETHER_API_KEY; 64 hexadecimal digits as in public code",
    roles=rb"key|token|secret|together",
)
made.near(
    "ai21-old",
    (b"ai21",),
    rb"[A-Za-z0-9]{32}",
    ("AI21", "what looks like an AI21 API key", _BILL, "studio.ai21.com/account/api-key"),
    _UNSURE,
    roles=rb"key|token|secret|client",
)
made.near(
    "conda",
    (b"anaconda", b"binstar", b"conda_token", b"conda_upload"),
    rb"[a-z]{2}-" + UUID + rb"|[A-Za-z0-9_-]{32,64}",
    (
        "Anaconda",
        "what looks like an Anaconda token",
        "the right to publish packages as their owner",
        "anaconda.org, Settings, Access",
    ),
    "anaconda/anaconda-client binstar_client/utils/config.py: BINSTAR_API_TOKEN, ANACONDA_API_TOKEN; " + _UNSURE,
    roles=rb"token|api_?key|secret",
)
made.near(
    "digitalocean-spaces",
    (b"spaces_", b"digitalocean", b"do_spaces"),
    rb"[A-Za-z0-9+/]{43}|[0-9a-f]{64}",
    (
        "DigitalOcean",
        "what looks like a DigitalOcean key",
        "machines, volumes and spaces of its owner",
        "cloud.digitalocean.com/account/api/tokens",
    ),
    _UNSURE,
)
made.near(
    "linode",
    (b"linode",),
    HEX + rb"{64}",
    ("Linode", "what looks like a Linode API token", "machines and volumes of its owner", "the cloud's console, API tokens"),
    "linode/linode-cli linodecli/configuration/config.py: LINODE_CLI_TOKEN; " + _UNSURE,
)
made.near(
    "pagerduty-events",
    (b"pagerduty", b"pager_duty", b"pd_api", b"pd_token"),
    rb"[A-Za-z0-9]{32}",
    ("PagerDuty", "what looks like a PagerDuty integration key", "the right to raise incidents", "the service: Integrations"),
    "docs.sensu.io, PagerDuty: 32 characters in its sample; " + _UNSURE,
    kinds=2,
)

FORMATS = tuple(made.formats)
