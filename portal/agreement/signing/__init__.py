"""Signing the agreement: the journey's answers, the e-mail check, the act itself (`sign`), the manager's confirmation, copies, renewal for a new edition."""
