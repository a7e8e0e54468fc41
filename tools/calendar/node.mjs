// Reads a calendar file from standard input with node-ical and prints what it understood.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const parsed = ical.sync.parseICS(readFileSync(0, "utf8"));
const events = Object.values(parsed).filter((entry) => entry.type === "VEVENT").map((event) => {
  const alarm = (event.alarms ?? [])[0];
  const text = (value) => (value && value.val !== undefined ? value.val : value) ?? "";
  const trigger = alarm ? /^-PT(\d+)M$/.exec(text(alarm.trigger)) : null;
  return {
    uid: event.uid, sequence: Number(event.sequence), title: text(event.summary), note: text(event.description),
    stamp: event.dtstamp.toISOString(), start: event.start.toISOString(), end: event.end.toISOString(),
    organizer: text(event.organizer), name: (event.organizer.params?.CN ?? "").replaceAll('"', ""),
    transparency: event.transparency, status: event.status, alarm: trigger ? 60 * Number(trigger[1]) : 0,
  };
});
console.log(JSON.stringify({ method: events.length ? Object.values(parsed).find((e) => e.type === "VEVENT").method : "", events }));
