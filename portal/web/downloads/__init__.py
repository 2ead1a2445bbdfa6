"""Files behind a check of who asks; those for anybody are in `portal/web/public`.

`private_files.private_file` is the way in: it gives out what is not for everybody. The other modules are one a journey.
"""
