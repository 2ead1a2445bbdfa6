"""What is remembered: tables and their constraints, one file a noun, no behaviour."""

from models import (
    accounts,
    aftercare,
    agreements,
    base,
    breaches,
    disclosures,
    drafts,
    meetings,
    minutes,
    nameless,
    organisations,
    partnership,
    record,
    return_queries,
    returns,
    statements,
)

__all__ = [
    "accounts",
    "aftercare",
    "agreements",
    "base",
    "breaches",
    "disclosures",
    "drafts",
    "meetings",
    "minutes",
    "nameless",
    "organisations",
    "partnership",
    "record",
    "return_queries",
    "returns",
    "statements",
]
