"""The agreement as it is lived: `editions` (drafted, authorised, in force), `signing`, the public `register`, `notices` of suspension and termination (s14), `withholding` from publication (s15)."""
