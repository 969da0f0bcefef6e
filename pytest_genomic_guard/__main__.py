"""``python -I -m pytest_genomic_guard`` is ``genomic-guard``, out of reach of the current folder and ``PYTHONPATH``."""

try:
    from pytest_genomic_guard.cli.main import main

    status = main()
except KeyboardInterrupt:  # before the commands are loaded, which is where they catch it themselves
    status = 130
raise SystemExit(status)
