/*
 * People who can call each other: their microphones say what a test has them say, 20 ms at a time, and what they would
 * hear is written down.
 */
import type { Audio, MicrophoneEvents, MicrophoneState } from "../../src/env/audio.ts";
import type { Address, HostHandlers } from "../../src/env/host.ts";
import type { EngineKind } from "../../src/simulator/engine.ts";
import type { Voice } from "../../src/session.ts";
import { createDirectWires, DIRECT_MS } from "./direct-wires.ts";
import type { DirectWires } from "./direct-wires.ts";
import { createRoom } from "./room.ts";
import type { Room, RoomOptions } from "./room.ts";

export interface Heard {
  readonly speaker: Address;
  /** When it is to be heard, on the hearer's clock. */
  readonly at: number;
  /** When it was said, on the room's clock; undefined: it was made up. */
  readonly saidAt: number | undefined;
  /** Not through the messenger. */
  readonly isDirect?: boolean;
}

export interface Caller {
  /** The microphone is open. */
  isOpen(): boolean;
  /** What comes of the next press. */
  answers: MicrophoneState;
  readonly heard: Heard[];
  /** The microphone is unplugged. */
  lose(): void;
  /** A phone call begins, or ends. */
  take(isTaken: boolean): void;
  /** The person talks from now on, or is silent. */
  talks: boolean;
}

export interface CallRoom extends Room {
  caller(name: Address): Caller;
  readonly wires: DirectWires;
  voice(name: Address): Voice;
  /** Notices of calls that the person saw, and of whom. */
  told(name: Address): string[];
  /** The person's host calls a function of its page. */
  host(name: Address): { displayCallBar(...args: unknown[]): void; hideCallBar(): void };
}

const PACKET_MS = 20;
const PACKET_BYTES = 40;

/** `deaf`: cannot play sound. */
export function createCallRoom(
  options: Omit<RoomOptions, "page"> & {
    readonly deaf?: readonly Address[];
    readonly engine?: EngineKind;
  },
): CallRoom {
  const callers = new Map<Address, Caller>();
  const audioOf = new Map<Address, Audio>();
  let wires: DirectWires | undefined;
  const room: Room = createRoom({
    ...options,
    page: (name) => ({
      ...(options.engine ? { engine: options.engine } : {}),
      ...(options.deaf?.includes(name) ? {} : { audio: audioOf.get(name) ?? openEars(name) }),
    }),
  });

  function theWires(): DirectWires {
    return (wires ??= createDirectWires(room.clock));
  }

  function openEars(name: Address): Audio {
    let open: MicrophoneEvents | undefined;
    let isMuted = false;
    const caller: Caller = {
      isOpen: () => open !== undefined,
      answers: "open",
      heard: [],
      talks: false,
      lose() {
        const lost = open;
        open = undefined;
        lost?.lost();
      },
      take: (isTaken) => open?.taken(isTaken),
    };
    const record = (): void => {
      room.clock.after(PACKET_MS, record);
      if (!room.isOpen(name)) return;
      const packet = new Uint8Array(PACKET_BYTES);
      new DataView(packet.buffer).setFloat64(0, room.clock.now());
      const level = caller.talks && !isMuted ? 0.2 : 0.001;
      open?.packet(packet, level);
      const now = room.clock.now();
      const heard = { speaker: name, at: now + DIRECT_MS, saidAt: now, isDirect: true };
      for (const other of theWires().say(name, level))
        if (caller.talks) callers.get(other)!.heard.push(heard);
    };
    record();
    const audio: Audio = {
      canHear: true,
      open(events) {
        open = caller.answers === "open" ? events : undefined;
        return Promise.resolve(caller.answers);
      },
      setMuted(muted) {
        isMuted = muted;
      },
      play(speaker, sounds) {
        for (const { at, packet } of sounds)
          caller.heard.push({
            speaker,
            at,
            saidAt: packet && new DataView(packet.buffer).getFloat64(0),
          });
      },
      connect: theWires().connectOf(name),
      setVolume: () => undefined,
      stop() {
        open = undefined;
        isMuted = false;
      },
    };
    audioOf.set(name, audio);
    callers.set(name, caller);
    return audio;
  }

  return {
    ...room,
    caller: (name) => callers.get(name)!,
    wires: theWires(),
    voice: (name) => room.at(name).session.voice,
    told: (name) =>
      room
        .at(name)
        .notices.flatMap((notice) =>
          notice.kind.startsWith("call-") && "address" in notice
            ? [`${notice.kind.slice(5)} ${notice.address}`]
            : [],
        ),
    host: (name) => room.at(name).page.globals as unknown as ReturnType<CallRoom["host"]>,
  };
}

/** Everybody is here and the boards are quiet. */
export async function gather(room: CallRoom): Promise<void> {
  for (const name of room.names) room.open(name);
  await room.ready();
  const areHere = (): boolean =>
    room.names.every((name) =>
      room
        .at(name)
        .session.contacts()
        .every(({ state }) => state === "here"),
    );
  if (!(await room.clock.runUntil(areHere, 60_000))) throw new Error("not everybody came");
}

/** The first rings, the others take the call. */
export async function callAll(room: CallRoom): Promise<void> {
  await gather(room);
  const [first, ...others] = room.names;
  room.voice(first!).press();
  for (const name of others) {
    if (!(await room.clock.runUntil(() => room.voice(name).phase() === "rung", 20_000)))
      throw new Error(`it does not ring at ${name}'s`);
    room.voice(name).press();
  }
  const areIn = (): boolean =>
    room.names.every((name) => room.voice(name).members().length === others.length);
  if (!(await room.clock.runUntil(areIn, 20_000))) throw new Error("not everybody is in the call");
}

/** A host's handler of a page, for what a test lets a contact say. */
export function dataHandler(room: Room, name: Address): HostHandlers["data"] {
  const { onNetworkData } = room.at(name).page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  return onNetworkData;
}
