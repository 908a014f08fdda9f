// How loud a microphone is, and a sound to test the speaker with.

/** Reads how loud a track is, from 0 to 1. */
export class Level {
  #context: AudioContext | undefined;
  #analyser: AnalyserNode | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #track: MediaStreamTrack | undefined;

  /** The track to listen to; nothing to stop. */
  follow(track: MediaStreamTrack | undefined): void {
    if (this.#track === track) return;
    this.#track = track;
    this.#source?.disconnect();
    this.#source = undefined;
    if (!track || typeof AudioContext === "undefined") return;
    this.#context ??= new AudioContext();
    this.#analyser ??= this.#context.createAnalyser();
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    void this.#context.resume();
  }

  /** How loud it is now. */
  get now(): number {
    const analyser = this.#analyser;
    if (!analyser || !this.#source) return 0;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // A voice at a table is at about a tenth of what there is.
    return Math.min(1, Math.sqrt(power) * 6);
  }

  close(): void {
    this.follow(undefined);
    void this.#context?.close();
    this.#context = this.#analyser = undefined;
  }
}

/** An element that plays, and may play on a speaker that was picked. */
export type Player = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };

/** Plays two soft tones on this speaker. */
export async function testSound(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  const out = context.createMediaStreamDestination();
  volume.gain.value = 0.15;
  tone.frequency.setValueAtTime(440, context.currentTime);
  tone.frequency.setValueAtTime(554, context.currentTime + 0.4);
  tone.connect(volume).connect(out);
  const player: Player = new Audio();
  player.srcObject = out.stream;
  try {
    if (speaker) await player.setSinkId?.(speaker);
    await player.play();
    tone.start();
    tone.stop(context.currentTime + 0.8);
    await new Promise((done) => {
      tone.onended = done;
    });
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
