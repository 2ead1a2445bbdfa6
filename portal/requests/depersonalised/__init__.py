"""Requests for depersonalised data, which need no Section 4 check (s6): asking, answering, and the check that nothing in them points to a person.

`depersonalised_request.ask_without_names` is the way in; `identifier_check` reads what is asked and answered; `answers` answers,
with `figure_files` that `figure_reading` read in the limited child; `views` shows both sides, `deletion` ends it.
"""
