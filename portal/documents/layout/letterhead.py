"""The head of every paper: the partnership's name and logo, a reference, a marking, and where its seal is checked."""

from datetime import datetime

from portal.documents.layout.frame import Letterhead
from portal.ground.act import Act
from portal.ground.partnership import facts


def letterhead(
    act: Act, reference: str, marking: str = "", *, base_url: str = "", made_at: datetime | None = None
) -> Letterhead:
    """Give the head of a paper.

    Args:
        act: by whoever has it made.
        reference: what stands on it.
        marking: in words, as Appendix 4 asks; '' for everyday work.
        base_url: the portal's own address, where its seal is checked; '' for a paper without a seal.
        made_at: when, where that is not now.
    """
    known = facts(act.store)
    return Letterhead(
        partnership=known.name,
        reference=reference,
        marking=marking,
        made_at=made_at or act.at,
        verify_at=f"{base_url}/verify" if base_url else "",
        logo=known.logo,
    )
