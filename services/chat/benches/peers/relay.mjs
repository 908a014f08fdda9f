// The least a relay can do, for comparison: the words of our protocol that the measurement says, and no promise kept. Nothing is
// signed, counted, ordered, kept for resuming or held back; run by node it speaks through `ws`, run by bun through µWebSockets.
import { createServer } from "node:http";

const rooms = new Map();
let members = 0;

const ticketOf = (body) => JSON.stringify({ ticket: JSON.parse(body).entry });
const entryOf = (ticket) => JSON.parse(Buffer.from(ticket.split(".")[0], "base64url").toString());

/** Somebody said something; `say` answers her. */
function hear(who, text, say) {
  const said = JSON.parse(text);
  switch (said.say) {
    case "hello": {
      who.room = entryOf(said.ticket).room;
      who.member = ++members;
      who.say = say;
      if (!rooms.has(who.room)) rooms.set(who.room, { people: new Set(), seq: 0 });
      rooms.get(who.room).people.add(who);
      say(JSON.stringify({ hear: "inside", member: who.member, role: "host", secret: "", resumed: false, taken: 0 }));
      break;
    }
    case "send":
    case "commit": {
      const room = rooms.get(who.room);
      const seq = ++room.seq;
      const heard =
        said.say === "send"
          ? { hear: "message", seq, from: who.member, kind: said.kind, body: said.body }
          : { hear: "commit", seq, from: who.member, body: "", welcome: true };
      const frame = JSON.stringify(heard);
      for (const other of room.people) if (other !== who) other.say(frame);
      say(JSON.stringify({ hear: "taken", n: said.n }));
      break;
    }
    case "beat":
      say('{"hear":"beat"}');
      break;
  }
}

function gone(who) {
  const room = rooms.get(who.room);
  room?.people.delete(who);
  if (room?.people.size === 0) rooms.delete(who.room);
}

if (globalThis.Bun) {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request, server) {
      if (request.method === "POST") return new Response(ticketOf(await request.text()));
      return server.upgrade(request, { data: {} }) ? undefined : new Response("", { status: 426 });
    },
    websocket: {
      perMessageDeflate: false,
      message: (socket, text) => hear(socket.data, text, (frame) => socket.send(frame)),
      close: (socket) => gone(socket.data),
    },
  });
  console.log(`127.0.0.1:${server.port}`);
} else {
  const { WebSocketServer } = await import("ws");
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (bytes) => {
      body += bytes;
    });
    request.on("end", () => response.end(ticketOf(body)));
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket) => {
    const who = {};
    socket.on("message", (text) => hear(who, text.toString(), (frame) => socket.send(frame)));
    socket.on("close", () => gone(who));
  });
  server.listen(0, "127.0.0.1", () => console.log(`127.0.0.1:${server.address().port}`));
}
