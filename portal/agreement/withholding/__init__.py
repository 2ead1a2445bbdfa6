"""Withholding passages from publication (s15).

`proposals.propose` is the way in: a partner proposes, partners answer, the manager decides. `withheld` gives the text as the
public reads it; `views` shows proposals to those who may know the words.
"""
