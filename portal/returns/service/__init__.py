"""Returns as an organisation makes them: the calendar, checking an upload, typed counts, submission, withdrawal.

`calendar` and `providers` say what is due of whom, `templates` are empty workbooks; `upload_check.check` tries a file, or
`typed_counts` numbers typed into one of the `count_grids`; `submission.send`, the way in, keeps what was treated. `views` opens it,
`withdrawal` takes it back, `stored_data_review` and `deletion` end it.
"""
