"""By what a model sounds like a generative one: a hint, of a closed list, and never more."""

from __future__ import annotations

import re

CAUSAL, DIFFUSION, GAN, VAE, DECODER = "causal language model", "diffusion", "GAN", "VAE", "scVI-type decoder"
TEXTS = "text generator"
HINTS = (CAUSAL, DIFFUSION, GAN, VAE, DECODER, TEXTS)

_CLASSES = (
    (CAUSAL, re.compile(r"(?:ForCausalLM|LMHeadModel|ForLanguageModelGeneration)$|^(?:Causal|Decoder)LM")),
    (TEXTS, re.compile(r"(?:ForConditionalGeneration|Seq2SeqLM|ForSeq2Seq\w{0,20}|ForSpeechSeq2Seq|ForVision2Seq)$")),
    (DIFFUSION, re.compile(r"(?i)diffusion|^UNet[23]D(?:Condition)?Model$|Transformer2DModel$|DDP[MI]|DDIM|StableCascade")),
    (
        GAN,
        re.compile(
            r"(?i:(?<![a-z])(?:w|dc|c|cyclic|cycle|style|pro|info|star|med|pix2pix|vq|big|ls|sr|esr)?[-_]?gans?(?![a-z]))|GAN(?:$|[A-Z_\d])"
        ),
    ),
    (VAE, re.compile(r"(?i)autoencoderkl|variational[-_ ]?autoencoder|(?:^|[^a-z])(?:c|beta|vq)?[-_]?vae(?![a-z])|VAE")),
    (DECODER, re.compile(r"^(?:SCVI|SCANVI|TOTALVI|LinearSCVI|PEAKVI|MULTIVI|AUTOZI|CellAssign|GIMVI|DestVI)$|(?i:scvi|scgen)")),
)
_TENSORS = (
    (DIFFUSION, (re.compile(rb"diffusion_model\."), re.compile(rb"down_blocks\.\d"), re.compile(rb"up_blocks\.\d")), 2),
    (DIFFUSION, (re.compile(rb"time_embed(?:ding)?\.|time_mlp\."), re.compile(rb"(?:down|up|input|output)_?(?:blocks|s)\.\d")), 2),
    (DECODER, (re.compile(rb"z_encoder\."), re.compile(rb"(?:px_|decoder\.)")), 2),
    (VAE, (re.compile(rb"(?<!post_)quant_conv\."), re.compile(rb"decoder\.")), 2),
    (VAE, (re.compile(rb"(?:fc|linear|z)_?(?:mu|mean)\b"), re.compile(rb"(?:fc|linear|z)_?(?:log_?)?(?:var|sigma|std)")), 2),
    (
        CAUSAL,
        (
            re.compile(rb"lm_head\.weight|embed_out\.weight"),
            re.compile(rb"model\.layers\.\d+\.self_attn|\bh\.\d+\.attn|gpt_neox\."),
        ),
        2,
    ),
    (CAUSAL, (re.compile(rb"\bh\.\d+\.attn\.c_attn"),), 1),
    (GAN, (re.compile(rb"(?:^|[^a-z])(?:generator|netG|G)\."), re.compile(rb"(?:^|[^a-z])(?:discriminator|netD|D)\.")), 2),
)
# architectures of GGUF that write no text (ggml-org/llama.cpp, gguf-py/gguf/constants.py)
_READING = re.compile(r"(?:.*bert.*|clip.*|t5encoder|wavtokenizer.*|mmproj|gritlm-embed)")
_ABSORBING = re.compile(r"(?:t5|bart).*")


def of_class(name: str) -> str:
    """Return the hint that the name of a class or architecture is, empty for none."""
    return next((hint for hint, rule in _CLASSES if rule.search(name)), "")


def of_tensors(names: bytes) -> str:
    """Return the hint that the names of tensors are, as they stand in a file or one a line."""
    for hint, rules, least in _TENSORS:
        if sum(rule.search(names) is not None for rule in rules) >= least:
            return hint
    return ""


def of_gguf(architecture: str) -> str:
    """Return the hint that an architecture of GGUF is."""
    name = architecture.lower()
    if not name or _READING.fullmatch(name):
        return ""
    if name in {"sd1", "sd3", "sdxl", "flux", "aura", "hidream", "wan", "ltxv", "cosmos", "hyvid", "lumina2", "qwen_image"}:
        return DIFFUSION
    return TEXTS if _ABSORBING.fullmatch(name) else CAUSAL
