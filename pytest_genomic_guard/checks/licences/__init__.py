"""Checks of licences in the source tree, and of models and data."""
