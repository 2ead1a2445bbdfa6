"""Writing a request: the ten contents as tasks, their questions and fields, the draft.

`drafting.begin_request` is the way in. `tasks` lists what is asked, `questions` the page of each task, with `own_questions`,
`data_subject` and `law_questions`; `fields` is what a page is made of and `form_validation` what came back; `contents` fills
the ten and says what is missing. `examples` help, `draft_warning` writes before a draft goes.
"""
