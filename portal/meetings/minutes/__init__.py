"""Agenda, minutes, actions and the restricted appendix: written, scanned for what points to a person, circulated, published.

`agenda` and `actions` are kept item by item; `minute_takers` says who may write; `writing.save` is the way in, and
`identifier_check` looks through each text; `circulation` takes the `stages`; `reading` and `appendix` open them to those who
may; `papers` makes the papers.
"""
