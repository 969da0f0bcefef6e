"""The only rooms that know detect-secrets and bandit: fed bytes in memory, they return our findings, facts or gaps."""
