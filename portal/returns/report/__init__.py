"""What the sender is told: warnings, problems by cell, risk in words, the certificate. It quotes nothing that identifies anybody.

`report.accepted` is the way in, and `file_report` the type it writes and reads back. `warnings`, `problems` with their
`problem_groups` and `problem_list`, `risk_wording` and `preview` are its parts; `masking` and `showable` say what may be shown of a
heading or a cell; `certificate` is the paper.
"""
