"""What is wrong between facts: one relation a file."""
