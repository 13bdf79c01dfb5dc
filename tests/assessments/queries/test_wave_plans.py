from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessments.queries.wave_plans import usual_last_days

DATES = st.dates(date(2015, 1, 1), date(2040, 1, 1))


def test_days_follow_the_dates_of_the_programme():
    days = usual_last_days(starts_on=date(2020, 11, 2), ends_on=date(2022, 7, 5), today=date(2020, 10, 1))

    assert list(days.values()) == [date(2020, 11, 23), date(2021, 9, 3), date(2022, 6, 14)]


def test_a_programme_under_way_begins_three_weeks_from_today():
    days = usual_last_days(starts_on=date(2020, 11, 2), ends_on=date(2022, 7, 5), today=date(2021, 3, 1))

    assert days["baseline"] == date(2021, 3, 22)
    assert days["end"] == date(2022, 6, 14)


@given(DATES, st.integers(1, 900), st.integers(-900, 900))
def test_days_are_always_ahead_in_order_and_on_working_days(starts_on, length, since):
    today = starts_on + timedelta(days=since)
    days = list(usual_last_days(starts_on=starts_on, ends_on=starts_on + timedelta(days=length), today=today).values())

    assert today < days[0] < days[1] < days[2]
    assert all(day.weekday() < 5 for day in days)
