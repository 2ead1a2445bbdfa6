"""The log of access requests: freedom of information and subject access (s5, s15), their clocks, partner views, decisions.

`log.log_access` is the way in: a request, its kind and the day by which `clocks` says it must be answered. `clarification`
stops that clock while a question to the person is open; `partner_views` asks those the information came from; `decision`
ends it. `entitlement` finds one for whoever may see it, `views` reads, `reminders` warns, `retention` deletes.
"""
