"""Complaints about how people's information is used (Data Protection Act 2018 section 164A).

The way in is `receiving.complain`, for anybody, without an account; `handling` acknowledges it, keeps each step, tells the
outcome and deletes it; `views` shows them to those who handle them. `wording` counts the days, `notifications` writes.
"""
