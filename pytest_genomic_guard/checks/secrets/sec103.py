"""SEC103: tokens of platforms for models."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.checks.secrets.vendor import told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import vendors
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC103(Check[Text]):
    """A token of a platform for models and data.

    What it looks for
    -----------------
    Tokens of Hugging Face, Weights & Biases, Neptune, MLflow, Kaggle, Replicate, Databricks, Snowflake, Modal, RunPod, Pinecone,
    LangSmith, Label Studio and others, in source, cells, outputs, environment files and arguments. Those without a form of their
    own, such as the 40 hexadecimal digits of Weights & Biases, are known by the name before them. Of Comet, ClearML, Roboflow,
    Lightning and DagsHub nothing says a length: SEC110 tells of these. A revision of a model or an MD5 sum is none.

    Why it matters
    --------------
    It opens private models, and data sets to which their owner alone was admitted: gated data on Hugging Face, tables in a
    workspace. What runs on the platform can hold rows of people.

    What to do instead
    ------------------
    Use `huggingface-cli login`, `wandb login`, `~/.kaggle/kaggle.json` outside of the repository, or the environment.

    References
    ----------
    - huggingface.co/docs/hub/security-tokens: User access tokens
    - wandb/wandb: wandb/sdk/lib/wbauth/validation.py
    - Kaggle/kaggle-api: docs/configuration.md
    - `source` beside each format in views/secrets/vendors, read 2026-11-22
    """

    code = "SEC103"
    name = "ml-platform-token"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC2",)
    rules = vendors.rules("SEC103")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
