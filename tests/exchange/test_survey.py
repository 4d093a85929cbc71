"""The survey comes back as it was answered, whatever form, language, encoding and separator it went through."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.cli.survey import BEGINNINGS
from pmogen.errors import PmogenError
from pmogen.exchange.survey import Handed, collect, merged, survey_csv, survey_of, survey_text
from pmogen.exchange.survey.marks import Mark, clean, level_of, mark_of
from pmogen.language import speaking
from pmogen.model.answers import read_answers
from pmogen.source.csv import parse_csv
from pmogen.source.text import decode
from tests.exchange.surveys import as_csv, as_forms, as_xlsx, filled_table, own_file, own_text, some_answers
from tests.workspaces import example

NAME = "content/assessments/2026-06-26.csv"
WORKSPACE = example()
SURVEY = survey_of(WORKSPACE, only=("all",))
ORDER = [aspect.id for aspect in WORKSPACE.catalogue.aspects]
PEOPLE = [(group.id, some_answers(SURVEY, group.id, seed)) for group in SURVEY.groups for seed in range(3)]


def told(people):
    """Who said what, in no order."""
    return wanted([(person.group, person.answers) for person in people])


def wanted(people=PEOPLE):
    return sorted(str((group, sorted(answers.items(), key=str))) for group, answers in people)


def back(*files, groups=None):
    return collect([Handed(f"file{number}", raw) for number, raw in enumerate(files)], WORKSPACE, groups or {})


# the way there and back


@pytest.mark.parametrize("google", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_forms_come_back_as_answered(google, encoding, separator):
    found = back(as_csv(as_forms(SURVEY, PEOPLE, google=google), separator, encoding))
    assert told(found.people) == wanted()


@pytest.mark.parametrize("google", [False, True])
def test_workbooks_of_forms_come_back_as_answered(google):
    assert told(back(as_xlsx(as_forms(SURVEY, PEOPLE, google=google))).people) == wanted()


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_our_table_comes_back_as_answered(language, encoding, separator):
    with speaking(language):
        files = [as_csv(filled_table(SURVEY, *person), separator, encoding) for person in PEOPLE]
    assert told(back(*files).people) == wanted()


def test_our_table_comes_back_from_a_workbook():
    assert told(back(*(as_xlsx(filled_table(SURVEY, *person)) for person in PEOPLE)).people) == wanted()


def test_files_and_mails_of_the_form_come_back_as_answered():
    half = len(PEOPLE) // 2
    files = [own_file(*person, copy=f"c{number}") for number, person in enumerate(PEOPLE[:half])]
    mails = "\nHello,\n\n".join(own_text(*person, copy=f"m{number}") for number, person in enumerate(PEOPLE[half:]))
    assert told(back(*files, mails.encode()).people) == wanted()


def test_a_mail_that_was_quoted_wrapped_and_sent_as_html_comes_back():
    group, answers = PEOPLE[0]
    text = own_text(group, answers)
    quoted = "\n".join(f"> {line}" for line in text.replace("Wege, ", "Wege,\n").splitlines())
    saved = (
        "From: somebody@example.org\r\nSubject: answers\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>"
        + text.replace("\n", "<br>\r\n").replace(" ", "&nbsp;")
    )
    for mail in (quoted, saved):
        assert told(back(mail.encode()).people) == wanted([(group, answers)])


@settings(max_examples=40, deadline=None)
@given(
    picked=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6),
    separator=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
    comment=st.text(alphabet="abc äß,;\"'\n\t=-", max_size=30),
    form=st.sampled_from(["microsoft", "google", "table"]),
)
def test_whatever_a_program_saves_comes_back(picked, separator, encoding, end, *, comment, form):
    """Separators, line ends and quotation marks may stand in the comments, too."""
    people = [
        (
            group,
            {
                aspect: type(answer)(answer.current, answer.target, answer.importance, clean(comment))
                for aspect, answer in answers.items()
            },
        )
        for group, answers in picked
    ]
    if form == "table":
        comment_survives = [(group, _unguarded(answers)) for group, answers in people]
        found = back(*(as_csv(filled_table(SURVEY, *person), separator, encoding, end) for person in people))
        assert told(found.people) == wanted(comment_survives)
    else:
        found = back(as_csv(as_forms(SURVEY, people, google=form == "google"), separator, encoding, end))
        assert told(found.people) == wanted(people)


def _unguarded(answers):
    return {
        aspect: type(answer)(answer.current, answer.target, answer.importance, answer.comment.removeprefix("'").strip())
        for aspect, answer in answers.items()
    }


def test_the_rows_say_what_people_said():
    """From files of the form to rows that the assessment reads, for all aspects and groups."""
    found = back(*(own_file(*person, copy=f"c{number}") for number, person in enumerate(PEOPLE)))
    result = merged(NAME, None, found.people, ORDER)
    source, _wrong = decode(NAME, result.content)
    answers, problems = read_answers(parse_csv(source)[0])
    assert problems == ()
    said = {(one.group, one.aspect, one.current_told, one.current, one.target, one.importance) for one in answers}
    kinds = {"dk": "do not know", "na": "not applicable"}
    number = lambda level: int(level) if level.isdigit() else None  # noqa: E731
    expected = {
        (
            group,
            aspect,
            kinds.get(answer.current, "level"),
            number(answer.current),
            number(answer.target),
            number(answer.importance),
        )
        for group, own in PEOPLE
        for aspect, answer in own.items()
    }
    assert said == expected
    assert len({one.respondent for one in answers}) == len(PEOPLE)


# what is asked


def test_each_group_is_asked_what_it_can_see():
    text = survey_text(SURVEY)
    for group in SURVEY.groups:
        section = text.split(f"[{group.id}]\n{'-' * 72}\n")[1].split("-" * 72)[0]
        asked = {aspect.id for aspect in SURVEY.aspects if f"\n[{aspect.id}] " in section}
        assert asked == {aspect.id for aspect in WORKSPACE.catalogue.aspects if group.id in aspect.ask}


def test_left_out_aspects_are_not_asked_unless_they_are_named():
    left = {entry.aspect for entry in WORKSPACE.current.assessment.left_out}
    assert left
    assert not left & {aspect.id for aspect in survey_of(WORKSPACE).aspects}
    assert {aspect.id for aspect in survey_of(WORKSPACE, only=sorted(left)).aspects} == left


def test_one_group_is_asked_alone():
    survey = survey_of(WORKSPACE, groups=("finance",))
    assert [group.id for group in survey.groups] == ["finance"]
    assert all("finance" in aspect.ask for aspect in survey.aspects)
    assert "[GROUP]" not in survey_text(survey)


@pytest.mark.parametrize(("groups", "only"), [(("finanse",), ()), ((), ("goverance",))])
def test_an_unknown_name_is_told_with_a_guess(groups, only):
    with pytest.raises(PmogenError) as told_so:
        survey_of(WORKSPACE, groups, only)
    assert "did you mean" in told_so.value.hint


def test_the_files_begin_so_that_they_may_be_replaced():
    for language in ("en", "de", "es"):
        with speaking(language):
            assert survey_csv(SURVEY).startswith(BEGINNINGS[".csv"])
            assert survey_text(SURVEY).encode().startswith(BEGINNINGS[".txt"])


# signs


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("[governance] Who decides?", "[governance]"),
        (" 3. [governance] Who decides?2", "[governance]"),
        ("«[ governance : target ] Ziel»", "[governance:target]"),
        ("¿Dónde? [[governance:target] Gobierno]", "[governance:target]"),
        ("\N{NO-BREAK SPACE}[GROUP] Gruppe", "[GROUP]"),
    ],
)
def test_a_question_is_known_by_its_sign(question, mark):
    found = mark_of(question)
    assert found is not None
    assert (str(found) if found.part else f"[{found.aspect}]") == mark


@pytest.mark.parametrize("text", ["Points - [governance] Who?", "Name", "", "Comments on governance", "[Governance] x"])
def test_what_is_about_a_question_is_none(text):
    assert mark_of(text) is None


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        *(
            ("3", "3"),
            ("3.0", "3"),
            ("3,0", "3"),
            ("3 - In places", "3"),
            ("(2) da", "2"),
            ("  4. x", "4"),
            ("0 - ?", "dk"),
        ),
        *(("9 - n/a", "na"), ("dk", "dk"), ("Don\N{RIGHT SINGLE QUOTATION MARK}t know", "dk"), ("N/A", "na"), ("", "")),
        *(("2.5", None), ("10", None), ("6", None), ("good", None), ("-1", None), ("35 years", None)),
    ],
)
def test_an_answer_is_known_by_its_digit(answer, level):
    assert level_of(answer) == level


def test_marks_of_the_level_of_today_are_short():
    assert str(Mark("a", "current")) == "[a]"


# who it was


def test_nothing_tells_who_it_was_or_when():
    rows = as_forms(SURVEY, PEOPLE)
    result = merged(NAME, None, back(as_csv(rows)).people, ORDER)
    text = result.content.decode()
    assert "@" not in text
    for row in rows[1:]:
        assert not any(cell and cell in text for cell in row[1:5])


def test_the_order_says_nothing():
    """Whoever answers first gets the same number as when answering last."""
    shuffled = PEOPLE[:]
    random.Random(1).shuffle(shuffled)
    results = {
        merged(NAME, None, back(as_csv(as_forms(SURVEY, people))).people, ORDER).content
        for people in (PEOPLE, shuffled)
    }
    assert len(results) == 1


def test_mail_addresses_in_comments_are_taken_out():
    assert clean("Ask ann.b@example.org\n\x00 please") == "Ask [...] please"


def test_the_later_reply_of_a_person_counts():
    group, answers = PEOPLE[0]
    other = some_answers(SURVEY, group, 99)
    for files in (
        [own_file(group, answers, "me", 2), own_file(group, other, "me", 1)],
        [own_text(group, other, "me", 1).encode(), own_file(group, answers, "me", 2)],
    ):
        found = back(*files)
        assert told(found.people) == wanted([PEOPLE[0]])
        assert any("replaced by the later" in sentence for sentence in found.ignored)


def test_the_later_row_with_the_same_address_counts():
    rows = as_forms(SURVEY, [PEOPLE[0], (PEOPLE[0][0], some_answers(SURVEY, PEOPLE[0][0], 99))])
    rows[2][3] = rows[1][3].upper()
    assert told(back(as_csv(rows)).people) == wanted([(PEOPLE[0][0], some_answers(SURVEY, PEOPLE[0][0], 99))])
    rows[1][1] = rows[1][2] = "2026/06/30 11:00:00 AM"
    assert told(back(as_csv(rows)).people) == wanted([PEOPLE[0]])


def test_anonymous_rows_are_different_people():
    rows = as_forms(SURVEY, PEOPLE[:4])
    for row in rows[1:]:
        row[3] = "anonymous"
    assert len(back(as_csv(rows)).people) == 4


# groups


def test_groups_are_mapped_by_file_by_answer_and_by_name():
    rows = as_forms(SURVEY, [PEOPLE[0], PEOPLE[0]])
    rows[1][5], rows[2][5] = "", "Die Chefs"
    file = as_csv(rows)
    assert told(back(file, groups={"file0": "sponsors", "die  chefs": "executives"}).people) == wanted(
        [("sponsors", PEOPLE[0][1]), ("executives", PEOPLE[0][1])]
    )
    rows[1][5] = "SPONSORS"
    found = back(as_csv(rows))
    assert [person.group for person in found.people] == ["sponsors"]
    assert any("Die Chefs" in sentence and "--group" in sentence for sentence in found.ignored)


def test_a_group_that_does_not_exist_is_refused():
    with pytest.raises(PmogenError):
        back(b"", groups={"x": "nobody"})


# what is ignored is said, and how much


def test_what_is_ignored_is_said_and_no_answer_is():
    rows = as_forms(SURVEY, PEOPLE[:2])
    first = next(number for number, cell in enumerate(rows[0]) if cell.startswith("[governance] "))
    rows[1][first] = "a secret opinion"
    rows[0].append("[nonsense] What?")
    rows[1].append("5")
    rows.append(["7", *[""] * 4, "Anything [sponsors]"])
    said = " ".join(back(as_csv(rows)).ignored)
    assert "secret" not in said
    assert "example.org" not in said
    for part in (
        "1 answer to [governance]",
        "[nonsense]",
        "`Email`",
        "`Completion time`",
        "1 reply without any answer",
    ):
        assert part in said


def test_two_different_answers_to_one_question_count_as_none():
    group, answers = PEOPLE[0]
    text = own_text(group, answers)
    aspect = next(aspect for aspect, answer in answers.items() if answer.current == "1")
    found = back(text.replace("[END]", f"[{aspect}] current 5\n[END]").encode())
    assert found.people[0].answers[aspect].current == ""
    assert any("answered twice" in sentence for sentence in found.ignored)


# into the file


def test_rows_that_are_there_stay_as_they_are():
    there = b'\xef\xbb\xbfrespondent;group;aspect;current\r\nr07;sponsors;governance;"2"\r\nboss;sponsors;governance;3'
    result = merged(NAME, there, back(own_file(*PEOPLE[0])).people, ORDER)
    lines = result.content.split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbfrespondent;group;aspect;current;target;importance;comment"
    assert lines[1:3] == there.split(b"\r\n")[1:]
    assert lines[3].startswith(f"r08;{PEOPLE[0][0]};".encode())


def test_a_wide_file_gets_a_row_a_person():
    there = b"respondent,group,governance\nr01,sponsors,2\n"
    result = merged(NAME, there, back(own_file(*PEOPLE[0])).people, ORDER)
    source, _wrong = decode(NAME, result.content)
    answers, problems = read_answers(parse_csv(source)[0])
    assert problems == ()
    assert result.content.startswith(b"respondent,group,governance,")
    assert result.content.count(b"\n") == 3
    assert {one.aspect for one in answers if one.respondent == "r02"} == set(PEOPLE[0][1])


@pytest.mark.parametrize("wide", [False, True])
def test_who_is_in_the_file_is_not_added_again(wide):
    """A form is downloaded again when more people have answered."""
    start = b"respondent,group,governance\n" if wide else None
    first = merged(NAME, start, back(as_csv(as_forms(SURVEY, PEOPLE[:5]))).people, ORDER)
    again = merged(NAME, first.content, back(as_csv(as_forms(SURVEY, PEOPLE[:5]))).people, ORDER)
    assert (again.content, again.new, again.known) == (first.content, (), 5)
    late = merged(NAME, first.content, back(as_csv(as_forms(SURVEY, PEOPLE))).people, ORDER)
    assert (len(late.new), late.known) == (len(PEOPLE) - 5, 5)
    assert late.content.startswith(first.content) or wide


def test_two_people_who_say_the_same_are_two():
    twins = [own_file(*PEOPLE[0], copy=copy) for copy in ("a", "b")]
    first = merged(NAME, None, back(*twins).people, ORDER)
    assert len(first.new) == 2
    assert len(merged(NAME, first.content, back(*twins, own_file(*PEOPLE[0], copy="c")).people, ORDER).new) == 1


def test_comments_stay_unpublished_and_are_no_formulas():
    answers = {"governance": type(PEOPLE[0][1]["governance"])("2", "", "", '=HYPERLINK("x")')}
    result = merged(NAME, None, back(own_file("sponsors", answers)).people, ORDER)
    source, _wrong = decode(NAME, result.content)
    read, _problems = read_answers(parse_csv(source)[0])
    assert read[0].quotation is None
    assert "'=HYPERLINK" in source.text


def test_a_file_that_is_wrong_is_not_changed():
    with pytest.raises(PmogenError, match="not changed"):
        merged(NAME, b"respondent,group,aspect\nx,y,z\n", back(own_file(*PEOPLE[0])).people, ORDER)
