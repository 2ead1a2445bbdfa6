"""The texts of the letters: each is sent by somebody, filled from facts alone, and says nothing private in its subject."""

import re

import pytest
from sqlmodel import Session, select

from models.record import Message
from portal.ground.settings import ROOT
from portal.record.letters import notify, texts
from portal.record.outbox import SECRET_MARK

CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal").rglob("*.py"))


def _named(template):
    """Whether the code names a template: whole, or by its beginning where the rest is what happened."""
    begun = {template[: at.start() + 1] for at in re.finditer("-", template)}
    return f'"{template}"' in CODE or any(f'f"{each}{{' in CODE for each in begun)


@pytest.mark.parametrize("template", texts())
def test_a_letter_is_sent_by_somebody_and_its_subject_is_the_same_for_everybody(template):
    subject, _ = texts()[template]
    assert _named(template)
    assert subject
    assert "{" not in subject


def test_every_letter_that_the_code_names_has_its_text():
    sent = set(re.findall(r'\b(?:notify|tell\w*|_tell)\(\s*session,\s*\w+,\s*"([\w-]+)"', CODE))
    assert len(sent) > 50
    assert sent <= set(texts())


def test_a_fact_is_put_in_as_it_is_and_one_that_is_missing_is_never_a_gap(act):
    with Session(act.store.engine) as session:
        notify(session, act, "role-given", ["b@x.example", "a@x.example", ""], role="{secret} {0} Officer")
        kept = session.exec(select(Message)).all()
        bodies = {act.store.vault.open_text(one.body, f"message.body:{one.id}") for one in kept}
        assert len(kept) == 2
        assert len(bodies) == 1
        assert "{secret} {0} Officer." in bodies.pop()
        with pytest.raises(KeyError, match="role"):
            notify(session, act, "role-given", "a@x.example")


def test_a_secret_stands_apart_from_the_words(act):
    with Session(act.store.engine) as session:
        notify(session, act, "invitation", "a@x.example", partnership="Healey", secret="https://x.example/invitation/s")
        one = session.exec(select(Message)).one()
    body = act.store.vault.open_text(one.body, f"message.body:{one.id}")
    assert SECRET_MARK in body
    assert "https://" not in body
