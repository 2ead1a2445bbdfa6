"""Returns as the officer reviews them: comparison with earlier quarters, questions and answers.

`comparison.compare` is the way in, over the `tallies` of each return; `combined_risk` is what returns tell together. `query`
asks and answers, `query_views` lists what waits.
"""
