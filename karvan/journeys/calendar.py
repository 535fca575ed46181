"""The days not to miss, as a calendar file."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Alarm, Calendar, Event

REMIND_DAYS = 7


def calendar_of(plan: dict[str, Any], *, state: str, made_on: date) -> bytes:
    """One event of a whole day for each deadline, with a reminder a week before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Karvan//Journey//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Karvan: {state}")
    stamp = datetime.combine(made_on, time(), UTC)
    for due in plan["deadlines"]:
        calendar.add_component(_event(due, stamp))
    return calendar.to_ical()


def _event(due: dict[str, Any], stamp: datetime) -> Event:
    day = date.fromisoformat(due["date"])
    title = _("Last day: {step}").format(step=due["title"])
    event = Event()
    event.add("uid", f"{uuid4()}@karvan")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    event.add(
        "description",
        _("Who acts: {who}. If missed: {lost}").format(who=due["actor_name"], lost=due["missed"]),
    )
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-REMIND_DAYS))
    left = ngettext("One day left: {step}", "{count} days left: {step}", REMIND_DAYS)
    alarm.add("description", left.format(count=REMIND_DAYS, step=due["title"]))
    event.add_component(alarm)
    return event
