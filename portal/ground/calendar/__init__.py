"""The working calendar of England: working days, bank holidays, and months counted as the law counts them. Pure.

`working_calendar.working_days_after` is the way in; `bank_holidays` computes the holidays from a table of rules.
"""
