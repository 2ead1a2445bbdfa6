"""What is remembered: tables and their constraints, one file a noun, no behaviour."""

from models import (
    accounts,
    agreements,
    base,
    disclosures,
    drafts,
    meetings,
    minutes,
    organisations,
    partnership,
    record,
    returns,
    statements,
)

__all__ = [
    "accounts",
    "agreements",
    "base",
    "disclosures",
    "drafts",
    "meetings",
    "minutes",
    "organisations",
    "partnership",
    "record",
    "returns",
    "statements",
]
