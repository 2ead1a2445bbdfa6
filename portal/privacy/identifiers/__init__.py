"""Direct identifiers: finding them in one text (`finding`) or in whole columns (`scanning`), across two cells (`across_cells`), and as a profile of a column that is dropped."""
