"""How long everything is kept, and its destruction when that time is over (Section 12; UK GDPR Article 5(1)(e)).

`schedule.toml` is the one retention schedule: what is kept, from when, how long, under which law, who may change it and
how it is destroyed. `purposes` says why people's data is held, for the privacy page. `schedule` reads it, `runner` runs the rules, each in a transaction of its own, or rehearses them.
What a rule deletes is written in the room that keeps it; `portal/duties/scheduled/deletions.py` joins the two. The way in for
reading is `schedule.schedule`, for running `portal.duties.scheduled.deletions.delete_what_is_past`.
"""
