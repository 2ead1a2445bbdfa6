"""The words of a statement and its sealed papers, and those of access requests and privacy notices, made alike.

`documents.statement_in_force` is the way in: it makes the paper of the words that `wording` reads, checks and hashes for
signing. `document_status` says what became of a paper, for whoever holds one.
"""
