"""Signing the agreement: the journey's answers, the e-mail check, the act itself, the manager's confirmation, copies, renewal for a new edition.

In the order of a signing: `journey` keeps the answers, `email_check` sends a code, `eligibility` says who may sign and
`delegation` passes it on to them; `sign.sign` is the act, and the way in; `evidence` is what the manager sees and
`confirmation` what they decide; `copies` issues the signed copy. `on_paper` records one made by hand, `renewal` asks those
who have not signed a new edition yet.
"""
