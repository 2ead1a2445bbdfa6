"""The confidentiality undertaking of Appendix 2: its words, and the undertaking that somebody gave."""
