"""The agreement on the screen.

`edition_text.text` draws an edition, `layers` what it asks of whoever signs, `comparison` what changed, `withholding` what is held
back; `signing` and `signature_check` are the two sides of a signature, `register` and `publication` the public list, `notices`
those of s14, `handling` the markings; `drafting` and `editions` are the manager's.
"""
