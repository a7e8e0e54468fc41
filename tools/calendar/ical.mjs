// Reads a calendar file from standard input with ical.js and prints what it understood.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const iso = (time) => time.toJSDate().toISOString();
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const organizer = component.getFirstProperty("organizer");
  const alarm = component.getFirstSubcomponent("valarm");
  const trigger = alarm && alarm.getFirstPropertyValue("trigger");
  return {
    uid: event.uid, sequence: event.sequence, title: event.summary, note: event.description ?? "",
    stamp: iso(component.getFirstPropertyValue("dtstamp")), start: iso(event.startDate), end: iso(event.endDate),
    organizer: organizer.getFirstValue(), name: organizer.getParameter("cn") ?? "",
    transparency: component.getFirstPropertyValue("transp"),
    status: component.getFirstPropertyValue("status"), alarm: trigger ? -trigger.toSeconds() : 0,
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
