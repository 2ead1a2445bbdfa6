"""Sharing statements, access requests and notices of the fictional district, for tests."""

from portal.access_requests.log import NewAccess, log_access
from portal.ground.act import Act, Person
from portal.ground.wording import new_id, today
from portal.rules.edition.editions import edition_in_force
from portal.statements.drafting import answer, begin_statement, name_posts
from portal.statements.signing import StatementSigner, sign_statement
from portal.statements.views import open_statement
from tests.request_builders import CANARY, District

WHY_NAMED = "Each household is helped by name."
SHARING = "Weekly list of broken street lights near Mill Lane"  # a fictional canary of a statement's words
REQUESTER = "Peregrine Oddfellow"  # the fictional person who asks to see information


def a_begun_statement(act: Act, district: District, *, others=None) -> str:
    """A statement that the parish's clerk began with the police."""
    others = others or (district.police.id,)
    return begin_statement(act.as_(district.clerk), SHARING, others, aim="crime", why_named=WHY_NAMED, key=new_id())


def filled(act: Act, statement_id: str, writer: Person, *posts: Person) -> int:
    """Answer every written question and name a post for each writer's organisation; gives the version that stands."""
    mine = act.as_(writer)
    opened = open_statement(mine, statement_id)
    version = opened.version
    for one in edition_in_force(today(act.at)).iss_fields:
        if one.kind == "long_text":
            gateways = ("cda-1998-s115",) if one.key == "lawful_basis" else ()
            version = answer(mine, statement_id, one.key, f"Answer to {one.key}.", version=version, gateways=gateways)
        if one.kind == "marking":
            version = answer(mine, statement_id, one.key, "official_sensitive", version=version, grounds=("distress",))
    for person in (writer, *posts):
        version = name_posts(act.as_(person), statement_id, ((f"Desk of {person.name}", person.id),), version=version)
    return version


def a_complete_statement(act: Act, district: District) -> str:
    """A statement with every answer, which nobody has signed yet."""
    statement_id = a_begun_statement(act, district)
    filled(act, statement_id, district.clerk, district.officer)
    return statement_id


def signed_by(act: Act, statement_id: str, person: Person):
    """Let a person sign the statement as it stands."""
    mine = act.as_(person)
    version = open_statement(mine, statement_id).version
    return sign_statement(mine, statement_id, StatementSigner(name=person.name, post="Approver"), version=version)


def a_statement_in_force(act: Act, district: District) -> str:
    """A statement that parish and police have signed."""
    statement_id = a_complete_statement(act, district)
    signed_by(act, statement_id, district.parish_approver)
    signed_by(act, statement_id, district.inspector)
    return statement_id


def an_access_request(act: Act, district: District, kind: str = "foi", **more) -> str:
    """A request for information that the parish's clerk logged; it names a requester and a person."""
    details = {
        "kind": kind,
        "received_on": today(act.at),
        "requester": REQUESTER,
        "reach": "4 Orchard Row, Anytown",
        "asked_for": f"All that you hold about {CANARY} at Mill Lane",
        **more,
    }
    return log_access(act.as_(district.clerk), NewAccess(**details), key=new_id())
