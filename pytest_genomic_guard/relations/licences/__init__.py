"""Relations over packages and the evidence of their licences."""
