"""By what a model sounds like a generative one: a hint, of a closed list, and never more."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

CAUSAL, DIFFUSION, GAN, VAE, DECODER = "causal language model", "diffusion", "GAN", "VAE", "scVI-type decoder"
TEXTS = "text generator"
HINTS = (CAUSAL, DIFFUSION, GAN, VAE, DECODER, TEXTS)

_CLASSES = (
    (CAUSAL, regex(r"(?:ForCausalLM|LMHeadModel|ForLanguageModelGeneration)$|^(?:Causal|Decoder)LM")),
    (TEXTS, regex(r"(?:ForConditionalGeneration|Seq2SeqLM|ForSeq2Seq\w{0,20}|ForSpeechSeq2Seq|ForVision2Seq)$")),
    (DIFFUSION, regex(r"(?i)diffusion|^UNet[23]D(?:Condition)?Model$|Transformer2DModel$|DDP[MI]|DDIM|StableCascade")),
    (
        GAN,
        regex(
            r"(?i:(?<![a-z])(?:w|dc|c|cyclic|cycle|style|pro|info|star|med|pix2pix|vq|big|ls|sr|esr)?[-_]?gans?(?![a-z]))|GAN(?:$|[A-Z_\d])"
        ),
    ),
    (VAE, regex(r"(?i)autoencoderkl|variational[-_ ]?autoencoder|(?:^|[^a-z])(?:c|beta|vq)?[-_]?vae(?![a-z])|VAE")),
    (DECODER, regex(r"^(?:SCVI|SCANVI|TOTALVI|LinearSCVI|PEAKVI|MULTIVI|AUTOZI|CellAssign|GIMVI|DestVI)$|(?i:scvi|scgen)")),
)
_TENSORS = (
    (DIFFUSION, (regex(rb"diffusion_model\."), regex(rb"down_blocks\.\d"), regex(rb"up_blocks\.\d")), 2),
    (DIFFUSION, (regex(rb"time_embed(?:ding)?\.|time_mlp\."), regex(rb"(?:down|up|input|output)_?(?:blocks|s)\.\d")), 2),
    (DECODER, (regex(rb"z_encoder\."), regex(rb"(?:px_|decoder\.)")), 2),
    (VAE, (regex(rb"(?<!post_)quant_conv\."), regex(rb"decoder\.")), 2),
    (VAE, (regex(rb"(?:fc|linear|z)_?(?:mu|mean)\b"), regex(rb"(?:fc|linear|z)_?(?:log_?)?(?:var|sigma|std)")), 2),
    (
        CAUSAL,
        (
            regex(rb"lm_head\.weight|embed_out\.weight"),
            regex(rb"model\.layers\.\d+\.self_attn|\bh\.\d+\.attn|gpt_neox\."),
        ),
        2,
    ),
    (CAUSAL, (regex(rb"\bh\.\d+\.attn\.c_attn"),), 1),
    (GAN, (regex(rb"(?:^|[^a-z])(?:generator|netG|G)\."), regex(rb"(?:^|[^a-z])(?:discriminator|netD|D)\.")), 2),
)
# architectures of GGUF that write no text (ggml-org/llama.cpp, gguf-py/gguf/constants.py)
_READING = regex(r"(?:.*bert.*|clip.*|t5encoder|wavtokenizer.*|mmproj|gritlm-embed)")
_ABSORBING = regex(r"(?:t5|bart).*")


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
