import { encodeUtf8 } from "lib0/string";
import { hashBytes } from "../../../base/hash.ts";
import type { Clock } from "../../../env/clock.ts";
import type { SimulatorEvent } from "../../events.ts";
import type { Action } from "./run-file.ts";

/** What records a run of the simulator, or replays one. */
export interface Run {
  /** The time of the world, and of every page in it. */
  readonly clock: Clock;
  /** Takes over a page before its first script runs; returns what is to be called when it is gone. */
  adopt(page: Window): () => void;
  /** The world is there, with its first pages; `perform` does what a person asks of the simulator. */
  begin(perform: (action: Action) => void): void;
  /** A person asks it: done and written down, or, while another run is replayed, left undone. */
  act(action: Action): void;
  /** To be told of every event of the world. */
  heard(event: SimulatorEvent): void;
}

/** The digest of what pages and hosts have told each other, after one more event of the world. */
export function digestAfter(digest: number, event: SimulatorEvent): number {
  if (event.type !== "navigation" && event.type !== "script") return digest;
  const said = event.type === "script" ? event.script : event.url;
  return hashBytes(encodeUtf8(`${digest} ${event.phone} ${said}`)).lo;
}
