"""Code and model files that run what they should not."""
