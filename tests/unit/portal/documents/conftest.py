"""One sealed paper, made once: a key takes a third of a second."""

import pytest

from portal.documents.requests.request import answer_paper
from portal.documents.seal.seal import certificates, make_seal, seal

from .samples import AT, HEAD, answer, letterhead


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def our_seal(keys):
    return make_seal(keys, at=AT, name="Anytown Community Safety Partnership")


@pytest.fixture(scope="session")
def ours(our_seal, keys):
    return certificates(keys)


@pytest.fixture(scope="session")
def unsealed():
    return answer_paper(letterhead(), answer())


@pytest.fixture(scope="session")
def sealed(our_seal, unsealed):
    return seal(unsealed, our_seal, at=AT, audit_head=HEAD, reference="7K3-M4P-QRT")
