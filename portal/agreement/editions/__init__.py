"""Editions from draft to force: `drafting` by passage, `authorisation` by two people who wrote none of it, or `adoption` of one that came with a release.

The way in for reading is `current.in_force`, and `wording.words_of` for its words with their blanks filled. `passages` parts a
text, `drafting_checks` says what may stand in one, `comparison` shows what changed, `changes` for one reader since they last
looked; `views` shows drafts to those who decide, `edition_paper` makes the paper, `review` keeps the yearly review.
"""
