"""Keep human genomic and health data, secrets and unsafe models out of a repository."""

import sys

__version__ = "0.1.0"

if sys.version_info < (3, 11, 7):  # the least that was run without this; what is right there stays as it is
    from pytest_genomic_guard import _possessive

    _possessive.mend()
