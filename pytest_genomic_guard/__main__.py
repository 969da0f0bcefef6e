"""``python -I -m pytest_genomic_guard`` is ``genomic-guard``, out of reach of the current folder and ``PYTHONPATH``."""

from pytest_genomic_guard.cli.main import main

raise SystemExit(main())
