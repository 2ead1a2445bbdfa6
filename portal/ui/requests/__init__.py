"""Requests on the screen: `fields.draw_fields` for a question, `view` for the request, `decision`, what comes after.

`recorded` shows the check as it was, `assigning` who sees to it, `consents` what the person agreed to, `answer_copy` and `aftermath` what became
of the answer; `depersonalised` is for requests without names.
"""
