"""What the sender is told: warnings, problems by cell, risk in words, the certificate.

It quotes nothing that identifies anybody.
"""
