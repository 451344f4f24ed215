/*
 * A run of the simulator as a file: JSON, one line each. The first line says how it began; each of the
 * others is something that came from outside, and where: after so many tasks of the clock, at this moment.
 * All else follows from these: who sends what, what is lost, what is stored.
 */
import type { Address } from "../../../env/host.ts";
import type { ChatKind, HostVersion } from "../../chat.ts";
import type { NetworkSettings } from "../../network.ts";
import type { PhoneSettings } from "../phone-model.ts";
import type { RecordedEvent } from "./input-events.ts";

export interface RunStart {
  readonly simulatorRun: 1;
  readonly app: { readonly id: string; readonly version: string };
  /** The part of the page's address after `?`. */
  readonly search: string;
  readonly seed: number;
  /** What the calendar said, in milliseconds since 1970. */
  readonly epoch: number;
}

/** What a person does to a phone, by the names that PhoneModel has for it. */
export type PhoneAction =
  | { readonly what: "open" | "back" | "killPage" | "kill" | "damageStorage" }
  | { readonly what: "rollBack"; readonly seconds: number }
  | { readonly what: "setOnline" | "setHidden"; readonly on: boolean }
  | ({ readonly what: "setScreen" } & Pick<PhoneSettings, "screen" | "ratio">)
  | ({ readonly what: "setAppearance" } & Pick<PhoneSettings, "appearance">)
  | { readonly what: "reopen"; readonly change: Partial<PhoneSettings> };

/** What a person does with the simulator. */
export type Action =
  | ({ readonly to: "phone"; readonly phone: Address } & PhoneAction)
  | { readonly to: "network"; readonly change: Partial<NetworkSettings> }
  | { readonly to: "all"; readonly what: "add" | "gather" }
  | { readonly to: "all"; readonly what: "host"; readonly host: HostVersion }
  | { readonly to: "all"; readonly what: "chat"; readonly chat: ChatKind };

export type Stimulus =
  | { readonly do: "action"; readonly action: Action }
  /** The browser paints; so many calls of observers are made before. */
  | { readonly do: "frame"; readonly observed: number }
  /** All pages that were opened have loaded. */
  | { readonly do: "loaded" }
  /** A page gets an event; pages are counted in the order in which they were opened. */
  | { readonly do: "input"; readonly page: number; readonly event: RecordedEvent }
  /** Nothing happens, but all that pages and hosts have told each other until now has this digest. */
  | { readonly do: "check"; readonly said: string };

export type RunLine = Stimulus & { readonly step: number; readonly at: number };

export interface RecordedRun {
  readonly start: RunStart;
  readonly lines: readonly RunLine[];
}

/** Reads a file; throws with a message for people. A last line that was cut off counts for nothing. */
export function parseRun(text: string): RecordedRun {
  const [first, ...rest] = text.split("\n").slice(0, -1);
  const start = parseStart(first ?? "");
  if (start?.simulatorRun !== 1) throw new Error("This is no recorded run, or one of another version.");
  return { start, lines: rest.map((line) => JSON.parse(line) as RunLine) };
}

function parseStart(line: string): RunStart | undefined {
  try {
    return JSON.parse(line) as RunStart;
  } catch {
    return undefined;
  }
}
