"""Historical dates: what an author may write, their order, and their wording.

The notation is EDTF, the Extended Date/Time Format: ISO 8601-2:2019, clause 4 and annex A, as
profiled by the Library of Congress (specification of 4 February 2019,
https://www.loc.gov/standards/datetime/). In the words that the specification asks for:

    Level 1 is supported, and in addition the following feature of level 2 is supported:
    unspecified digits in the ends of an interval (``194X/195X``).

By section of the specification:

- Level 0, *Date*: ``1943-09-10``, ``1943-09``, ``1943``.
- Level 0, *Date and Time*: understood, and refused with the date to write instead. A chronology
  has no clock times: it could neither order ``T03:00`` against a whole day nor print it.
- Level 0, *Time Interval*: ``1943-08/1943-09``, ends of any precision.
- Level 1, *Letter-prefixed calendar year*: ``Y170000002``, ``Y-170000002``.
- Level 1, *Seasons*: ``1943-21`` (spring) to ``1943-24`` (winter).
- Level 1, *Qualification of a date (complete)*: ``1943?``, ``1943~``, ``1943%``.
- Level 1, *Unspecified digit(s) from the right*: ``194X``, ``19XX``, ``1943-XX``,
  ``1943-08-XX``, ``1943-XX-XX``.
- Level 1, *Extended Interval*: ``1943/..``, ``../1943``, ``1943/``, ``/1943``. Both ends open
  or unknown says nothing, and is refused.
- Level 1, *Negative calendar year*: ``-0043`` is 44 BC, ``0000`` is 1 BC.

Days are those of the proleptic Gregorian calendar, as ISO 8601 says, for any year.
``import book.dates`` costs 8 ms, half of it ``dataclasses``, and no Babel; the first words in a
language load its CLDR data (see :mod:`book.dates.cldr`).
"""

from book.dates.historical import Bound, HistoricalDate, Point, Precision
from book.dates.order import day_within, first_day, holds, is_period, last_day, placed
from book.dates.parse import DateError, parse

__all__ = [
    "Bound",
    "DateError",
    "HistoricalDate",
    "Point",
    "Precision",
    "day_within",
    "first_day",
    "holds",
    "is_period",
    "last_day",
    "parse",
    "placed",
]
