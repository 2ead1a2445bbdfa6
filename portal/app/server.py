"""The ASGI application: Streamlit's st.App with plain routes, security headers and a start-up that refuses unsafe runs."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import starlette.formparsers
import streamlit as st
from starlette.middleware import Middleware
from streamlit.web import bootstrap

from portal.accounts.authentication.passwords import warm_up
from portal.accounts.authentication.providers import providers
from portal.app.file_queue import FileTurns
from portal.app.websockets import Sockets
from portal.duties.scheduled.due import deliver_waiting, do_what_is_due
from portal.ground.act import SYSTEM, Act, act_now
from portal.ground.database import alone
from portal.ground.process.logs import problem, set_up_logs
from portal.ground.process.runtime import Running, running
from portal.ground.settings import ROOT, Settings
from portal.record.kept_head import keep_head
from portal.returns.pipeline.depersonalise import READY_FOR
from portal.spreadsheets.worker.worker_pool import waiting
from portal.web.middleware.faults import PlainFaults
from portal.web.middleware.headers import SecurityHeaders
from portal.web.middleware.hosts import KnownHosts, known_hosts
from portal.web.routes import routes

_MEGABYTE = 1024 * 1024
_POST = 5  # seconds between two looks at the outbox
_MINUTE = 60
_HOUR = 3600


def make_app() -> st.App:
    """Make the application from the settings of this process."""
    settings = running().settings
    providers(settings.sign_in_with)  # a mistake in their file stops the start, and is named
    # The framework's own spooling would write each upload over 1 MB to a temporary file: nothing of an upload may touch a disk.
    starlette.formparsers.MultiPartParser.spool_max_size = (settings.max_upload_mb + 2) * _MEGABYTE
    plain = routes()
    app = st.App(
        ROOT / "portal" / "app" / "main.py",
        routes=plain,
        middleware=[
            Middleware(SecurityHeaders, secure=settings.secure),
            Middleware(KnownHosts, hosts=known_hosts(settings)),
            Middleware(Sockets),
            Middleware(PlainFaults, routes=plain),
            Middleware(FileTurns),
        ],
        lifespan=_lifespan,
        on_script_error=_script_error,
    )
    # Only now, since the configuration file is looked for beside the script that st.App has just made known.
    bootstrap.load_config_options({"server_maxUploadSize": settings.max_upload_mb})
    return app


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    import pandas  # noqa: PLC0415, F401, ICN001 - imported before people come, so that nobody waits for it
    import pyarrow  # noqa: PLC0415, F401, ICN001

    set_up_logs()
    warm_up()
    gc.collect()
    gc.freeze()  # what was loaded at start is never garbage: later collections skip it
    logging.getLogger("portal").info("serving")
    turns = (do_what_is_due, _HOUR), (deliver_waiting, _POST), (_keep_the_head, _MINUTE)
    keeping_up: list[asyncio.Task[object]] = [
        asyncio.create_task(_keep_up(running(), do, every)) for do, every in turns
    ]
    waiting.serve(READY_FOR)
    keeping_up.append(asyncio.create_task(asyncio.to_thread(import_module, "portal.ui.figures.charts")))  # a second
    yield None
    waiting.close()
    for task in keeping_up:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _keep_up(portal: Running, do: Callable[[Act, Settings], object], every: int) -> None:
    """Do something again and again, `every` seconds, off the loop that serves people."""
    while True:
        try:
            await asyncio.to_thread(_once, portal, do)
        except Exception as error:  # noqa: BLE001 - one failure must not end the keeping up
            problem(error, do.__name__)
        await asyncio.sleep(every)


def _once(portal: Running, do: Callable[[Act, Settings], object]) -> None:
    """Do it where no other replica does it now; each keeps the head of the record beside its own keys."""
    with alone(portal.store.engine, do.__name__) as mine:
        if mine or do is _keep_the_head:
            do(act_now(portal.store, SYSTEM), portal.settings)


def _keep_the_head(act: Act, _settings: Settings) -> bool:
    return keep_head(act.store, act.at)


def _script_error(error: BaseException, *_rest: object, **_more: object) -> None:
    problem(error, "script")
