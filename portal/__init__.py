"""What is done: the rooms of the portal.

From the ground up: ground, rules, privacy, spreadsheets; record, documents; accounts, partnership, agreement,
meetings, requests, statements, access_requests, privacy_notices, returns, incidents; duties, paper_forms; ui and
web; app.
"""

VERSION = "0.2.0"
