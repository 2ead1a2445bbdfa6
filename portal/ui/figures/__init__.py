"""Figures on a page: `proposing.propose_a_table` asks which, `view.shown` shows a public one, and what partners see of the full counts; `charts` draws."""
