"""What must always hold of the gateway fit, for both editions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.edition.editions import edition
from portal.rules.gateways.fit import Fit, explain_fit, fit
from portal.rules.section4.check import assess

ORDER = list(Fit)
BOTH = pytest.mark.parametrize("edition_id", ["2009", "2026"])


def named(edition_id):
    of = edition(edition_id)
    kinds = st.sampled_from([kind.id for kind in of.organisation_types])
    laws = st.lists(st.sampled_from([gateway.id for gateway in of.gateways]), max_size=4)
    return laws, kinds


@BOTH
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_naming_one_more_law_never_makes_the_fit_worse(edition_id, data):
    laws, kinds = named(edition_id)
    of, first, more = edition(edition_id), data.draw(laws), data.draw(laws)
    giver, receiver = data.draw(kinds), data.draw(kinds)
    assert ORDER.index(fit(of, first + more, giver, receiver)) >= ORDER.index(fit(of, first, giver, receiver))


@BOTH
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_best_of_the_explained_laws_is_the_fit(edition_id, data):
    laws, kinds = named(edition_id)
    of, chosen, giver, receiver = edition(edition_id), data.draw(laws), data.draw(kinds), data.draw(kinds)
    explained = explain_fit(of, chosen, giver, receiver)
    best = max((ORDER.index(one.fit) for one in explained), default=0)
    assert ORDER[best] is fit(of, chosen, giver, receiver)


@BOTH
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_confirming_a_law_never_makes_the_fit_worse(edition_id, data):
    laws, kinds = named(edition_id)
    of, chosen, giver, receiver = edition(edition_id), data.draw(laws), data.draw(kinds), data.draw(kinds)
    before = fit(of, chosen, giver, receiver)
    assert ORDER.index(fit(of, chosen, giver, receiver, confirmed=set(chosen))) >= ORDER.index(before)


@BOTH
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_claimed_gateway_gives_way_to_the_laws_that_are_named(edition_id, data):
    laws, kinds = named(edition_id)
    of, chosen, giver, receiver = edition(edition_id), data.draw(laws), data.draw(kinds), data.draw(kinds)
    answers = {"data_type": "personal", "depersonalised_enough": "no", "gateway": "compelled", "consent": "withheld"}
    check = assess(of, answers, gateways=chosen, giver=giver, receiver=receiver)
    assert check.answers["gateway"] == fit(of, chosen, giver, receiver)
