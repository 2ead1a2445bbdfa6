"""The agreement as it is lived: `editions` (drafted, authorised, in force), `signing`, the public `register`, `notices` of suspension and termination (s14), `withholding` from publication (s15).

The ways in: `signing.sign.sign` binds an organisation, `notices.standing.require_active` is the gate that other rooms ask,
`editions.current.in_force` gives the edition of today. `verification` checks a paper or a reference for anybody.
"""
