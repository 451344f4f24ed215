import type { LayerId } from "../document/board.ts";
import { readSessionRecord } from "../document/session-records.ts";
import type { SessionRecord } from "../document/session-records.ts";

/** The layers that sessions have drawn on, as the `sessions` map names them, kept in step with it. */
export interface SessionTable {
  /** Undefined for a slot that the session has not named. */
  layerAt(client: number, slot: number): LayerId | undefined;
  /** Takes in a value of the map; returns what it says. */
  set(key: string, value: unknown): SessionRecord | undefined;
}

export function createSessionTable(entries: Iterable<readonly [string, unknown]>): SessionTable {
  const layers = new Map<number, Map<number, LayerId>>();

  function set(key: string, value: unknown): SessionRecord | undefined {
    const record = readSessionRecord(key, value);
    if (record?.of !== "layer") return record;
    const slots = layers.get(record.client) ?? new Map<number, LayerId>();
    layers.set(record.client, slots);
    slots.set(record.slot, record.layer);
    return record;
  }

  for (const [key, value] of entries) set(key, value);

  return {
    layerAt: (client, slot) => layers.get(client)?.get(slot),
    set,
  };
}
