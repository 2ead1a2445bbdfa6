"""The people of the demonstration: the first manager sets the portal up, and invites everybody else."""

from datetime import datetime, timedelta

from portal.accounts.authentication.password_reset import account_id_of
from portal.accounts.invitations import accept, invite
from portal.agreement.editions.adoption import bring_into_force, preparation
from portal.demonstration.stage import DemonstrationStage, Table, read
from portal.ground.act import PUBLIC, SYSTEM, Person, Role, RolePost
from portal.ground.wording import today
from portal.partnership.changes import change_blanks, confirm_facts, strike_facts, unconfirmed
from portal.partnership.set_up import SetUp, set_up
from portal.rules.edition.editions import edition_in_force, editions

FOUNDED = 730  # days ago


def found(stage: DemonstrationStage, told: Table) -> None:
    """Set the portal up as its first manager did, then note the invitations and what the manager confirmed since."""
    first = told["manager"]
    at = stage.day(FOUNDED, "09:00")
    answers = SetUp(
        placeholders=told["blanks"],
        name=first["name"],
        email=first["email"],
        position=first["position"],
        password=stage.password,
        demonstration=True,
    )
    set_up(stage.act(SYSTEM, at), answers)
    stage.people["manager"] = _person(stage, first, at, frozenset({RolePost(role=Role.MANAGER)}))
    for person in told["people"]:
        _note_invitation(stage, person, stage.day(person["ago"], "09:30"))
    later = editions()[-1].about.law_as_of
    begins = stage.day((today(stage.now) - later).days, "08:00")
    if begins > at:
        stage.scene(begins, lambda: _bring_into_force(stage, told, begins))
    for group in told["confirmed"]:
        _note_facts(stage, group, stage.day(group["ago"], "15:00"))


def _bring_into_force(stage: DemonstrationStage, told: Table, at: datetime) -> None:
    """Fill the last blanks, settle every fact of the newer edition, and let two people authorise it."""
    act = stage.by("manager", at)
    change_blanks(act, told["blanks_later"])
    of = edition_in_force(today(at))
    for fact in unconfirmed(act, of):
        if fact.may_be_struck:
            strike_facts(act, of, [fact.key], told["settled"]["struck"])
        else:
            confirm_facts(act, of, [fact.key], told["settled"]["confirmed"])
    for who in ("manager2", "chair"):
        by = stage.by(who, at)
        coming = preparation(by)
        if coming is not None:
            bring_into_force(by, shown_sha256=coming.sha256, link=lambda path: f"{stage.base_url}{path}")


def join(stage: DemonstrationStage, organisation: Table, ago: float) -> None:
    """Note how two people come to act for an organisation: an approver whom the manager invites, and who invites a partner."""
    word, key = organisation["people"]["word"], organisation["key"]
    for number, role in enumerate(("approver", "partner")):
        name, position = organisation["people"][role]
        person = {
            "key": f"{key}.{role}",
            "name": name,
            "position": position,
            "email": f"{word}.{role}@example.org",
            "roles": [role],
            "organisation": key,
            "inviter": f"{key}.approver" if number else "manager",
        }
        _note_invitation(stage, person, stage.day(ago - number, "11:00"))


def addresses() -> list[tuple[str, str]]:
    """List who can sign in: what they are, and their address."""
    told = read("partnership")
    listed = [
        (person["position"], person["email"]) for person in (told["manager"], *told["people"]) if "left" not in person
    ]
    for organisation in read("organisations")["organisation"]:
        if "people" in organisation:
            word = organisation["people"]["word"]
            listed.append((organisation["name"], f"{word}.approver@example.org, {word}.partner@example.org"))
    return listed


def _note_invitation(stage: DemonstrationStage, person: Table, at: datetime) -> None:
    stage.scene(at, lambda: _invite(stage, person, at))


def _invite(stage: DemonstrationStage, person: Table, at: datetime) -> None:
    organisation_id = stage.organisations.get(person.get("organisation", ""))
    if person.get("organisation") and organisation_id is None:
        return
    roles = [Role(role) for role in person["roles"]]
    by = stage.by(person.get("inviter", "manager"), at)
    secret = invite(by, person["email"], roles[0], organisation_id, base_url=stage.base_url).rpartition("/")[2]
    posts = frozenset(RolePost(role=role, organisation_id=organisation_id) for role in roles)
    accepted = at + timedelta(minutes=20)

    def take_up() -> None:
        who = {key: person[key] for key in ("name", "position")}
        accept(stage.act(PUBLIC, accepted), secret, **who, password=stage.password)
        stage.people[person["key"]] = _person(stage, person, accepted, posts)

    stage.scene(accepted, take_up)


def _person(stage: DemonstrationStage, told: Table, at: datetime, posts: frozenset[RolePost]) -> Person:
    return Person(
        id=account_id_of(stage.act(SYSTEM, at), told["email"]),
        name=told["name"],
        email=told["email"],
        position=told["position"],
        posts=posts,
    )


def _note_facts(stage: DemonstrationStage, group: Table, at: datetime) -> None:
    def confirm() -> None:
        act = stage.by("manager", at)
        of = edition_in_force(today(at))
        still = {one.key for one in unconfirmed(act, of)}
        if left := [fact for fact in group["facts"] if fact in still]:
            confirm_facts(act, of, left, group["how"])

    stage.scene(at, confirm)
