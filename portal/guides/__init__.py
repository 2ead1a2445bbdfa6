"""Guides: a page for each role on how its work goes, also as a PDF with pictures and as a card; `guides` reads the words."""
