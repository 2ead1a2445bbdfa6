"""What is remembered: tables and their constraints, one file a noun, no behaviour."""

from models import accounts, base, drafts, organisations, partnership, record

__all__ = ["accounts", "base", "drafts", "organisations", "partnership", "record"]
