"""A person in a call, played by aiortc: publishes or decodes. Words of the engine come as lines of JSON on standard input,
words to it go out on standard output; between them stand lines of what was decoded."""

import asyncio
import fractions
import json
import sys
import threading

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from av import VideoFrame


class Picture(VideoStreamTrack):
    """A picture that changes."""

    async def recv(self):
        pts, base = await self.next_timestamp()
        frame = VideoFrame(320, 240, "yuv420p")
        for index, plane in enumerate(frame.planes):
            plane.update(bytes([(pts // 3000 * (index + 1)) % 256]) * plane.buffer_size)
        frame.pts, frame.time_base = pts, fractions.Fraction(base)
        return frame


def say(word):
    sys.stdout.write(json.dumps(word) + "\n")
    sys.stdout.flush()


def peer():
    return RTCPeerConnection(RTCConfiguration(iceServers=[]))


class Person:
    """Her two connections."""

    def __init__(self):
        self.up = peer()
        self.down = peer()
        self.decoded = {"audio": 0, "video": 0}
        self.down.on("track", self.track)

    def track(self, track):
        asyncio.ensure_future(self.decode(track))

    async def decode(self, track):
        while True:
            frame = await track.recv()
            if track.kind == "video" and (frame.width, frame.height) != (320, 240):
                continue
            self.decoded[track.kind] += 1
            if self.decoded[track.kind] % 10 == 0:
                say({"decoded": self.decoded})

    async def publish(self):
        lines = [
            (self.up.addTransceiver(AudioStreamTrack(), direction="sendonly"), "microphone"),
            (self.up.addTransceiver(Picture(), direction="sendonly"), "camera"),
        ]
        await self.up.setLocalDescription(await self.up.createOffer())
        sends = [{"mid": line.mid, "source": source} for line, source in lines]
        say({"say": {"call": "offer", "sdp": self.up.localDescription.sdp, "sends": sends}})

    async def hears(self, hear):
        if hear["call"] == "answer":
            await self.up.setRemoteDescription(RTCSessionDescription(hear["sdp"], "answer"))
        elif hear["call"] == "offer":
            await self.down.setRemoteDescription(RTCSessionDescription(hear["sdp"], "offer"))
            await self.down.setLocalDescription(await self.down.createAnswer())
            answer = {"call": "answer", "revision": hear["revision"], "sdp": self.down.localDescription.sdp}
            say({"say": answer})
        else:
            say({"unexpected": hear})


async def main():
    person = Person()
    words = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read():
        for line in sys.stdin:
            loop.call_soon_threadsafe(words.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(words.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    if sys.argv[1] == "publish":
        await person.publish()
    else:
        say({"say": {"call": "draw", "pictures": [{"from": 1, "source": "camera", "height": 240}]}})
    while (word := await words.get()) is not None:
        await person.hears(word)


asyncio.run(main())
