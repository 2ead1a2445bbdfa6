"""Complaints about how people's information is used (Data Protection Act 2018 section 164A).

`receiving` takes one from anybody, without an account; `handling` acknowledges it, keeps each step and tells the outcome;
`views` shows them to those who handle them. `wording` counts the days.
"""
