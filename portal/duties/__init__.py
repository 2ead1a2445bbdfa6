"""What falls due: what is asked of a person, what comes, and what the portal itself must do (deletions, reminders, the post).

`duty` is one thing asked, in one dated sentence; `sources/` asks each journey for its facts; `asked.duties_of` is the way
in for home and To do, `calendar.coming` for the year ahead (`feed` puts it in a diary), `since_last_visit` tells what happened
since somebody was last here. `scheduled` is run by the clock. `search` searches, `takeout` gives all that is held,
`leaving` says what is left when somebody goes, `document_status` what became of any paper.
"""
