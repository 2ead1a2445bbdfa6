"""Leaving with everything: what is held of a person or an organisation in files that read without the portal (UK GDPR Articles 15 and 20).

`own.own_data` is the way in for a person, and `own.organisation_data` for their organisation; `partnership` gives the whole.
"""
