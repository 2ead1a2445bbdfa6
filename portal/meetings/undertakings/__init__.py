"""The confidentiality undertaking of Appendix 2: its words (`undertaking_words`), and the one that somebody gave.

`undertaking.undertake` is the way in.
"""
