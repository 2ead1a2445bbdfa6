"""People's names: `cues`, `runs` of words told by the `lexicon`, and the `safe_phrases` that look like names and are places.

`people.find_names` is the way in; `vocabulary` holds the phrases that a column is known to have.
"""
