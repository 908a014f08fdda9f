// Reads calendar files with ical.js and prints what they say: node read.mjs FILE...
// With --busy FROM TO (seconds) before the files: when each file's events take place between them, series expanded.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const files = process.argv.slice(2);
const window = files[0] === "--busy" ? files.splice(0, 3).slice(1).map(Number) : null;

const utc = (time) => time.toJSDate().toISOString().replace(".000Z", "Z");
const value = (component, name) => component.getFirstPropertyValue(name);

function whole(calendar) {
  return {
    method: value(calendar, "method"),
    name: value(calendar, "name"),
    events: calendar.getAllSubcomponents("vevent").map((event) => ({
      uid: value(event, "uid"),
      sequence: value(event, "sequence"),
      stamp: utc(value(event, "dtstamp")),
      start: utc(value(event, "dtstart")),
      end: utc(value(event, "dtend")),
      summary: value(event, "summary"),
      description: value(event, "description"),
      location: value(event, "location"),
      status: value(event, "status"),
      class: value(event, "class"),
      organizer: value(event, "organizer"),
      attendees: event.getAllProperties("attendee").map((one) => one.getFirstValue()),
    })),
  };
}

function busy(calendar) {
  const [from, to] = window;
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  const found = [];
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const seconds = (time) => {
      const local = time.clone();
      local.zone = zone;
      return local.toUnixTime();
    };
    const dates = event.iterator();
    for (let date = dates.next(); date && seconds(date) < to; date = dates.next()) {
      if (seconds(date) >= from) found.push(seconds(date));
    }
  }
  return [...new Set(found)].sort((one, other) => one - other);
}

const read = (file) => new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
console.log(JSON.stringify(files.map((file) => (window ? busy(read(file)) : whole(read(file))))));
