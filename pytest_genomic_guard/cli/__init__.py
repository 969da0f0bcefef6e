"""The command line: ``genomic-guard``."""
