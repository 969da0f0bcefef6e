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
    Tokens of Hugging Face, Weights & Biases, Comet, Neptune, MLflow, Kaggle, Replicate, Databricks, Snowflake, ClearML, Roboflow,
    Lightning, Modal, RunPod, Pinecone, LangSmith, Label Studio, DagsHub and others, in source, cells, outputs, environment files and
    arguments. Those without a form of their own, such as the 40 hexadecimal digits of Weights & Biases, are known by the name before
    them; a revision of a model or an MD5 sum is none.

    Why it matters
    --------------
    It opens private models, and data sets to which their owner alone was admitted: gated data on Hugging Face, tables in a
    workspace. What runs on the platform can hold rows of people.

    What to do instead
    ------------------
    Use `huggingface-cli login`, `wandb login`, `~/.kaggle/kaggle.json` outside of the repository, or the environment.

    References
    ----------
    - Hugging Face: User access tokens
    - Weights & Biases: wandb/sdk/lib/apikey.py
    - Kaggle API: authentication
    """

    code = "SEC103"
    name = "ml-platform-token"
    since = "0.1"
    mend = KEY
    inline = True
    rules = vendors.rules("SEC103")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
