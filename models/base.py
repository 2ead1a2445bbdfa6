"""What every table shares: constraint names that migrations can rely on, and the types that keep their meaning on both databases."""

from datetime import datetime

from sqlmodel import Field, SQLModel

# Set before any table is declared: SQLite can only alter a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

__all__ = ["Field", "SQLModel", "datetime"]
