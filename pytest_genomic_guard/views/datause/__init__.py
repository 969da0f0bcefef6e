"""Whose data are used: accessions of controlled archives, and code that publishes what was made from them."""
