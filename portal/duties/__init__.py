"""What falls due: what is asked of a person, what comes, and what the portal itself must do (deletions, reminders, the post).

`duty` is one thing asked, in one dated sentence; `sources/` asks each journey for its facts; `asked.duties_of` is the way
in for home and To do, `calendar.coming` for the year ahead (`feed` puts it in a diary), `meanwhile` tells what happened
since somebody was last here. `due.do_what_is_due` is run by the clock; `deletions` joins each rule of the schedule of
retention to what deletes it. `document_status` says what became of any paper, `record_check` whether the record holds.
"""
