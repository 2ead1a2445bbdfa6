"""From sending to deciding: the Section 4 check, the urgent path, correspondence, the decision, the answer and its receipt.

In their order: `section4_check` says what stands in the way, `sending.send_request` sends once, or `urgent` at once with
`completing` after it; `assigning` gives it to a colleague, `correspondence` asks back; `decisions` and `holder_basis` check
what an approver decides and `deciding.decide` keeps it, with `attachments`; `answers` opens it, `receipt` says that it came.
"""
