"""The places that the partnership knows: its own lists, loaded from spreadsheets (`place_lists`), and its secret places, kept as keyed hashes alone (`secret_places`).

`list_reading` reads a spreadsheet in the limited child. `known_places.known_places` is what the engine of returns is given.
"""
