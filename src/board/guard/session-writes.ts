import * as Y from "yjs";
import type { ScannedStruct, ScannedUpdate } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** What the document and an update hold of one session. */
export interface SessionWrites {
  readonly client: number;
  /** The clocks below it are in the document. */
  readonly state: number;
  readonly stored: readonly (Y.Item | Y.GC)[];
  /** In the order of the clocks, without holes. */
  readonly section: readonly ScannedStruct[];
  /** The first clock after the section; 0 where it is empty. */
  readonly end: number;
}

/** The sessions that an update is about, each looked up once. */
export interface WritesBySession {
  /** Those that write in the update, in its order. */
  readonly writing: readonly SessionWrites[];
  of(client: number): SessionWrites;
}

export function writesBySession({ structs }: ScannedUpdate, { clients }: Y.Doc["store"]): WritesBySession {
  const sessions = new Map<number, SessionWrites>();

  function add(client: number, section: readonly ScannedStruct[]): SessionWrites {
    const stored = clients.get(client) ?? [];
    const writes = {
      client,
      state: endOf(stored.at(-1)),
      stored,
      section,
      end: sectionEnd(section),
    };
    sessions.set(client, writes);
    return writes;
  }

  for (let from = 0; from < structs.length;) {
    const { client } = structs[from]!;
    let to = from + 1;
    while (structs[to]?.client === client) to++;
    add(client, from === 0 && to === structs.length ? structs : structs.slice(from, to));
    from = to;
  }
  const writing = [...sessions.values()];
  let recent: SessionWrites | undefined;
  return {
    writing,
    of(client) {
      if (recent?.client !== client) recent = sessions.get(client) ?? add(client, []);
      return recent;
    },
  };
}

/** The stored write that contains a clock below the session's state in the document. */
export function storedAt({ stored }: SessionWrites, clock: number): Y.Item | Y.GC {
  const last = stored.at(-1)!;
  // Live ink goes on where the session stopped.
  if (clock >= last.id.clock) return last;
  return stored[Y.findIndexSS(stored as (Y.Item | Y.GC)[], clock)]!;
}

/** How many stored writes there are from a stored clock on. */
export function storedFrom({ stored }: SessionWrites, clock: number): number {
  return stored.length - Y.findIndexSS(stored as (Y.Item | Y.GC)[], clock);
}

/** The write of the update that contains a clock. */
export function scannedAt({ section }: SessionWrites, clock: number): ScannedStruct | undefined {
  let low = 0;
  let high = section.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const struct = section[middle]!;
    if (struct.clock + struct.length <= clock) low = middle + 1;
    else high = middle;
  }
  const struct = section[low];
  return struct && struct.clock <= clock ? struct : undefined;
}

export function sameId(a: WriteId | null | undefined, b: WriteId | null | undefined): boolean {
  return a === b || (!a && !b) || (!!a && !!b && a.client === b.client && a.clock === b.clock);
}

export function lastIdOf({ client, clock, length }: ScannedStruct): WriteId {
  return { client, clock: clock + length - 1 };
}

function endOf(struct: Y.Item | Y.GC | undefined): number {
  return struct ? struct.id.clock + struct.length : 0;
}

function sectionEnd(section: readonly ScannedStruct[]): number {
  const last = section.at(-1);
  return last ? last.clock + last.length : 0;
}
