"""Losses of shared information: reported in two minutes, told at once, followed to their closing (s9)."""
