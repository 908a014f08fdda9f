// More places in a room than an appointment has: rights that the test signs itself, with the key of the server it started.
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const mac = (key, message) => createHmac("sha256", key).update(message).digest();

/** What opens the same room for somebody else; `fragment` is what opens it for the one who came by her appointment. */
export function anotherSeat(data, fragment) {
  const [, video = "", entry, secret] = fragment.match(/^(v~)?([^~]+)~([^~]+)/);
  const said = JSON.parse(Buffer.from(entry.split(".")[0], "base64url").toString());
  const right = Buffer.from(JSON.stringify({ ...said, seat: `test-${randomBytes(6).toString("hex")}` }));
  const text = right.toString("base64url");
  const key = mac(readFileSync(join(data, "keys/server.key")), "talk: rights to enter a room, version 1");
  return `${video}${text}.${mac(key, text).toString("base64url")}~${secret}`;
}

/** What opened the room of this page. */
export function fragmentOf(page) {
  return page.evaluate(() => history.state.talk);
}
