"""GEN: human individual-level genomic data."""
