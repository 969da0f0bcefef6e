"""Files in which programs keep logins, told by their grammar, whatever they are called and wherever they are pasted."""
