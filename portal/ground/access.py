"""Who may do what: permissions by role. What is not written here is not allowed; `page_access` says who may open which page."""

import logging
from enum import StrEnum, auto

from portal.ground.act import Act, Person, Role
from portal.ground.errors import NotAllowedError

log = logging.getLogger("portal.ground.access")


class Permission(StrEnum):
    """A thing that may be done; each service function asks for one."""

    INVITE_ANYBODY = auto()
    INVITE_OWN = auto()
    MANAGE_PEOPLE = auto()
    CONFIRM_SIGNATURES = auto()
    CONFIRM_FACTS = auto()
    DRAFT_EDITION = auto()
    AUTHORISE_EDITION = auto()
    PROPOSE_WITHHOLDING = auto()
    ANSWER_WITHHOLDING = auto()
    READ_WITHHOLDING = auto()
    DECIDE_WITHHOLDING = auto()
    READ_OUTBOX = auto()
    READ_AUDIT = auto()
    CHANGE_SETTINGS = auto()
    SUSPEND_OWN = auto()
    SUSPEND_ANY = auto()
    ASK = auto()
    ANSWER = auto()
    DECIDE = auto()
    SEND_RETURN = auto()
    OPEN_OWN_RETURN = auto()
    OPEN_ANY_RETURN = auto()
    QUERY_RETURN = auto()
    SET_PROVIDERS = auto()
    LOAD_PLACES = auto()
    PLAN_MEETINGS = auto()
    CHAIR_MEETING = auto()
    READ_MEETING_PAPERS = auto()
    EXPORT_SIGNER = auto()
    WRITE_STATEMENT = auto()
    SIGN_STATEMENT = auto()
    READ_ANY_STATEMENT = auto()
    KEEP_ACCESS_LOG = auto()
    DECIDE_ACCESS = auto()
    WRITE_PRIVACY_NOTICE = auto()
    REPORT_BREACH = auto()
    READ_BREACHES = auto()
    CLOSE_BREACH = auto()
    HANDLE_COMPLAINTS = auto()
    READ_ACCOUNTABILITY = auto()
    KEEP_ACCOUNTABILITY = auto()
    KEEP_OWN_ACCOUNTABILITY = auto()
    SEE_OWN_FIGURES = auto()
    SEE_ALL_FIGURES = auto()
    SEE_SHARED_PICTURE = auto()
    PROPOSE_FIGURES = auto()
    APPROVE_FIGURES = auto()


# What everybody who acts for an organisation may write down for it.
_KEEPS = frozenset(
    {
        Permission.WRITE_STATEMENT,
        Permission.KEEP_ACCESS_LOG,
        Permission.WRITE_PRIVACY_NOTICE,
        Permission.REPORT_BREACH,
        Permission.SEE_OWN_FIGURES,
        Permission.SEE_SHARED_PICTURE,
        Permission.READ_MEETING_PAPERS,
        Permission.KEEP_OWN_ACCOUNTABILITY,
    }
)
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.PARTNER: _KEEPS | {Permission.ASK, Permission.ANSWER, Permission.SEND_RETURN, Permission.OPEN_OWN_RETURN},
    Role.APPROVER: _KEEPS
    | {
        Permission.SIGN_STATEMENT,
        Permission.DECIDE_ACCESS,
        Permission.ASK,
        Permission.ANSWER,
        Permission.DECIDE,
        Permission.SEND_RETURN,
        Permission.OPEN_OWN_RETURN,
        Permission.INVITE_OWN,
        Permission.SUSPEND_OWN,
        Permission.PROPOSE_WITHHOLDING,
        Permission.ANSWER_WITHHOLDING,
        Permission.READ_WITHHOLDING,
    },
    Role.CHAIR: frozenset(
        {
            Permission.READ_ACCOUNTABILITY,
            Permission.PLAN_MEETINGS,
            Permission.CHAIR_MEETING,
            Permission.READ_MEETING_PAPERS,
            Permission.REPORT_BREACH,
            Permission.READ_BREACHES,
            Permission.AUTHORISE_EDITION,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.READ_ACCOUNTABILITY,
            Permission.KEEP_ACCOUNTABILITY,
            Permission.HANDLE_COMPLAINTS,
            Permission.READ_MEETING_PAPERS,
            Permission.REPORT_BREACH,
            Permission.OPEN_ANY_RETURN,
            Permission.QUERY_RETURN,
            Permission.SET_PROVIDERS,
            Permission.LOAD_PLACES,
            Permission.PLAN_MEETINGS,
            Permission.READ_ANY_STATEMENT,
            Permission.SEE_ALL_FIGURES,
            Permission.SEE_SHARED_PICTURE,
            Permission.PROPOSE_FIGURES,
            Permission.APPROVE_FIGURES,
            Permission.AUTHORISE_EDITION,
        }
    ),
    Role.MANAGER: frozenset(
        {
            Permission.READ_ACCOUNTABILITY,
            Permission.KEEP_ACCOUNTABILITY,
            Permission.HANDLE_COMPLAINTS,
            Permission.DRAFT_EDITION,
            Permission.APPROVE_FIGURES,
            Permission.PROPOSE_WITHHOLDING,
            Permission.READ_WITHHOLDING,
            Permission.DECIDE_WITHHOLDING,
            Permission.AUTHORISE_EDITION,
            Permission.READ_MEETING_PAPERS,
            Permission.REPORT_BREACH,
            Permission.READ_BREACHES,
            Permission.CLOSE_BREACH,
            Permission.EXPORT_SIGNER,
            Permission.INVITE_ANYBODY,
            Permission.MANAGE_PEOPLE,
            Permission.CONFIRM_SIGNATURES,
            Permission.CONFIRM_FACTS,
            Permission.READ_OUTBOX,
            Permission.READ_AUDIT,
            Permission.CHANGE_SETTINGS,
            Permission.SUSPEND_ANY,
            Permission.SET_PROVIDERS,
            Permission.LOAD_PLACES,
            Permission.PLAN_MEETINGS,
            Permission.READ_ANY_STATEMENT,
        }
    ),
}


# Whoever decides, publishes or gives others their roles: a password that somebody saw must not be enough. A role that is
# added needs it too, until it stands here among those that do not.
NEEDS_SECOND_STEP = frozenset(Role) - {Role.PARTNER, Role.CHAIR}


def may(person: Person, permission: Permission, organisation_id: str | None = None) -> bool:
    """Say whether a person may do this (for that organisation, where the role acts for one)."""
    return any(
        permission in GRANTED[post.role]
        and (organisation_id is None or post.organisation_id in {None, organisation_id})
        for post in person.posts
    )


def allow(act: Act, permission: Permission, organisation_id: str | None = None) -> None:
    """Go on only if the person may; raises NotAllowedError, and the refusal is logged without personal data."""
    if not may(act.person, permission, organisation_id):
        log.warning("refused", extra={"permission": permission.value, "actor": act.person.id})
        raise NotAllowedError
