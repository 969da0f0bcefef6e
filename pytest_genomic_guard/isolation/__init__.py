"""Processes that decode hostile bytes with libraries that parse in C: what starts and ends one, and what one takes upon itself."""
