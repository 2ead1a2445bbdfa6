"""Personal data breaches (s9): reported in two minutes, told at once, followed to closing.

`reporting.report_breach` is the way in: `affected_records` says what a loss can be about and whom it concerns, `notifications`
tells them, `follow_up` keeps each step, the regulator's clock, the closing and the deletion; `views` shows them, `wording` names them.
"""
