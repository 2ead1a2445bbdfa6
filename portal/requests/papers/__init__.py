"""The sealed papers of a request: the written request with its check, and the decision for each side.

`documents.written_request` is the way in; `decision_words` says a decision in the words of its paper, and
`document_status` what became of a paper, for whoever holds one.
"""
