"""Formats of tokens and keys that vendors give out: how each is told, what it opens, where it is revoked."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.accounts import service_account
from pytest_genomic_guard.views.secrets.vendors.found import Seen, found, named
from pytest_genomic_guard.views.secrets.vendors.tables import FORMATS, rules

__all__ = ["FORMATS", "Seen", "found", "named", "rules", "service_account"]
