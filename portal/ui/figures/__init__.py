"""Figures on a page: `proposing` asks which table, `view` shows a published one, and what partners see of the full counts."""
