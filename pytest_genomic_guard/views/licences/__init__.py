"""Licences: what manifests, locks and package metadata say, and what is concluded from it. Nothing here opens a file."""
