"""Any office's file, read safely into sheets of text.

`file_types` tells what it is, `archives` guards zipped workbooks, a reader a form (`xlsx`, `ods`, `xls`, `marked_up`,
`plain_text`) gives `sheets.Workbook`; `reading.read` puts them in order. It runs inside a limited child process: the way in is
`worker.limited.read_limited`.
"""
