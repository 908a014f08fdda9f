"""Reads calendar files with icalendar and prints what they say: python read.py FILE..."""

import json
import sys
from datetime import timezone
from pathlib import Path

from icalendar import Calendar


def text(component, name):
    value = component.get(name)
    return None if value is None else str(value)


def utc(component, name):
    return component.decoded(name).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def attendees(event):
    value = event.get("ATTENDEE", [])
    return [str(one) for one in (value if isinstance(value, list) else [value])]


def read(file):
    calendar = Calendar.from_ical(Path(file).read_bytes())
    problems = [problem for part in calendar.walk() for problem in part.errors]
    if problems:
        sys.exit(f"{file}: {problems}")
    return {
        "method": text(calendar, "METHOD"),
        "name": text(calendar, "NAME"),
        "events": [
            {
                "uid": text(event, "UID"),
                "sequence": event["SEQUENCE"],
                "stamp": utc(event, "DTSTAMP"),
                "start": utc(event, "DTSTART"),
                "end": utc(event, "DTEND"),
                "summary": text(event, "SUMMARY"),
                "description": text(event, "DESCRIPTION"),
                "location": text(event, "LOCATION"),
                "status": text(event, "STATUS"),
                "class": text(event, "CLASS"),
                "organizer": text(event, "ORGANIZER"),
                "attendees": attendees(event),
            }
            for event in calendar.walk("VEVENT")
        ],
    }


print(json.dumps([read(file) for file in sys.argv[1:]]))
