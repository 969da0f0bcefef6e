"""Relations between models, their cards and what the policy asks of these."""
