"""The type Edition: everything one edition of the agreement says, with look-ups by id."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.rules.edition import contents, forms
from portal.rules.edition.fact import EditionEntry
from portal.rules.gateways import bodies
from portal.rules.lookup import pick
from portal.rules.section4 import questions


@dataclass(frozen=True, kw_only=True, eq=False)
class Edition:
    """One edition: `hash` is the SHA-256 over its sealed files, `text` what people read and sign (Markdown)."""

    hash: str
    text: str
    about: contents.EditionFacts
    placeholders: tuple[contents.Placeholder, ...]
    summary_sheet: tuple[contents.SummaryRow, ...]
    version_record: tuple[contents.Version, ...]
    sections: tuple[contents.AgreementSection, ...]
    appendices: tuple[contents.Appendix, ...]
    defects: tuple[contents.Defect, ...]
    guidance: tuple[contents.Guidance, ...]
    rules: tuple[contents.AgreementRule, ...]
    organisation_types: tuple[bodies.OrganisationType, ...]
    signing: bodies.SigningRules
    signatory_fields: tuple[bodies.SignatoryField, ...]
    signatory_declaration: bodies.Declaration
    gateways: tuple[bodies.Gateway, ...]
    gateway_changes: tuple[bodies.GatewayChange, ...] = ()
    check: questions.CheckSettings
    considerations: tuple[questions.Consideration, ...]
    check_reasons: tuple[questions.CheckReason, ...]
    check_conditions: tuple[questions.CheckCondition, ...]
    data_types: tuple[questions.DataType, ...]
    small_numbers: questions.SmallNumbers
    conditions: tuple[questions.Condition, ...]
    request_contents: tuple[forms.RequestContent, ...]
    request_extras: tuple[forms.RequestExtra, ...]
    response: forms.ResponseRules
    iss_fields: tuple[forms.StatementField, ...]
    iss_rules: forms.StatementRules
    confidentiality: forms.Confidentiality
    undertakings: tuple[forms.UndertakingPromise, ...]
    attendance_fields: tuple[forms.AttendanceField, ...]
    chair_checklist: tuple[forms.ChairTask, ...]
    jag: forms.JointActionGroup
    markings: tuple[forms.Marking, ...]
    marking_changes: tuple[forms.MarkingChange, ...] = ()
    restricted_grounds: tuple[forms.MarkingGround, ...]
    handling: tuple[forms.HandlingRow, ...]
    handling_fallback: forms.HandlingFallback
    rules_of: str = ""

    @property
    def id(self) -> str:
        """Give the edition's id, such as 2026."""
        return self.about.id

    @property
    def rules_id(self) -> str:
        """Give the id of the released edition whose rules these are: its own, unless a partnership worded it."""
        return self.rules_of or self.id

    def kind(self, kind_id: str) -> bodies.OrganisationType:
        """Give a kind of organisation, or raise UnknownIdError."""
        return pick(self._kinds, kind_id, "kind of organisation")

    def has_kind(self, kind_id: str) -> bool:
        """Tell whether this edition knows the kind of organisation."""
        return kind_id in self._kinds

    def gateway(self, gateway_id: str) -> bodies.Gateway:
        """Give a gateway, or raise UnknownIdError."""
        return pick(self._gateways, gateway_id, "gateway")

    def has_gateway(self, gateway_id: str) -> bool:
        """Tell whether this edition's table has the gateway."""
        return gateway_id in self._gateways

    def question(self, question_id: str) -> questions.Consideration:
        """Give a question of the Section 4 check, or raise UnknownIdError."""
        return pick(self._questions, question_id, "question")

    def has_question(self, question_id: str) -> bool:
        """Tell whether this edition's check has the question."""
        return question_id in self._questions

    def condition(self, condition_id: str) -> questions.Condition:
        """Give a condition of data protection law, or raise UnknownIdError."""
        return pick(self._conditions, condition_id, "condition")

    def has_condition(self, condition_id: str) -> bool:
        """Tell whether this edition's lists have the condition."""
        return condition_id in self._conditions

    def conditions_in(self, list_id: str) -> tuple[questions.Condition, ...]:
        """List the conditions of schedule2, schedule3 or dpa2018-sch1, in the order of the law."""
        return tuple(condition for condition in self.conditions if condition.belongs_to == list_id)

    def check_condition(self, condition_id: str) -> questions.CheckCondition:
        """Give a thing to be done before sharing, or raise UnknownIdError."""
        return pick(self._check_conditions, condition_id, "condition of the check")

    def marking(self, marking_id: str) -> forms.Marking:
        """Give a marking, or raise UnknownIdError."""
        return pick(self._markings, marking_id, "marking")

    def rule(self, rule_id: str) -> contents.AgreementRule:
        """Give a rule, or raise UnknownIdError."""
        return pick(self._rules, rule_id, "rule")

    @cached_property
    def _kinds(self) -> dict[str, bodies.OrganisationType]:
        return {kind.id: kind for kind in self.organisation_types}

    @cached_property
    def _gateways(self) -> dict[str, bodies.Gateway]:
        return {gateway.id: gateway for gateway in self.gateways}

    @cached_property
    def _questions(self) -> dict[str, questions.Consideration]:
        return {question.id: question for question in self.considerations}

    @cached_property
    def _conditions(self) -> dict[str, questions.Condition]:
        return {condition.id: condition for condition in self.conditions}

    @cached_property
    def _check_conditions(self) -> dict[str, questions.CheckCondition]:
        return {condition.id: condition for condition in self.check_conditions}

    @cached_property
    def _markings(self) -> dict[str, forms.Marking]:
        return {marking.id: marking for marking in self.markings}

    @cached_property
    def _rules(self) -> dict[str, contents.AgreementRule]:
        return {rule.id: rule for rule in self.rules}


def facts(of: Edition) -> Iterator[tuple[str, EditionEntry]]:
    """Walk every fact of an edition with the name of its table."""
    for field in dataclasses.fields(of):
        value = getattr(of, field.name)
        for fact in value if isinstance(value, tuple) else (value,):
            if isinstance(fact, EditionEntry):
                yield table_of(field.name), fact
    for place in of.jag.attendance:
        yield "jag.attendance", place


def identity(fact: EditionEntry) -> str:
    """Give what tells a fact from the others of its table: id, key, code, number or order."""
    for name in ("id", "key", "code", "from_id", "number", "order"):
        if hasattr(fact, name):
            return str(getattr(fact, name))
    return ""


def table_of(name: str) -> str:
    """Give the TOML name of a field of Edition."""
    return "edition" if name == "about" else name
