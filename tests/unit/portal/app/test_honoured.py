from portal.app.clause_coverage import as_lines, unknown


def test_no_page_or_test_claims_a_clause_that_does_not_exist():
    assert unknown() == set()


def test_the_list_ends_with_what_is_not_yet_proved():
    assert as_lines().splitlines()[-1].startswith("Not yet: ")
