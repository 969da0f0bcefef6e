"""What tells a credential: formats of vendors, grammars of files, names beside values, and whether a value is one at all."""
