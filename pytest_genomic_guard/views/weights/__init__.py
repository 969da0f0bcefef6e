"""Model files: what they would run, and what their headers claim. Nothing is loaded."""
