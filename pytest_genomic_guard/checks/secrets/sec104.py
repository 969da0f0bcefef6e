"""SEC104: keys of providers of language models."""

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


class SEC104(Check[Text]):
    """A key of a provider of language models.

    What it looks for
    -----------------
    Keys of OpenAI in all forms, Anthropic, Google, Azure OpenAI, Cohere, Mistral, Groq, xAI, Perplexity, Together, NVIDIA,
    DeepSeek, OpenRouter, Cerebras, ElevenLabs and others, also as arguments: `client = OpenAI(api_key=...)`.

    Why it matters
    --------------
    Models run on its owner's bill, and with some keys what was sent before, such as notes of patients, can be read.

    What to do instead
    ------------------
    Leave the argument out: clients read `OPENAI_API_KEY` and its like from the environment.

    References
    ----------
    - `source` beside each format in views/secrets/vendors, read 2026-11-22: public rule packs, as few vendors say a length
    """

    code = "SEC104"
    name = "language-model-key"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC2",)
    rules = vendors.rules("SEC104")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
