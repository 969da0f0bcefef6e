"""PHI: health data of people who can be told."""
