"""What the portal does by the clock: reminders, deletions, the post, and the nightly check of the record.

`due.do_what_is_due` is the way in, run by the server each hour and by `portal due`: `digest` reminds, `deletions` joins each
rule of the schedule of retention to what deletes it, `record_check` says whether the record holds.
"""
