"""How bytes become readable. A view returns a Gap instead of raising, and no view imports, unpickles or renders what it reads."""
