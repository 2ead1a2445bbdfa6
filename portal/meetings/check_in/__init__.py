"""Check-in at the door: the code, who comes, signing the attendance list, on a phone, a tablet or paper.

`door` opens with a code that `codes` makes; `attendees` says what a person tells of themselves, `understanding_check` asks three questions
at a first signature, and `signing.sign` is the way in. `by_link` knows who signed before on another phone, `tablet` goes
round, `scans` are of paper. `attendance` is the Chair's side, `corrections` puts names right, `attendance_list` makes the paper.
"""
