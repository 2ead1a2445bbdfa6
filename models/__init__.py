"""What is remembered: tables and their constraints, one file a noun, no behaviour."""

from models import accounts, agreements, base, drafts, meetings, organisations, partnership, record

__all__ = ["accounts", "agreements", "base", "drafts", "meetings", "organisations", "partnership", "record"]
