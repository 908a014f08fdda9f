// The few lines of a description that browsers offer no other way to.
import type { Source } from "../../protocol.ts";

/** What the header of a packet must not tell the engine: how loud somebody is, and so who speaks. */
const LOUDNESS = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

/** How Opus is sent: with repairs for lost packets; a voice with pauses that cost nothing, what a screen plays in stereo. */
const VOICE = ["useinbandfec=1", "usedtx=1", "maxaveragebitrate=32000"];
const SCREEN = ["useinbandfec=1", "stereo=1", "maxaveragebitrate=96000"];

/** The engine's answer as the browser takes it: `sources` are by `a=mid`. */
export function tuned(sdp: string, sources: ReadonlyMap<string, Source>): string {
  return sections(sdp)
    .map((section) => {
      const source = sources.get(attribute(section, "mid") ?? "");
      const kept = section.replaceAll(new RegExp(`^a=extmap:.*${LOUDNESS}.*\\r?\\n`, "gm"), "");
      if (source === "microphone") return opus(kept, VOICE);
      return source === "screen_sound" ? opus(kept, SCREEN) : kept;
    })
    .join("");
}

/** Which connection of the engine a description belongs to: another one can take nothing over from this. */
export function origin(sdp: string): string {
  const session = /^o=\S+ (\S+)/m.exec(sdp)?.[1];
  return `${session} ${attribute(sdp, "fingerprint")}`;
}

function sections(sdp: string): string[] {
  return sdp.split(/^(?=m=)/m);
}

function attribute(section: string, name: string): string | undefined {
  return new RegExp(`^a=${name}:(.*?)\\r?$`, "m").exec(section)?.[1];
}

function opus(section: string, wanted: readonly string[]): string {
  const type = /^a=rtpmap:(\d+) opus\//im.exec(section)?.[1];
  if (!type) return section;
  const names = wanted.map((each) => each.split("=")[0]);
  const line = new RegExp(`^a=fmtp:${type} (.*?)(\\r?\\n)`, "m");
  const told = line.exec(section);
  if (!told) {
    return section.replace(
      new RegExp(`^(a=rtpmap:${type} .*?)(\\r?\\n)`, "m"),
      `$1$2a=fmtp:${type} ${wanted.join(";")}$2`,
    );
  }
  const kept = (told[1] ?? "").split(";").filter((each) => each && !names.includes(each.trim().split("=")[0]));
  return section.replace(line, `a=fmtp:${type} ${[...kept, ...wanted].join(";")}$2`);
}
