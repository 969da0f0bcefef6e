"""Formats of tokens and keys that vendors give out: how each is told, what it opens, where it is revoked.

The `source` of a format is what was opened on 2026-11-22 for its prefix, characters and length: files of a vendor's client, its
documentation, and public rule packs, from which facts were taken and no text: gitleaks/gitleaks of 2026-07-22 (`x.go` is
`cmd/generate/config/rules/x.go`), trufflesecurity/trufflehog of 2026-08-21 (`pkg/detectors`), betterleaks/betterleaks of
2026-07-23 (ids in `config/betterleaks.toml`), mongodb/kingfisher (`data/rules`, now `crates/kingfisher-rules/data/rules`; "2.14":
what `kingfisher rules list` of kingfisher-bin 2.14 prints), praetorian-inc/noseyparker of 2026-02-21, Yelp/detect-secrets 1.5
(`detect_secrets/plugins`), credsweeper 1.19.5 (`rules/config.yaml`), microsoft/security-utilities of 2025-11-12
(`GeneratedRegexPatterns`). "Not confirmed" says that none of what could be opened has it. A format that is told by a name alone
and has no source for its length is a warning (SEC110).
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.accounts import service_account
from pytest_genomic_guard.views.secrets.vendors.found import Seen, found, masked, named
from pytest_genomic_guard.views.secrets.vendors.tables import FORMATS, rules

__all__ = ["FORMATS", "Seen", "found", "masked", "named", "rules", "service_account"]
