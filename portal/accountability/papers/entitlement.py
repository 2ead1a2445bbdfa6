"""Who may read, keep and sign which paper: the partnership's by its officers, an organisation's own by its own people."""

from portal.accountability.papers.kinds import PaperSubject
from portal.ground.access import Permission, may
from portal.ground.act import Act


def may_read(act: Act, subject: PaperSubject) -> bool:
    """Say whether this person may open it."""
    if subject.organisation_id is None:
        return may(act.person, Permission.READ_ACCOUNTABILITY)
    return may(act.person, Permission.KEEP_OWN_ACCOUNTABILITY, subject.organisation_id)


def may_keep(act: Act, subject: PaperSubject) -> bool:
    """Say whether this person may fill it in and make it."""
    if subject.organisation_id is None:
        return may(act.person, Permission.KEEP_ACCOUNTABILITY)
    return may(act.person, Permission.KEEP_OWN_ACCOUNTABILITY, subject.organisation_id)


def may_sign(act: Act, subject: PaperSubject) -> bool:
    """Say whether this person may sign it: for the partnership also a chair, for an organisation whoever decides for it."""
    if subject.organisation_id is None:
        return may(act.person, Permission.READ_ACCOUNTABILITY)
    return may(act.person, Permission.DECIDE, subject.organisation_id)
