"""Licences of well-known public models, by the beginning of their id on the Hugging Face Hub: a hint, never a proof.

A small catalogue of November 2026, made from the models' cards on the Hub; licences change between versions of a model, so that it
only ever warns. It holds families that restrict something; what is not here may be under anything. Gemma from version 4 on is not.
"""

from __future__ import annotations

import re

_FAMILIES = (
    (r"meta-llama/(?:meta-)?llama-4", "llama4"),
    (r"meta-llama/(?:meta-)?llama-3\.3", "llama3.3"),
    (r"meta-llama/(?:meta-)?llama-3\.2", "llama3.2"),
    (r"meta-llama/(?:meta-)?llama-3\.1", "llama3.1"),
    (r"meta-llama/(?:meta-)?llama-3-", "llama3"),
    (r"meta-llama/llama-2|(?:meta-llama|codellama)/codellama|epfl-llm/meditron-(?:7|70)b", "llama2"),
    (r"google/(?:gemma-(?:\d+b|1\.1|2-|3-|3n)|codegemma|paligemma|recurrentgemma|shieldgemma|t5gemma)", "gemma"),
    (r"google/(?:medgemma|txgemma|medsiglip)", "health-ai-developer-foundations"),
    (r"bigscience/bloom", "bigscience-bloom-rail-1.0"),
    (r"(?:compvis|runwayml|stable-diffusion-v1-5)/stable-diffusion-(?:v1|inpainting)", "creativeml-openrail-m"),
    (r"stabilityai/stable-diffusion-(?:2|xl)", "openrail++"),
    (r"stabilityai/stable-diffusion-3", "stabilityai-ai-community"),
    (r"bigcode/(?:starcoder|santacoder)", "bigcode-openrail-m"),
    (r"deepfloyd/if-", "deepfloyd-if-license"),
    (r"xai-org/grok-2", "grok2-community"),
    (r"facebook/(?:galactica|nllb|musicgen|mms-|seamless-m4t)", "cc-by-nc-4.0"),
    (r"(?:cohereforai|coherelabs)/(?:c4ai-)?(?:command|aya-(?:23|expanse|vision))", "cc-by-nc-4.0"),
    (r"black-forest-labs/flux\.1-dev", "flux-1-dev-non-commercial-license"),
    (r"instadeepai/(?:nucleotide-transformer|segment_|agro-nucleotide-transformer)", "cc-by-nc-sa-4.0"),
    (r"evolutionaryscale/esm(?:3|c-600m)", "cambrian-non-commercial-license"),
    (r"mahmoodlab/(?:uni|conch|titan)", "cc-by-nc-nd-4.0"),
    (r"paige-ai/virchow2", "cc-by-nc-nd-4.0"),
    (r"bioptimus/h-optimus-1", "cc-by-nc-nd-4.0"),
    (r"owkin/phikon", "owkin-non-commercial"),
)


def licence(name: str) -> str:
    """Return the name of the licence of a public model by its id; empty where the catalogue does not have it."""
    low = name.lower()[:200]
    return next((found for pattern, found in _FAMILIES if re.match(pattern, low)), "")
