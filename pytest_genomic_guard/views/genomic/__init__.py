"""Genomic content other than variant calls: what it is, and what it says about people.

Three ways lead here. A binary format is known by its magic (`binary`), a text by its first lines (`head`, `texts`), a table by its
columns (`kinds`, which the checks of tables ask). One format, or family of formats, is one module, imported when its mark is there.
"""
