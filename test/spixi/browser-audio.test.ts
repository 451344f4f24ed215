/*
 * A browser's microphone and loudspeaker in the hands of a system that takes them away and gives them back.
 */
import { describe, expect, test } from "vitest";
import type { Audio, MicrophoneState, Sound } from "../../src/env/audio.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBrowserAudio } from "../../src/spixi/browser-audio.ts";
import { createFakeSound, FakeTrack } from "../support/fake-sound.ts";
import type { FakeSound } from "../support/fake-sound.ts";

interface Desk {
  readonly sound: FakeSound;
  readonly audio: Audio;
  /** What was told of the microphone since it was opened. */
  readonly told: string[];
  open(): Promise<MicrophoneState>;
  /** Plays so many packets, each at its time. */
  play(packets: number): Promise<void>;
}

function openDesk(): Desk {
  const sound = createFakeSound();
  const clock = createSimulatedClock();
  const audio = createBrowserAudio(sound.scope, clock);
  const told: string[] = [];
  return {
    sound,
    audio,
    told,
    open: () =>
      audio.open({
        packet: () => undefined,
        lost: () => told.push("lost"),
        taken: (isTaken) => told.push(isTaken ? "taken" : "back"),
      }),
    async play(packets) {
      for (let i = 0; i < packets; i++) {
        const each: Sound = { at: clock.now() + 100, packet: new Uint8Array(40) };
        audio.play("bo", [each]);
        await clock.advance(20);
      }
    },
  };
}

describe("a microphone", () => {
  test("that something else has when it opens says so at once, and is told when it comes back", async () => {
    const { sound, told, open } = openDesk();
    const track = new FakeTrack();
    track.muted = true;
    sound.microphone = track;
    expect(await open()).toBe("taken");
    track.become("unmute");
    track.become("mute");
    expect(told).toEqual(["back", "taken"]);
    expect(track.readyState).toBe("live");
  });

  test("that is gone when it comes, or while the person is asked, says so", async () => {
    const { sound, told, open } = openDesk();
    const track = new FakeTrack();
    track.stop();
    sound.microphone = track;
    expect(await open()).toBe("lost");
    sound.microphone = "NotFoundError";
    expect(await open()).toBe("missing");
    expect(told).toEqual([]);
    sound.microphone = new FakeTrack();
    expect(await open()).toBe("open");
  });

  test("whose right is taken away is lost, and refused when it is asked for again", async () => {
    const { sound, told, open } = openDesk();
    const track = new FakeTrack();
    sound.microphone = track;
    expect(await open()).toBe("open");
    track.become("ended");
    track.become("mute");
    expect(told).toEqual(["lost"]);
    sound.microphone = "NotAllowedError";
    expect(await open()).toBe("refused");
  });

  test("is closed when nobody wants it any more before it came", async () => {
    const { sound, audio, open } = openDesk();
    const track = new FakeTrack();
    sound.microphone = track;
    const opened = open();
    audio.stop();
    await opened;
    expect(track.readyState).toBe("ended");
  });
});

describe("a loudspeaker", () => {
  test.each(["suspended", "interrupted"] as const)(
    "that is %s plays nothing of that time afterwards, and goes on by itself",
    async (state) => {
      const { sound, open, play } = openDesk();
      await open();
      await play(3);
      expect(sound.started).toHaveLength(3);
      const [context] = sound.contexts;
      context!.isHeldBack = true;
      context!.become(state);
      await play(50);
      expect(sound.started).toHaveLength(3);
      // A phone call that ends leaves it suspended.
      context!.isHeldBack = false;
      context!.become(state === "suspended" ? "interrupted" : "suspended");
      expect(context!.state).toBe("running");
      await play(5);
      expect(sound.started).toHaveLength(8);
    },
  );

  test("that waits for a press goes on with the next one", async () => {
    const { sound, audio, open } = openDesk();
    await open();
    const [context] = sound.contexts;
    context!.isHeldBack = true;
    context!.become("suspended");
    context!.isHeldBack = false;
    audio.setMuted(true);
    expect(context!.state).toBe("running");
  });

  test("is let go when nobody calls any more, and is not begun again by itself", async () => {
    const { sound, audio, open, play } = openDesk();
    await open();
    audio.stop();
    expect(sound.contexts.map(({ state }) => state)).toEqual(["closed"]);
    await open();
    await play(2);
    expect(sound.contexts.map(({ state }) => state)).toEqual(["closed", "running"]);
  });
});
