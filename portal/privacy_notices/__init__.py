"""Privacy notices (fair processing, s6): made from what an organisation really uses.

`notices.make_notice` is the way in; `form_validation` checks the choices, `wording` builds the words.
"""
