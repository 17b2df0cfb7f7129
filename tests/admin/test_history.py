"""The history of a record: readable differences, and versions that come back whole."""

import json
from pathlib import Path
from random import Random
from time import process_time

import pytest

from portal import pages, search
from portal.common import journal
from portal.common.desk.differences import Piece, text_pieces
from portal.common.desk.history import HistoryDesk
from practices.models import Practice
from tests.admin.conftest import desk, sent_by


def save(client, practice: Practice, **fields):
    address = desk("practices.practice", "change", pk=practice.pk)
    assert client.post(address, sent_by(client.get(address)) | fields).status_code == 302


def versions(client, practice: Practice, language: str = "en"):
    address = desk("practices.practice", "history", language=language, pk=practice.pk)
    return list(client.get(address).context["page_obj"])


def labels(version) -> list[str]:
    return [difference.label for difference in version.differences]


def test_a_version_says_what_changed_in_which_language_once(curator, practice):
    save(curator, practice, title_en="A fund for communities", title_ar="صندوق للمجتمعات")
    newest = versions(curator, practice)[0]
    assert labels(newest) == ["Title (English)", "Title (Arabic)"]
    assert [difference.language for difference in newest.differences] == ["en", "ar"]
    assert str(newest.history_user) == "Ragnhild Moe"


def test_values_are_told_in_the_words_of_the_page(curator, practice):
    save(curator, practice, evidence="strong", starts="2021-03", review_by="2027-01-05")
    told = {d.label: d.pieces for d in versions(curator, practice)[0].differences}
    assert told == {
        "Strength of evidence": [Piece("old", "Moderate"), Piece("new", "Strong")],
        "Start": [Piece("old", "2020"), Piece("new", "March 2021")],
        "To be reviewed by": [Piece("old", "22 November 2028"), Piece("new", "5 January 2027")],
    } | {"To be reviewed by": told["To be reviewed by"]}
    assert told["To be reviewed by"][1] == Piece("new", "5 January 2027")
    arabic = {d.label: d.pieces for d in versions(curator, practice, "ar")[0].differences}
    assert arabic["قوة الأدلة"] == [Piece("old", "متوسطة"), Piece("new", "قوية")]


def test_links_and_sources_are_told_from_the_log_of_the_desk(curator, practice):
    theme = practice.themes.model.objects.exclude(practices=practice).order_by("pk").first()
    kept = list(practice.themes.order_by("pk"))
    save(
        curator, practice,
        themes=[theme.pk, kept[0].pk],
        **{"sources-TOTAL_FORMS": 6, "sources-5-label_en": "A letter", "sources-5-position": 6},
    )  # fmt: skip
    told = {d.label: d.pieces for d in versions(curator, practice)[0].differences}
    assert told == {
        "Source": [Piece("new", "A letter")],
        "Themes": [Piece("old", str(kept[1])), Piece("new", str(theme))],
    }


def test_acts_stand_with_the_version_since_which_they_were_done(
    curator, administrator, practice, monkeypatch
):
    monkeypatch.setitem(journal.ACT_NAMES, "test-praised", "praised by the jury")
    save(curator, practice, title_en="A fund")
    # Details of an act are no rows that hang on the record, whatever they are called.
    details = {"name": "source", "object": "4711"}
    journal.record("test-praised", practice, by=administrator.person, **details)
    save(curator, practice, title_en="The fund")
    newest, praised, loaded = versions(curator, practice)
    assert [(act.name, str(act.person)) for act in praised.acts] == [
        ("Praised by the jury", "Paul Weber")
    ]
    assert (newest.acts, loaded.acts) == ([], [])
    assert labels(praised) == ["Title (English)"]


def test_each_act_stands_on_one_page_of_a_long_history(curator, practice, monkeypatch):
    monkeypatch.setattr(HistoryDesk, "history_list_per_page", 2)
    for title in ("One", "Two", "Three"):
        practice.title_en = title
        practice.save()
        journal.record(f"test-{title}", practice, by=curator.person)
    address = desk("practices.practice", "history", pk=practice.pk)
    pages = [curator.get(address, {"p": n}).context["page_obj"] for n in (1, 2)]
    acts = [[[act.name for act in version.acts] for version in page] for page in pages]
    assert acts == [[["Test-Three"], ["Test-Two"]], [["Test-One"], []]]


def test_the_loaded_version_says_where_it_came_from(curator, practice):
    assert versions(curator, practice)[-1].reason == "Loaded with the portal’s content"


def test_a_version_comes_back_in_both_languages_and_is_found(curator, practice):
    titles = practice.title_en, practice.title_ar
    save(curator, practice, title_en="Zwischenzeit", title_ar="عنوان مؤقت", summary_ar="")
    first = practice.history.last()
    address = desk("practices.practice", f"history/{first.pk}", pk=practice.pk)
    page = curator.get(address)
    assert [d.label for d in page.context["differences"]] == [
        "Title (English)", "Title (Arabic)", "Summary (Arabic)",
    ]  # fmt: skip
    response = curator.post(address, sent_by(page))
    assert response.url == desk("practices.practice", "change", pk=practice.pk)
    practice.refresh_from_db()
    assert (practice.title_en, practice.title_ar) == titles
    assert practice.summary_ar
    assert versions(curator, practice)[0].reason == "An earlier version was brought back"
    assert search.find("Zwischenzeit", language="en", kinds=["practice"]).total == 0


def test_what_a_colleague_saved_meanwhile_is_not_undone_unawares(curator, translator, practice):
    address = desk("practices.practice", "change", pk=practice.pk)
    opened = curator.get(address)
    sent = sent_by(opened) | {
        "_version": opened.context["newest_version"],
        "summary_en": "Another summary.",
    }
    save(translator, practice, title_ar="عنوان أدق")
    refused = curator.post(address, sent)
    [error] = refused.context["adminform"].form.non_field_errors()
    assert error.startswith("ليلى حداد saved this record at ")
    practice.refresh_from_db()
    assert practice.title_ar == "عنوان أدق"
    again = sent | {"_version": refused.context["newest_version"]}
    assert curator.post(address, again).status_code == 302


def test_the_history_of_a_record_that_is_not_there_is_not_found(curator):
    assert curator.get(desk("practices.practice", "history", pk=999_999)).status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "new", [("new", "new")]),
        ("a b c", "a d c", [("kept", "a "), ("old", "b"), ("new", "d"), ("kept", " c")]),
        ("a b c", "x y c", [("old", "a b"), ("new", "x y"), ("kept", " c")]),
        ("same", "same", [("kept", "same")]),
    ],
)  # fmt: skip
def test_texts_are_compared_word_by_word(old, new, pieces):
    assert [(piece.kind, piece.text) for piece in text_pieces(old, new)] == pieces


def test_what_is_far_from_a_change_is_left_out():
    words = " ".join(str(number) for number in range(100))
    kinds = [piece.kind for piece in text_pieces(words, f"{words} end")]
    assert kinds == ["left-out", "kept", "new"]


@pytest.fixture(scope="module")
def stories():
    """What the practices of the content tell, by language, one after another."""
    content = json.loads((Path(pages.__file__).parent / "content/practices.json").read_text())
    told = [answer for practice in content["practices"] for answer in practice.values()]
    texts = [answer for answer in told if isinstance(answer, dict)]
    return {
        code: "\n\n".join(text[code] for text in texts if isinstance(text.get(code), str))
        for code in ("en", "ar")
    }


def rejoined(pieces, *, but):
    return "".join(piece.text for piece in pieces if piece.kind != but)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_few_words_that_changed_in_a_long_text_are_shown_alone(stories, language):
    words = stories[language][:20_000].split(" ")
    changed = [
        *words[:100],
        "one",
        *words[101:1200],
        "two",
        "three",
        *words[1200:1500],
        *words[1502:],
    ]
    pieces = text_pieces(" ".join(words), " ".join(changed))
    shown = [(p.kind, p.text.strip()) for p in pieces if p.kind in ("old", "new")]
    assert shown == [
        ("old", words[100]),
        ("new", "one"),
        ("new", "two three"),
        ("old", " ".join(words[1500:1502])),
    ]


LONG = 20_000
LETTERS = [Random(seed).choices("abcdefghijklmnopqrstuvwxyz", k=LONG // 2) for seed in (1, 2)]
NUMBERS = [Random(seed).choices(range(60), k=LONG // 2) for seed in (1, 2)]


@pytest.mark.parametrize(
    "pair",
    [
        lambda stories: (stories["en"][:LONG], stories["en"][-LONG:]),
        lambda stories: (stories["ar"][:LONG], stories["ar"][-LONG:]),
        lambda stories: (stories["en"][:LONG], stories["ar"][:LONG]),
        lambda _: ("a " * (LONG // 2), "a b " * (LONG // 4)),
        lambda _: [" ".join(letters) for letters in LETTERS],
        lambda _: [" ".join(map(str, numbers))[:LONG] for numbers in NUMBERS],
    ],
    ids=["English", "Arabic", "both languages", "one word", "letters", "numbers"],
)
def test_long_texts_that_share_little_are_compared_in_no_time(stories, pair):
    old, new = pair(stories)
    start = process_time()
    pieces = text_pieces(old, new, context=LONG)
    assert process_time() - start < 2
    assert rejoined(pieces, but="new") == old
    assert rejoined(pieces, but="old") == new


def test_what_cannot_be_compared_in_time_went_and_came_as_a_whole():
    kinds = [piece.kind for piece in text_pieces(*(f"First {' '.join(x)} last" for x in LETTERS))]
    assert kinds == ["kept", "old", "new", "kept"]
