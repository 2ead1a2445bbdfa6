"""The closed session: who is in it, what is disclosed and why, urgent wishes, the Chair's checklist of Appendix 3."""
