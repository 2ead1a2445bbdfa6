"""Structured logs: one JSON line an event, with ids and kinds, and never a person's words."""

import json
import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime

_KEPT = ("reference", "error", "place", "permission", "actor", "page", "count", "seconds", "kind", "status")


class OneLine(logging.Formatter):
    """Format a record as one JSON line. An exception gives its type and place, not its message or source lines."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.msg if record.name.startswith("portal") else "library message",
        }
        line.update({name: getattr(record, name) for name in _KEPT if hasattr(record, name)})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["place"] = place_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def set_up_logs(level: int = logging.INFO) -> None:
    """Send every logger of the process through OneLine to standard error, replacing what libraries installed."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("portal").setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "streamlit", "fontTools", "fpdf", "pyhanko", "alembic"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
        logger.setLevel(logging.ERROR)


def problem(error: BaseException, page: str) -> str:
    """Log an unexpected error under a new reference, by type and place only; returns the reference for the person."""
    reference = secrets.token_hex(4).upper()
    logging.getLogger("portal").error(
        "unexpected error",
        extra={"reference": reference, "error": type(error).__name__, "place": place_of(error), "page": page},
    )
    return reference


def place_of(error: BaseException | None) -> str:
    """Name the files, lines and functions an error came through, without source lines or values."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-8:])
