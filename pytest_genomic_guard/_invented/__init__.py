"""Invented contents of genomic formats, for `testing.samples`: one topic a module."""
