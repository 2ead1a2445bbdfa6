"""Files: published ones for anybody, private ones behind a check of the session.

`private_files.private_file` gives out one that is not for everybody; the other modules are one a journey.
"""
