/*
 * Direct connections between people in a test, as the port has them (env/direct-call.ts): two that know each other's
 * end are one wire, as long as the devices reach each other.
 */
import type { Connect, DirectConnection, DirectEnd, DirectEvents } from "../../src/env/direct-call.ts";
import type { Address } from "../../src/env/host.ts";
import type { Clock } from "../../src/env/clock.ts";

export interface DirectWires {
  /** The devices reach each other. */
  reach: boolean;
  connectOf(name: Address): Connect;
  /** Connections that a page ever began, and that it has now. */
  made(name: Address): number;
  open(name: Address): number;
  /** Of all connections, what each was told of the other side. */
  readonly accepted: DirectEnd[];
  /** The person's microphone gives 20 ms of sound; returns who hears it directly. */
  say(name: Address, level: number): readonly Address[];
}

interface Wire {
  readonly name: Address;
  readonly events: DirectEvents;
  readonly end: DirectEnd;
  other: string | undefined;
  isAudible: boolean;
  isOpen: boolean;
  isHeard: boolean;
  level: number;
}

export const DIRECT_MS = 70;
const LOOK_MS = 250;
const GATHERING_MS = 30;

export function createDirectWires(clock: Clock): DirectWires {
  const wires: Wire[] = [];
  const accepted: DirectEnd[] = [];
  const otherOf = (wire: Wire): Wire | undefined =>
    wires.find(
      (each) => each.isOpen && each.end.user === wire.other && each.other === wire.end.user && wire.isOpen,
    );

  function tell(): void {
    clock.after(LOOK_MS, tell);
    for (const wire of wires) {
      if (!wire.isHeard) continue;
      wire.isHeard = false;
      wire.events.sound(wire.level, DIRECT_MS);
    }
  }
  tell();

  function open(name: Address, events: DirectEvents): DirectConnection {
    const end = directEnd(wires.length);
    const wire: Wire = {
      name,
      events,
      end,
      other: undefined,
      isAudible: false,
      isOpen: true,
      isHeard: false,
      level: 0,
    };
    wires.push(wire);
    const soon = (): Promise<DirectEnd> =>
      new Promise((resolve) => {
        clock.after(GATHERING_MS, () => resolve(end));
      });
    const accept = (other: DirectEnd): void => {
      accepted.push(other);
      wire.other = other.user;
    };
    return {
      offer: soon,
      answer(offer) {
        accept(offer);
        return soon();
      },
      accept,
      setAudible(isAudible) {
        wire.isAudible = isAudible;
      },
      close() {
        wire.isOpen = false;
      },
    };
  }

  return {
    reach: true,
    connectOf: (name) => (_, events) => open(name, events),
    made: (name) => wires.filter((wire) => wire.name === name).length,
    open: (name) => wires.filter((wire) => wire.name === name && wire.isOpen).length,
    accepted,
    say(name, level) {
      if (!this.reach) return [];
      const heard = wires.filter((wire) => wire.name === name).flatMap((wire) => otherOf(wire) ?? []);
      for (const wire of heard) Object.assign(wire, { isHeard: true, level });
      return heard.filter(({ isAudible }) => isAudible).map((wire) => wire.name);
    },
  };
}

/** What a contact may send: all of it is fit, and leads nowhere. */
export function directEnd(number: number): DirectEnd {
  return {
    user: `user${number}`,
    password: "p".repeat(24),
    fingerprint: new Uint8Array(32).fill(number),
    payload: 111,
    places: [{ kind: "ip", address: Uint8Array.of(10, 0, 0, 1), port: 5000 + (number % 1000) }],
  };
}
