"""RUN: what the run itself has to say. These rules always run."""
