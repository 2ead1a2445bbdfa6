"""The segments of a place: `writing` settles what a word is by how it is written, `pieces` judges each row of words, `beside` what stands beside it.

Start at `pieces.pieces_between_marks`; `portal.privacy.grammar.place` calls the three in this order.
"""
