"""What the serving process does beside serving: again and again, whatever fails, and by one replica at a time."""

import asyncio
from contextlib import contextmanager

from portal.app import server
from portal.app.server import _keep_the_head, _keep_up, _once
from portal.record.kept_head import FILE
from tests.unit.portal.record.test_audit import write


def test_where_another_replica_does_what_is_due_this_one_only_keeps_the_head_beside_its_own_keys(
    portal, act, data_dir, monkeypatch
):
    asked, done, mine = [], [], False

    @contextmanager
    def taken(_engine, work):
        asked.append(work)
        yield mine

    def deliver(_act, _settings):
        done.append(len(asked))

    monkeypatch.setattr(server, "alone", taken)
    write(act, 1)
    for do in (deliver, _keep_the_head):
        _once(portal, do)
    assert (done, asked) == ([], ["deliver", "_keep_the_head"])
    assert (data_dir / "keys" / FILE).exists()
    mine = True
    _once(portal, deliver)
    assert done == [3]


def test_what_failed_once_is_tried_again(portal, caplog):
    async def run():
        loop, again, done = asyncio.get_running_loop(), asyncio.Event(), []

        def stumbles(_act, _settings):
            done.append(1)
            if len(done) == 1:
                raise ValueError("Ann Clerk")
            loop.call_soon_threadsafe(again.set)

        keeping_up = asyncio.create_task(_keep_up(portal, stumbles, 0))
        async with asyncio.timeout(30):
            await again.wait()
        keeping_up.cancel()

    asyncio.run(run())
    assert len(caplog.records) == 1
    assert "Ann Clerk" not in caplog.text
