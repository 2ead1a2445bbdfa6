"""Withholding passages from publication (s15): proposals, answers, the decision, and the text as the public reads it."""
