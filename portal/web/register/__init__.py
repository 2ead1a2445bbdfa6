"""The public register over plain HTTP: JSON, CSV, HTML, feed and badge.

`signatories.signatories_json` and its twins for CSV and HTML; `feed` for its changes, the badge and the schema.
"""
