"""The closed session: who is in it, what is disclosed and why, urgent wishes, the Chair's checklist of Appendix 3.

`session.begin_closed_part` is the way in; `disclosures.record_said` keeps what is said, for one of the `purposes` and to those
whom `need_to_know` names. `wish` and `urgent` carry what somebody asks to pass on; `checklist` is Appendix 3's.
"""
