"""The state of the record, walked each time the manager looks, while it is short enough for that."""

from portal.ground.act import Act
from portal.record.audit import ChainVerdict, head, verify
from portal.record.kept_head import difference

_WALKED_AT_ONCE = 20_000  # entries: about half a second


def record_state(act: Act) -> ChainVerdict | None:
    """Compare the record with the head kept outside it, and walk it where it is short enough; None where it is not."""
    why = difference(act.store)
    number, newest = head(act.store)
    if why:
        return ChainVerdict(entries=number, head=newest, broken_at=number + 1, why=why)
    return verify(act.store) if number <= _WALKED_AT_ONCE else None
