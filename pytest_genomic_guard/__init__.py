"""Keep human genomic and health data, secrets and unsafe models out of a repository."""

__version__ = "0.1.0"
