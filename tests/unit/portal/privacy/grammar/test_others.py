"""What stays of areas, schools and categories, and which places are sensitive."""

import pyarrow as pa
import pytest

from portal.privacy.grammar.area import area, may_be_shared
from portal.privacy.grammar.category import digest_of, masked_wording, wording
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.school import school, school_address
from portal.privacy.grammar.sensitive import secret_forms, secret_hash, sensitive


@pytest.mark.parametrize(
    "text",
    ["Park End and Beckfield", "Dalton and Thrybergh", "St Andrew's and Docklands", "Victoria", "Melton Dorian", "Wycliffe", "Markfield Stanton and Fieldhead", "Ellis", "Spencer", "Castle ward", "NC1", "E05005445", "Leicester 012A", "Central", "Beat 4", "0815", "Avonmouth and Lawrence Weston", "Delapre and Rushmere"],
)  # fmt: skip
def test_an_area_by_list_or_code_stays(text):
    assert area(text).text == text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("Zelda and Thrybergh", ""), ("Park End & Quxley", ""), ("Kayden Hobley", ""), ("Sivakumar", ""), ("her son", ""), ("Paul Smith", ""), ("LE11 3QP", "LE11"), ("Castle, Zofia", "Castle"), ("refuge", ""), ("Oadby, Tom", ""), ("Heather", ""), ("Park, Heather", "Park"), ("Jo", ""), ("Tugby, Ka", ""), ("AB", "AB"), ("Wai-Man", ""), ("Devon Whitby", ""), ("HM/LC", "HM/LC"), ("N\u00e9lson", ""), ("Holly and Zelda", "")],
)  # fmt: skip
def test_what_is_no_area_goes(sent, kept):
    assert area(sent).text == kept


def test_what_many_records_share_is_an_area_only_where_no_list_is_loaded():
    assert area("Wrenfield", shared=frozenset({"Wrenfield"})).text == "Wrenfield"
    assert area("Wrenfield", LocalLists.of({"wards": ["Castle"]}), frozenset({"Wrenfield"})).text == ""
    assert area("Wrenfield", LocalLists.of({"wards": ["Wrenfield"]})).text == "Wrenfield"
    assert [may_be_shared(text) for text in ("Wrenfield East", "Imran Khan", "her son", "07700 900417")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Robert Smyth Academy", "Robert Smyth Academy"),
        ("St Mary's CE Primary School", "St Mary's CE Primary School"),
        ("Wreake Valley Academy, Syston", "Wreake Valley Academy, Syston"),
        ("Sir Jonathan North Girls' College", "Sir Jonathan North Girls' College"),
        ("Hospital school", "Hospital school"),
        ("Home tuition - Zofia", ""),
        ("Educated at home by Mrs Khan", ""),
        ("PRU (Kayden Hobley)", "PRU"),
        ("Zofia Kowalska, Rushey Mead Academy", "Rushey Mead Academy"),
        ("Kayden", ""),
        ("Zelda_Quxley Primary School", ""),
        ("Zelda/Quxley CE Primary School", ""),
        ("Zelda-Quxley Primary School", ""),
        ("Quxley, Zelda Primary School", ""),
        ("Oadby, Launde Primary School", "Oadby, Launde Primary School"),
        ("Ayaan's school", ""),
        ("Zabihullah Kibworth High School", ""),
        ("Kibworth High School (Jordan Lane)", "Kibworth High School"),
        ("Mark Church", ""),
        ("St Paul's RC", "St Paul's RC"),
        ("Birkett House School", "Birkett House School"),
        ("King's House School", "King's House School"),
        ("Countesthorpe Leysland Community College", "Countesthorpe Leysland Community College"),
        ("Zofia's house", ""),
        ("Ysgol Gymraeg at the Gwilyms' house", ""),
        ("Primary at Quxley House", ""),
        ("Primary with Quxley", ""),
        ("Roundhill High", "Roundhill High"),
        ("Elland CE (VA) Junior and Infant School", "Elland CE (VA) Junior and Infant School"),
        ("Oasis Academy Brislington", "Oasis Academy Brislington"),
        ("Oasis Academy Kayden", ""),
        ("Air Balloon Hill Primary School", "Air Balloon Hill Primary School"),
        ("Holy Rosary and St Anne's Catholic Primary School", "Holy Rosary and St Anne's Catholic Primary School"),
        ("Hanson Academy", "Hanson Academy"),
        ("Dr Radcliffe's School", "Dr Radcliffe's School"),
        *[
            (whole, whole)
            for whole in [
                "Our Lady of Perpetual Succour Catholic Primary School",
                "St Thomas More RC High School",
                "Holy Family School",
                "Howard Primary School",
                "Sacred Heart Roman Catholic Primary School, Preston",
                "Dover Grammar School for Girls",
                "Kimpton Junior Mixed and Infant School",
                "Accrington St Mary Magdalen's Church of England Primary School",
                "Bonsall CofE (A) Primary School",
                "Lodge Farm Primary School",
                "The Harvey Grammar School",
                "East Kent College",
                "Trinity CofE VA Infant School",
            ]
        ],
        ("Zelda Quxley Primary School", ""),
        ("Kayden Smith Catholic Primary School", ""),
        ("Our Lady Zelda Quxley Catholic Primary School", ""),
        ("Zelda Quxley St Mary's Catholic Primary School", ""),
        ("St Zelda Quxley Primary School", ""),
        ("Kayden Light Academy", ""),
        ("The Tariq School", ""),
        ("Kayden primary school", ""),
        ("Zelda Hill Primary School", ""),
        ("St Mary's Catholic Primary School, Khan", "St Mary's Catholic Primary School"),
        ("Kayden Academy", ""),
        ("Burton and South Derbyshire College", "Burton and South Derbyshire College"),
        ("Blessed William Howard Catholic School", "Blessed William Howard Catholic School"),
        ("Blessed Zelda Quxley Catholic School", ""),
        ("Frank Rivers Wigmore High School", ""),
        ("Wigmore High School - Park", "Wigmore High School"),
        ("The Bishop of Winchester Academy", "The Bishop of Winchester Academy"),
        ("High Tunstall College of Science", "High Tunstall College of Science"),
        ("Hinde House 2-16 Academy", "Hinde House 2-16 Academy"),
        ("Saint Pius X Catholic High School", "Saint Pius X Catholic High School"),
        ("Astrea Academy Dearne", "Astrea Academy Dearne"),
        ("Zelda Quxley 11-16 Academy", ""),
        ("Winsome Blackwood Hereford Academy", ""),
        ("Mark Gardener Academy", ""),
        ("John Khan Church of England Primary School", ""),
        ("Carol Hill Secondary School", ""),
        ("Mark Hill Academy", ""),
        ("Thomas Deacon Academy", "Thomas Deacon Academy"),
        ("Nelson Mandela Primary School", "Nelson Mandela Primary School"),
    ],
)
def test_a_school_is_one_by_its_word_or_by_list(sent, kept):
    assert school(sent).text == kept


def test_a_school_with_one_name_stays_where_it_is_on_the_list():
    assert (school("Rawlins").text, school("Rawlins", LocalLists.of({"schools": ["Rawlins"]})).text) == ("", "Rawlins")


def test_a_schools_address_stays_only_beside_a_whole_school():
    whole = "Burnmill Road, Market Harborough, LE16 7JG"
    assert school_address(whole).text == whole
    assert school_address(whole, beside_school=False).text == "LE16"
    assert school_address("Flat 3, 9 Mill Road, Wigston LE18 4SE").text == "LE18"
    assert school_address("c/o nan, 4 Vicarage Close").text == ""
    assert school_address("Zelda Quxley, 14 Mill Road, LE2 3AB").text == "Mill Road, LE2"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Noise - loud music", "Noise - loud music"),
        ("04 - Assault / Sexual Assault", "04 - Assault / Sexual Assault"),
        ("Rape of a female", "Rape of a female"),
        ("X99.1", "X99.1"),
        ("Threats by Gholamreza Ahmadzai", "Threats"),
        ("Harassment - Sivakumar Thirunavukkarasu", "Harassment"),
        ("Zabihullah Noorzai shouting", ""),
        ("Noise by Heather Moor", "Noise"),
        (
            "Use or threat of use of an offensive weapon or prohibited item",
            "Use or threat of use of an offensive weapon or prohibited item",
        ),
        ("Possession of offensive weapon re Azad v Sheikho", "Possession of offensive weapon"),
        ("Noise by Xi Mingze", "Noise"),
        ("Threats to Street, Zabihullah", "Threats"),
        ("Street v Noorzai", ""),
        ("Noise by hospital number S7401391", "Noise"),
        ("=Noise", "Noise"),
        ("Vehicle nuisance - YK19 XTR", "Vehicle nuisance"),
        ("Malicious communications (@jaydn_le3)", "Malicious communications"),
        ("Financial Management & Income", ""),
        ("Noise\u2014Xiu Ying", "Noise"),
        ("Self-harm 15f", "Self-harm"),
        ("17A", "17A"),
        ("Noise by J. Court", "Noise"),
        ("Arson re Way family", "Arson"),
        ("Pets & animals - Rottweiler called Tyson", ""),
        ("Smell of cannabis from Fozia's flat", ""),
        ("Damage - smashed Miss Cholmondeley's window", "Damage"),
        ("Stalking & harassment (ex partner Dilek)", "Stalking & harassment"),
        ("Caller states her ex partner, who drives the number 27 bus, came to the school gate and threatened her", ""),
    ],
)
def test_a_category_is_made_of_known_words(sent, kept):
    assert wording(sent).text == kept


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Seagull nuisance", "••• nuisance"),
        ("Noise from Priyanka Noorzai's flat party", "noise ••• party"),
        ("Zelda Quxley", ""),
        ("Heather Street nuisance by Noorzai", "••• nuisance •••"),
        ("nuisance 07700 900123 x", ""),
        ("the vicar's wife again", ""),
    ],
)
def test_of_a_wording_without_a_code_only_words_that_nobody_is_called_by_are_shown(sent, shown):
    assert masked_wording(sent) == shown


def test_a_wording_is_remembered_without_its_words():
    assert digest_of("Wrong sort -  of LEAVES") == digest_of("wrong sort of leaves") != digest_of("leaves")


def flags(*texts, **more):
    return sensitive(pa.array(texts), more.pop("lists", LocalLists()), **more).to_pylist()


def test_sensitive_places_are_seen_and_streets_called_after_them_are_none():
    assert (
        flags(
            "Women's Aid refuge, 14 Sparkenhoe Street",
            "Willow House (refuge)",
            "safe house on Elm Close",
            "Hope Project, Mill Road",
            "YMCA",
            "drug clinic",
        )
        == [True] * 6
    )
    assert flags("Clinic Drive", "Church Lane", "Hospice Way", "High Street", "Project Road") == [False] * 5
    assert flags("St Mary's Church", "Temple Road") == [False, False]
    assert flags("St Mary's Church", "Temple Road", "Umar Mosque", hate=True) == [True, False, True]


def test_a_secret_place_is_known_by_its_hash_alone():
    key = b"k" * 32
    lists = LocalLists.of({}, key, [secret_hash(key, "14 Sparkenhoe Street"), secret_hash(key, "The Willows")])
    assert flags("at The Willows, Elm Close", "14 Sparkenhoe Street, LE2", "Sparkenhoe Street", lists=lists) == [
        True,
        True,
        False,
    ]
    assert "willows" not in repr(lists).lower()


@pytest.mark.parametrize(
    ("cells", "hidden", "free"),
    [
        (
            ["The Gables, Flat 2, 14-16 St. Peter's Rd, Leicester, LE2 1AA"],
            ["by the gables", "16 St Peters Road", "14 St Peter's Rd, Leicester", "le21aa"],
            ["Leicester", "St Peter's Road", "14 Mill Road", "LE2", "LE2 1AB"],
        ),
        (
            ["Wren House", "7", "Mill Lane", "Tugby", "Leicestershire"],
            ["at Wren House Tugby", "7, mill ln."],
            ["Mill Lane", "Tugby", "Leicestershire", "17 Mill Lane"],
        ),
        (
            ["Anytown and District Friends of Families Centre"],
            ["the Anytown and District Friends of Families"],
            ["Anytown"],
        ),
        (["Tugby"], [], ["Tugby"]),
    ],
)
def test_a_secret_place_is_looked_for_as_people_write_it_and_takes_no_town_or_street_with_it(cells, hidden, free):
    key = b"k" * 32
    lists = LocalLists.of({}, key, [secret_hash(key, form) for form in secret_forms(cells)])
    assert flags(*hidden, *free, lists=lists) == [True] * len(hidden) + [False] * len(free)
