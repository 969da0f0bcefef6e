"""Statistics: what gates and checks compute, each with its source."""
