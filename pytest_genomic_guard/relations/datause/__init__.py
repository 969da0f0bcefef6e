"""Relations between data under terms, what is made from them, and the register of their terms."""
