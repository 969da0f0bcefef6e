"""The cards of models and data: which file is one, and which sections it states with content."""
