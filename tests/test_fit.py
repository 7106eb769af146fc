"""Paragraphs are fitted as a whole: the best breaks are found, and nothing is too long."""

from __future__ import annotations

from bisect import bisect_right
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.base.data import replace
from book.render.pdf.paragraphs.costs import STEPS, Costs
from book.render.pdf.paragraphs.fit import DEFAULT, Fit, Measure, Stop, by_lines, fit, fit_quietly

#: Letters are one wide, spaces too; letters give a fiftieth.
GIVE = 0.02
#: Costs by which lines may be as loose as they come.
EASY = replace(DEFAULT, even=50)


def stops_of(text: str) -> list[Stop]:
    """The stops of a text in which ``=`` says where a word may be divided."""
    stops = [Stop(0, 0, 0, 0, 0, 0)]
    letters = spaces = 0
    for word in text.split():
        if letters:
            ends, given = letters + spaces, letters * GIVE
            stops.append(Stop(ends, ends + 1, spaces, spaces + 1, given, given))
            spaces += 1
        for number, part in enumerate(word.split("=")):
            if number:
                at, given = letters + spaces, letters * GIVE
                stops.append(Stop(at + 1, at, spaces, spaces, given, given, 50, is_hyphen=True))
            letters += len(part)
    end = letters + spaces
    return [*stops, Stop(end, end, spaces, spaces, letters * GIVE, letters * GIVE)]


def lines_of(text: str, found: Fit | None) -> list[str]:
    """The lines of such a text."""
    assert found is not None
    marks, plain = [0], text.replace("=", "")
    place = 0
    for sign in text:
        if sign in " =":
            marks.append(place)
        place += sign != "="
    marks.append(len(plain))
    ends = [0, *(marks[end] for end in found.ends)]
    return [plain[start:end].strip() for start, end in pairwise(ends)]


def ratio_of(before: Stop, stop: Stop, measure: float, costs: Costs, *, is_last: bool) -> float:
    """How far a line is drawn apart or in; below -1 it can't be."""
    gap = measure - (stop.end - before.begin)
    spaces = stop.spaces - before.spaces_on
    letters = stop.letters - before.letters_on
    if gap < 0:
        give = spaces * costs.drawn_in + letters
        return gap / give if give else -9.0
    if is_last or gap <= 1e-6:
        return 0.0
    if gap <= spaces * costs.apart + letters:
        return gap / (spaces * costs.apart + letters)
    return (gap - letters) / (spaces * costs.apart) if spaces else 50.0


def demerits_of(stops: list[Stop], ends: tuple[int, ...], measure: Measure) -> float | None:
    """What a way through the stops costs, counted line by line; None if a line is too long."""
    costs, total, run, step = DEFAULT, 0.0, 0, None
    for number, (start, end) in enumerate(pairwise((0, *ends))):
        is_last = end == len(stops) - 1
        width = measure.rest if number else measure.first
        ratio = ratio_of(stops[start], stops[end], width, costs, is_last=is_last)
        if ratio < -1 - 1e-6 or ratio > costs.largest:
            return None
        total += (costs.line + costs.badness * abs(ratio) ** 3) ** 2 + stops[end].cost ** 2
        run = run + 1 if stops[end].is_hyphen else 0
        total += (0, 0, costs.pair, costs.run)[min(run, 3)]
        now = bisect_right(STEPS, ratio)
        if step is not None:
            total += costs.uneven * max(0, abs(now - step) - 1)
        step = now
        if is_last:
            taken = stops[end].end - stops[start].begin
            total += costs.short_last * (taken < measure.least)
            total += costs.last_begins_broken * stops[start].is_hyphen
    return total


words = st.text("abcd", min_size=1, max_size=9)
divided = st.one_of(words, words.map(lambda word: "=".join((word[:3], word[3:]))))


@settings(max_examples=150, deadline=None)
@given(st.lists(divided, min_size=1, max_size=7), st.floats(8, 24), st.floats(0, 6))
def test_no_other_way_costs_less(texts: list[str], width: float, least: float) -> None:
    """Of all ways through a short paragraph's stops the one that is found is the cheapest."""
    stops, measure = stops_of(" ".join(texts)), Measure(width - 1, width, least)
    inner = range(1, len(stops) - 1)
    ways = [
        (*some, len(stops) - 1)
        for count in range(len(inner) + 1)
        for some in combinations(inner, count)
    ]
    costs = [cost for way in ways if (cost := demerits_of(stops, way, measure)) is not None]
    found = fit(stops, measure)
    if costs:
        assert found is not None
        assert found.demerits == pytest.approx(min(costs))
        assert demerits_of(stops, found.ends, measure) == pytest.approx(min(costs))


@settings(max_examples=100, deadline=None)
@given(st.lists(divided, min_size=1, max_size=80), st.floats(10, 60), st.integers(0, 5))
def test_all_text_is_there_and_no_line_too_long(texts: list[str], width: float, whole: int) -> None:
    """Lines end at stops, one behind the other, and are drawn in by no more than they may be."""
    stops = stops_of(" ".join(texts))
    found = fit(stops, Measure(width, width))
    if found is None:
        assert any(len(part) + 1 > width * 0.9 for text in texts for part in text.split("="))
        return
    others = by_lines(stops, Measure(width, width), whole=whole)
    for other in (found, *others.values()):
        check_lines(texts, stops, width, other)
    for lines, other in others.items():
        assert len(other.ends) == lines
        assert not whole <= lines or not whole or not stops[other.ends[whole - 1]].is_hyphen


def check_lines(texts: list[str], stops: list[Stop], width: float, found: Fit) -> None:
    """All text is there in order, and no line takes more than it may."""
    assert list(found.ends) == sorted(set(found.ends))
    assert found.ends[-1] == len(stops) - 1
    text = " ".join(texts)
    assert "".join(lines_of(text, found)).replace(" ", "") == text.replace("=", "").replace(" ", "")
    for start, end in pairwise((0, *found.ends)):
        line = stops[end].end - stops[start].begin
        spaces = stops[end].spaces - stops[start].spaces_on
        give = spaces * DEFAULT.drawn_in + stops[end].letters - stops[start].letters_on
        assert line - give <= width + 1e-3


def test_a_loose_line_is_shared_with_the_lines_above_it() -> None:
    """Taken line by line the second would have a hole; as a whole no line has."""
    text = "aaa bb ccc dd eeee f ggg hhhhhh iiiiiiiiiiiiiiiiiii jjj"
    greedy = ["aaa bb ccc dd eeee f ggg", "hhhhhh", "iiiiiiiiiiiiiiiiiii jjj"]
    found = fit(stops_of(text), Measure(24, 24))
    assert found is not None
    assert lines_of(text, found) != greedy
    assert max(found.ratios) < 10


def test_lines_that_fit_are_left_as_they_are() -> None:
    """A paragraph that was made of full lines gets these lines, and they cost next to nothing."""
    lines = ["aaaa bbbb cccc", "dddddd eeeeeee", "ff ggg hhhh iii", "jj"]
    lines[2] = "ff ggg hhhh ii"
    text = " ".join(lines)
    found = fit_quietly(stops_of(text), Measure(14, 14))
    assert lines_of(text, found) == lines
    assert found is not None
    assert found.ratios == (0, 0, 0, 0)


def test_words_are_divided_only_where_it_pays() -> None:
    """A hyphen is not put where the line is as good without one."""
    text = "aaaa bbbb cc=cc dddddd ee=eeeee fff"
    found = fit(stops_of(text), Measure(14, 14))
    assert lines_of(text, found) == ["aaaa bbbb cccc", "dddddd eeeeeee", "fff"]
    hole = "aaaa bbbb cc=cccccccc dddd eee"
    assert fit_quietly(stops_of(hole), Measure(13, 13)) is None
    found = fit(stops_of(hole), Measure(13, 13))
    assert lines_of(hole, found) == ["aaaa bbbb cc", "cccccccc dddd", "eee"]


def test_three_hyphens_in_a_row_are_avoided() -> None:
    """Even where each of them alone would be the best."""
    word = "aaaaa=aaaaa"
    text = " ".join([word] * 12)
    stops = stops_of(text)
    found = fit(stops, Measure(17, 17))
    assert found is not None
    ends = "".join("-" if stops[end].is_hyphen else " " for end in found.ends)
    assert "---" not in ends


def test_a_paragraph_is_set_a_line_longer_or_shorter_where_that_is_asked() -> None:
    """Each count of lines has its best way, and the one of the best is the best of all."""
    some = ("aaaa", "bb", "ccc", "dddddd", "e", "ffffffff", "gg")
    text = " ".join(some[place * place % 7] for place in range(160))
    stops = stops_of(text)
    plain = fit(stops, Measure(60, 60))
    assert plain is not None
    ways = by_lines(stops, Measure(60, 60))
    assert ways[len(plain.ends)] == plain
    longer = ways[len(plain.ends) + 1]
    assert len(longer.ends) == len(plain.ends) + 1
    assert longer.demerits > plain.demerits
    assert all(abs(ratio) <= DEFAULT.even for ratio in longer.ratios)


def test_a_line_ends_in_a_whole_word_where_that_is_asked() -> None:
    """The line alone, and by other breaks before it if that is better."""
    text = "aaaa bbbb cc=cccccc dddd eeee ff gggg hhh"
    stops = stops_of(text)
    measure = Measure(13, 13)
    plain = fit(stops, measure, EASY)
    assert plain is not None
    assert stops[plain.ends[0]].is_hyphen
    for found in by_lines(stops, measure, EASY, whole=1).values():
        assert not stops[found.ends[0]].is_hyphen


def test_the_last_line_is_no_stump() -> None:
    """A last line as short as an indent is worth a looser paragraph."""
    text = "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kk"
    short = fit(stops_of(text), Measure(26, 26))
    kept = fit(stops_of(text), Measure(26, 26, least=4))
    assert len(lines_of(text, short)[-1]) < 4 <= len(lines_of(text, kept)[-1])


def test_a_word_that_fits_no_line_has_no_fit() -> None:
    """The caller knows better what to do with it."""
    assert fit(stops_of("aaa " + "b" * 40 + " ccc"), Measure(20, 20)) is None
