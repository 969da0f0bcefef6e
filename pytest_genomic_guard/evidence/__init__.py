"""Inputs that are no content to be scanned, each with its digest."""
