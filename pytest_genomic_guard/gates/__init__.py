"""Bounds and evidence become verdicts: pass, fail, inconclusive, or an error; never a pass for lack of evidence."""
