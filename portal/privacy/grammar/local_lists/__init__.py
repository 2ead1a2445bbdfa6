"""A partnership's own lists before they are believed: looked over, and read from files.

`list_check.checked` is the way in: what stands on a list stays in every return, so no person and no home may.
`list_files` reads a folder of lists for the command line.
"""
