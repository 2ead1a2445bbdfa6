"""Organisations come to the agreement: each signs as anybody would, and the manager decides; some stop, or leave."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.agreement.editions.wording import words_in_force
from portal.agreement.errors import AlreadySignedError
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.agreement.reach import Reach
from portal.agreement.register.organisations import KnownOrganisation, NewOrganisation, find
from portal.agreement.signing import confirmation, journey
from portal.agreement.signing.email_check import give_address
from portal.agreement.signing.sign import sign
from portal.demonstration.accounts import join
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.act import PUBLIC
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force

_HOW = "Rang the switchboard on the number of the public website, and read the scheme of delegation."
_NO_MAIL = "No mail could be sent, so the address was checked by telephone as well."


def note(stage: DemonstrationStage, organisations: list[Table]) -> None:
    """Note every organisation's signatures, notices and people in the diary."""
    for number, told in enumerate(organisations):
        for turn, ago in enumerate(told["signed"]):
            at = stage.day(ago, f"{9 + number % 7:02d}:{7 * number % 60:02d}")
            last = turn == len(told["signed"]) - 1
            fate = told.get("fate", "confirmed") if last else told.get("first", "confirmed")
            stage.scene(at, _signing(stage, told, at, fate))
        for kind, word in (
            (NoticeEffect.SUSPENSION, "suspended"),
            (NoticeEffect.LIFTING, "lifted"),
            (NoticeEffect.WITHDRAWAL, "left"),
        ):
            if word in told:
                at = stage.day(told[word], "14:10")
                stage.scene(at, _notice(stage, told, kind, at))
        if "people" in told:
            join(stage, told, told["signed"][0] - 4)


def _signing(stage: DemonstrationStage, told: Table, at: datetime, fate: str) -> Callable[[], None]:
    def play() -> None:
        if not edition_in_force(today(at)).has_kind(told["kind"]):
            return  # loaded on a day when this kind of body did not yet stand in the agreement
        secret, signed = _fill_in(stage, told, at), at + timedelta(minutes=12)
        stage.scene(signed, lambda: _sign(stage, told, secret, signed, fate))

    return play


def _fill_in(stage: DemonstrationStage, told: Table, at: datetime) -> str:
    """Go through the signing journey page by page, up to its last one; returns what holds its answers."""
    act = stage.act(PUBLIC, at)
    name, position = told["signer"]
    secret = journey.begin(act)
    give_address(act, secret, f"{told['key']}.signer@example.org", _reach(stage))
    known = _known(stage, told)
    if known is not None:
        journey.choose_organisation(act, secret, known.id)
    else:
        new = NewOrganisation(name=told["name"], kind=told["kind"], contact=told["contact"])
        journey.describe_organisation(act, secret, new)
    journey.answer_right(act, secret, protocol="yes", authority="yes")
    journey.have_read(act, secret, words_in_force(stage.store, today(at)).sha256)
    journey.answer_name(act, secret, name=name, position=position, typed=name, drawing="")
    return secret


def _sign(stage: DemonstrationStage, told: Table, secret: str, at: datetime, fate: str) -> None:
    try:
        made = sign(stage.act(PUBLIC, at), secret, _reach(stage))
    except AlreadySignedError:
        return  # loaded on a day when both signatures fall under one edition
    known = _known(stage, told)
    if known is not None:
        stage.organisations[told["key"]] = known.id
    if fate != "waiting":
        decided = at + timedelta(hours=26)
        stage.scene(decided, lambda: _decide(stage, told, made.id, fate, min(decided, stage.last)))


def _known(stage: DemonstrationStage, told: Table) -> KnownOrganisation | None:
    return next((one for one in find(stage.store, told["name"]) if one.name == told["name"]), None)


def _decide(stage: DemonstrationStage, told: Table, signature: str, fate: str, at: datetime) -> None:
    act = stage.by("manager2" if len(told["name"]) % 3 == 0 and "manager2" in stage.people else "manager", at)
    if fate == "confirmed":
        confirmation.confirm(act, signature, how=f"{_HOW} {_NO_MAIL}", reach=_reach(stage))
    elif fate == "asked":
        confirmation.ask(act, signature, question=told["words"])
    else:
        confirmation.decline(act, signature, reason=told["words"])


_WORDS = {
    NoticeEffect.SUSPENSION: "Our new computer system is being tested. Until it is safe we neither give nor ask for information.",
    NoticeEffect.LIFTING: "The system has passed its test. We give and ask for information again.",
    NoticeEffect.WITHDRAWAL: "We have handed our community safety work to a neighbouring body, and have no more use for the agreement.",
}


def _notice(stage: DemonstrationStage, told: Table, kind: NoticeEffect, at: datetime) -> Callable[[], None]:
    def play() -> None:
        key = told["key"]
        if key not in stage.organisations:
            return
        own = stage.people.get(f"{key}.approver")
        words = NoticeDetails(
            reason=_WORDS[kind],
            evidence=f"Letter of the {told['signer'][1].lower()}, kept by the Information Manager.",
            name=told["signer"][0],
            position=told["signer"][1],
        )
        act = stage.act(own, at) if own else stage.by("manager", at)
        give_notice(act, stage.organisations[key], kind, words, key=f"demonstration:{key}:{kind.value}")

    return play


def _reach(stage: DemonstrationStage) -> Reach:
    return Reach(base_url=stage.base_url, mail=False)
