"""Sharing statements: one being written, one that waits for a signature, one in force, one whose review is due."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.statements.drafting import answer, begin_statement, name_posts
from portal.statements.review import end_statement
from portal.statements.signing import StatementSigner, sign_statement
from portal.statements.views import open_statement

_LAW = ("cda-1998-s115",)


def note(stage: DemonstrationStage, told: Table) -> None:
    """Note every statement in the diary."""
    for number, statement in enumerate(told["statement"]):
        at = stage.day(statement["begun"], "14:10")
        stage.scene(at, _beginning(stage, told["answers"], statement, at, number))


def _beginning(
    stage: DemonstrationStage, answers: Table, statement: Table, at: datetime, number: int
) -> Callable[[], None]:
    def play() -> None:
        writer = stage.people.get(statement["by"])
        others = tuple(stage.organisations[one] for one in statement["with"] if one in stage.organisations)
        if writer is None or len(others) != len(statement["with"]):
            return
        act = stage.act(writer, at)
        statement_id = begin_statement(
            act,
            statement["title"],
            others,
            aim=statement["aim"],
            why_named=statement["why_named"],
            key=f"demonstration:statement:{number}",
        )
        _write(stage, answers, statement, statement_id, at)
        for day, signer in enumerate(statement["signs"], 1):
            signed = at + timedelta(days=day)
            stage.scene(signed, _signing(stage, statement_id, signer, signed))
        if "ends" in statement:
            ends, by = stage.day(statement["ends"], "15:05"), statement["signs"][0]
            stage.scene(ends, lambda: end_statement(stage.by(by, ends), statement_id, statement["ended"]))

    return play


def _write(stage: DemonstrationStage, answers: Table, statement: Table, statement_id: str, at: datetime) -> None:
    act, fields = stage.by(statement["by"], at), edition_in_force(today(at)).iss_fields
    version = open_statement(act, statement_id).version
    for one in fields if statement["complete"] else fields[:3]:
        if one.kind == "long_text":
            laws = _LAW if one.key == "lawful_basis" else ()
            version = answer(act, statement_id, one.key, answers[one.key], version=version, gateways=laws)
        elif one.kind == "marking":
            marking = edition_in_force(today(at)).markings[0].id
            version = answer(act, statement_id, one.key, marking, version=version)
    if statement["complete"]:
        bodies = {one.partition(".")[0] for one in (statement["by"], *statement["with"])}
        for body in sorted(bodies):
            desk = stage.people[f"{body}.partner"]
            mine = stage.act(desk, at)
            version = name_posts(mine, statement_id, ((desk.position, desk.id),), version=version)


def _signing(stage: DemonstrationStage, statement_id: str, key: str, at: datetime) -> Callable[[], None]:
    def play() -> None:
        act = stage.by(key, at)
        version = open_statement(act, statement_id).version
        signer = StatementSigner(name=act.person.name, post=act.person.position)
        sign_statement(act, statement_id, signer, version=version)

    return play
