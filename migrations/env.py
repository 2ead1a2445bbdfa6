"""How Alembic reaches the store: through the connection that portal.ground.database gives it."""

from alembic import context
from sqlmodel import SQLModel

import models  # noqa: F401 - every table must be known

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
