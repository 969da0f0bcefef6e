"""What is wrong in one view: one check a file."""
