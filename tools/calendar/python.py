"""Reads a calendar file from standard input with icalendar and prints what it understood."""
import json
import sys
from datetime import timezone

from icalendar import Calendar


def iso(moment):
    return moment.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def understood(event):
    organizer = event["ORGANIZER"]
    alarms = [c for c in event.subcomponents if c.name == "VALARM"]
    return {
        "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "title": str(event["SUMMARY"]),
        "note": str(event.get("DESCRIPTION", "")), "stamp": iso(event["DTSTAMP"]),
        "start": iso(event["DTSTART"]), "end": iso(event["DTEND"]), "organizer": str(organizer),
        "name": str(organizer.params.get("CN", "")), "transparency": str(event["TRANSP"]),
        "status": str(event["STATUS"]),
        "alarm": int(-alarms[0]["TRIGGER"].dt.total_seconds()) if alarms else 0,
    }


calendar = Calendar.from_ical(sys.stdin.buffer.read())
print(json.dumps({"method": str(calendar["METHOD"]), "events": [understood(e) for e in calendar.walk("VEVENT")]}))
