"""The Section 4 check: from answers to one of six outcomes, with reasons.

The way in is `check.assess`: it reads the edition's table (`check_table`), weighs (`public_interest`), and gives a result
(`check_result`). `lawful_conditions` says which conditions of data protection law count, and `lawful_bases` which of them
are proposed to the holder. `recorded_check` reads back what was recorded; `assessing` reads a check from a file; `questions` are the types.
"""
