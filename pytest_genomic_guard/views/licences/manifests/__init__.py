"""The readers of manifests and locks, one format a module: ``read(data, path)`` gives a `Manifest`, or None where it is none.

Everything here is fed bytes that somebody else wrote. Nothing is run, resolved or fetched; what cannot be parsed is `DAMAGED`
(`damaged.py`), what can be parsed but not understood is counted in ``Manifest.unread``. Of addresses nothing is kept but the
name of the package.
"""
