import pytest

from portal.accounts.authentication.passwords import hash_password, is_common, is_outdated, is_right, problem_with

NAMES = ["ann.clerk@example.org", "Ann Clerk", "Anytown Parish Council", "Safer Anytown Partnership"]


@pytest.mark.parametrize(
    "password",
    [
        "three odd lamps",
        "anytown-lamp-river",
        "0123fedcba98" * 6,
        "pass phrase " * 83,
        "ŵylan lamp môr",
        "😀lamp wren sea",
        " wren lamp ",
    ],
)
@pytest.mark.threat("AU12")
def test_a_long_odd_or_pasted_password_is_fine_and_matches_only_itself(password):
    assert problem_with(password, NAMES) == ""
    kept = hash_password(password)
    assert is_right(kept, password)
    assert not is_right(kept, password.strip() + "x")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Enter a password"),
        ("wren la", "8 characters or more"),
        ("x9z" * 400, "1,000 characters or fewer"),
        ("aaaaaaaa", "Many people"),
        ("abababab", "Many people"),
        ("Password1!", "Many people"),
        ("P@ssw0rd123", "Many people"),
        ("12345678", "Many people"),
        ("qwertyuiop", "Many people"),
        ("Dragon2024", "Many people"),
        ("Anytown Parish Council", "must not be your name"),
        ("anytownparish1", "must not be your name"),
        ("ann.clerk@example.org", "must not be your name"),
        ("AnnClerk2026", "must not be your name"),
    ],
)
@pytest.mark.threat("AU13")
def test_a_weak_password_is_refused_with_how_to_mend_it(password, says):
    assert says in problem_with(password, NAMES)


def test_no_rule_asks_for_digits_capitals_or_signs():
    assert problem_with("wren lamp harbour") == ""


@pytest.mark.threat("AU12")
def test_nothing_is_cut_off_two_passwords_that_share_their_first_72_bytes_differ():
    shared = "wren lamp " * 8
    assert not is_right(hash_password(shared + "one"), shared + "two")


def test_a_password_with_a_nul_or_spaces_at_its_ends_is_kept_whole():
    kept = hash_password(" lamp\x00wren ")
    assert is_right(kept, " lamp\x00wren ")
    assert not is_right(kept, "lamp\x00wren")
    assert not is_right(kept, " lamp")


def test_an_accent_typed_in_two_ways_is_the_same_password():
    assert is_right(hash_password("caf\u00e9 wren lamp"), "cafe\u0301 wren lamp")


def test_a_password_is_kept_by_argon2id_with_a_salt_of_its_own():
    first, second = hash_password("wren lamp harbour"), hash_password("wren lamp harbour")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert not is_outdated(first)


@pytest.mark.parametrize("kept", [None, "", "unused", "$2b$12$abc"])
def test_nobody_matches_where_no_hash_is_kept(kept):
    assert not is_right(kept, "the password of nobody")


def test_the_list_holds_the_usual_ones_and_not_three_odd_words():
    assert is_common("password")
    assert is_common("LetMeIn123")
    assert not is_common("wren lamp harbour")
