"""Credentials of biomedical programmes: which words tell of a programme, which values its credentials are, and where both meet."""
