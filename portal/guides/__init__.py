"""Guides: a page for each role on how its work goes, also as a PDF with pictures and as a card.

`guides.guide` reads the words and is the way in; `papers` sets them on paper.
"""
