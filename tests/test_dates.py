"""Dates: what is read, and how it is ordered."""

from __future__ import annotations

import datetime
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.dates import Bound, DateError, HistoricalDate, Point, Precision, parse
from book.dates.historical import day_number

# The examples of the Library of Congress' specification, level 0 and 1.
SPECIFICATION = """
1985-04-12 1985-04 1985 1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02
2004-02-01/2005 2005/2006-02 Y170000002 Y-170000002 2001-21 1984? 2004-06~ 2004-06-11% 201X
20XX 2004-XX 1985-04-XX 1985-XX-XX 1985-04-12/.. 1985-04/.. 1985/.. ../1985-04-12 ../1985-04
../1985 1985-04-12/ 1985-04/ 1985/ /1985-04-12 /1985-04 /1985 -1985
"""


def points() -> st.SearchStrategy[str]:
    """Dates of level 1 as text, without intervals."""
    years = st.integers(-9999, 9999).map(lambda year: f"{'-' * (year < 0)}{abs(year):04}")
    months = st.integers(1, 12).map("{:02}".format)
    days = st.integers(1, 28).map("{:02}".format)
    seasons = st.integers(21, 24).map(str)
    plain = st.one_of(
        years,
        st.builds("{}-{}".format, years, st.one_of(months, seasons, st.just("XX"))),
        st.builds("{}-{}-{}".format, years, months, st.one_of(days, st.just("XX"))),
        st.builds("{}-XX-XX".format, years),
        st.integers(0, 999).map("{:03}X".format),
        st.integers(0, 99).map("{:02}XX".format),
        st.integers(10_000, 10**12).flatmap(lambda n: st.sampled_from([f"Y{n}", f"Y-{n}"])),
    )
    return st.builds("{}{}".format, plain, st.sampled_from(["", "?", "~", "%"]))


def dates() -> st.SearchStrategy[HistoricalDate]:
    """Anything that can be read: dates, and intervals in order."""
    one = points().map(parse)

    def between(pair: tuple[HistoricalDate, HistoricalDate]) -> HistoricalDate:
        first, second = pair
        try:
            return parse(f"{first.edtf}/{second.edtf}")
        except DateError:
            return parse(f"{second.edtf}/{first.edtf}")

    ends = st.sampled_from(["{}/..", "{}/", "../{}", "/{}"])
    loose = st.builds(lambda form, date: parse(form.format(date.edtf)), ends, one)
    return st.one_of(one, loose, st.tuples(one, one).map(between))


class TestReading:
    @pytest.mark.parametrize("edtf", SPECIFICATION.split())
    def test_every_example_of_the_specification_is_read(self, edtf: str) -> None:
        """Level 0 and 1 are supported whole (but clock times; see below)."""
        assert parse(edtf).edtf == edtf

    def test_a_day(self) -> None:
        """Level 0, Date: year, month and day."""
        expected = Point(1943, 1943, 9, 10, Precision.DAY, "", masked=False)
        assert parse("1943-09-10").start == expected

    def test_unspecified_parts_are_not_known(self) -> None:
        """Level 1, Unspecified digits: a masked day leaves the month's precision."""
        start = parse("1943-08-XX").start
        assert isinstance(start, Point)
        assert (start.precision, start.masked) == (Precision.MONTH, True)

    def test_a_decade_spans_its_years(self) -> None:
        """Level 1, Unspecified digits: 194X is 1940 to 1949."""
        start = parse("194X").start
        assert isinstance(start, Point)
        assert (start.year, start.last_year) == (1940, 1949)

    def test_a_negative_decade_runs_towards_the_present(self) -> None:
        """-004X is -49 to -40, in this order."""
        start = parse("-004X").start
        assert isinstance(start, Point)
        assert (start.year, start.last_year) == (-49, -40)

    def test_open_and_unknown_differ(self) -> None:
        """Level 1, Extended Interval: two dots are open, nothing is unknown."""
        assert (parse("1943/..").end, parse("1943/").end) == (Bound.OPEN, Bound.UNKNOWN)

    @pytest.mark.parametrize("year", ["2000", "1944", "0000", "-0004", "-0400"])
    def test_leap_years_are_gregorian_at_any_time(self, year: str) -> None:
        """29 February exists in the proleptic Gregorian calendar's leap years."""
        assert parse(f"{year}-02-29")

    @pytest.mark.parametrize("year", ["1900", "1943", "-0001", "-0100"])
    def test_other_years_have_no_29_february(self, year: str) -> None:
        """Centuries that 400 does not divide are no leap years, BC too."""
        with pytest.raises(DateError, match="has 28 days"):
            parse(f"{year}-02-29")

    def test_seasons_of_an_interval_are_compared_by_year(self) -> None:
        """A southern summer precedes March: its months are not ours to know."""
        assert parse("1943-22/1943-03")

    def test_an_interval_may_end_within_its_start(self) -> None:
        """1943-09/1943 began in September and ended some time in that year."""
        assert parse("1943-09/1943")

    def test_a_date_can_be_sent_to_another_process(self) -> None:
        """Chapters are typeset in worker processes."""
        date = parse("1943~/..")
        assert pickle.loads(pickle.dumps(date)) == date


class TestOrder:
    def test_a_chronology_reads_from_coarse_to_fine(self) -> None:
        """A year before its months, a month before its days; then by the latest day."""
        ordered = [
            "/-0043", "../1943", "Y-170000002", "-0043-03-15", "0000", "0079-08-24", "19XX",
            "194X", "1943", "1943-XX", "1943?", "1943/1944", "1943/..", "1943-01", "1943-01-01",
            "1943-01-01/1943-01-03", "1943-21", "1943-08", "1943-08-XX", "1943-08/1943-09",
            "1943-08-01", "1943-09-10", "1943-24", "1943-12", "1944", "Y170000002",
        ]  # fmt: skip
        shuffled = [*reversed(ordered)]
        assert sorted(shuffled, key=lambda edtf: parse(edtf).key) == ordered

    @given(st.lists(dates(), max_size=8))
    def test_different_dates_never_tie(self, some: list[HistoricalDate]) -> None:
        """So the chronology's order does not depend on the order of the prose."""
        assert len({date.key for date in some}) == len({date.edtf for date in some})

    @given(st.dates(), st.dates())
    def test_days_are_ordered_as_in_the_calendar(
        self, one: datetime.date, two: datetime.date
    ) -> None:
        """The key agrees with datetime where datetime reaches."""
        keys = [parse(day.isoformat()).key for day in (one, two)]
        assert (keys[0] < keys[1]) == (one < two)

    @given(st.dates())
    def test_days_are_numbered_as_by_datetime(self, day: datetime.date) -> None:
        """Our own arithmetic is the proleptic Gregorian one."""
        assert day_number(day.year, day.month, day.day) == day.toordinal()

    @given(st.integers(-(10**9), 10**9))
    def test_years_of_any_size_follow_each_other(self, year: int) -> None:
        """The day after 31 December is 1 January, BC too."""
        assert day_number(year, 12, 31) + 1 == day_number(year + 1, 1, 1)

    @given(points().map(parse))
    def test_the_earliest_day_is_not_after_the_latest(self, date: HistoricalDate) -> None:
        """A point spans at least a day."""
        assert isinstance(date.start, Point)
        assert date.start.first <= date.start.last


class TestMachine:
    @pytest.mark.parametrize(
        ("edtf", "value"),
        [
            ("1943-09-10", "1943-09-10"),
            ("1943-09", "1943-09"),
            ("1943", "1943"),
            ("0079", "0079"),
            ("Y12345", "12345"),
        ],
    )
    def test_what_html_can_say(self, edtf: str, value: str) -> None:
        """HTML, Dates and times: years from 1 on, months, days."""
        assert parse(edtf).machine == value

    @pytest.mark.parametrize(
        "edtf",
        ["0000", "-0043-03-15", "1943~", "1943?", "194X", "1943-08-XX", "1943-21", "1943/1944"],
    )
    def test_what_html_cannot_say(self, edtf: str) -> None:
        """No BC, no about, no seasons, no intervals: better nothing than a lie."""
        assert parse(edtf).machine is None
