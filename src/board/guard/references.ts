import type { Roots } from "../document/document.ts";
import type { KeyPath } from "../document/keys.ts";
import { needsOf } from "../document/needs.ts";
import type { WritesBySession } from "./session-writes.ts";
import { Missing, NoRoom, Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/**
 * What a write is about, of which Yjs knows nothing: its author had seen it, so it must be here. Nobody
 * hides or changes what is yet to be drawn.
 */
export interface References {
  /** A value of the key that `path` tells. */
  value(struct: ScannedStruct, key: string, path: KeyPath): void;
  /** After all writes of the update: what they are about and comes with them. */
  whole(): ReadonlyMap<ScannedStruct, readonly WriteId[]>;
}

export interface ReferencesDeps {
  readonly roots: Roots;
  readonly sessions: WritesBySession;
  readonly ownClient: number | undefined;
  /** How many layers, or pages, there are, and how many there may be. */
  madeCount(): number;
  readonly maxMade: number;
}

/** All throw Refusal, Missing and NoRoom. */
export function createReferences({
  roots,
  sessions,
  ownClient,
  madeCount,
  maxMade,
}: ReferencesDeps): References {
  const about = new Map<ScannedStruct, WriteId[]>();
  /** By its key, the write of this update that makes a layer or a page. */
  const made = new Map<string, ScannedStruct>();
  const aboutMade: { struct: ScannedStruct; client: number; key: string }[] = [];

  /** `end`: the first clock of a session that it is not about. */
  function needs(struct: ScannedStruct, client: number, end: number): void {
    const writes = sessions.of(client);
    if (end <= writes.state) return;
    if (client === ownClient || (client === struct.client && end > struct.clock))
      throw new Refusal("about what is yet to be drawn");
    // What its session wrote before goes before it in any case.
    if (client === struct.client) return;
    const last = { client, clock: end - 1 };
    if (end > writes.end) throw new Missing(last);
    const others = about.get(struct);
    if (others) others.push(last);
    else about.set(struct, [last]);
  }

  function makes(struct: ScannedStruct, key: string, client: number): void {
    // Whoever gets a change of what it makes must have this one write first: there may be no other.
    if (struct.origin) return;
    if (client !== struct.client) throw new Refusal("made in another session's name");
    if (made.has(key) || roots.attrs._map.has(key)) throw new Refusal("made twice");
    if (madeCount() + made.size >= maxMade) throw new NoRoom();
    made.set(key, struct);
  }

  function needsMade(struct: ScannedStruct, client: number, key: string): void {
    if (roots.attrs._map.has(key)) return;
    if (client === ownClient) throw new Refusal("about what is yet to be made");
    const first = made.get(key);
    const { state, end } = sessions.of(client);
    if (!first) throw new Missing({ client, clock: Math.max(state, end) });
    about.set(struct, [{ client, clock: first.clock }]);
  }

  return {
    value(struct, key, path) {
      if (path.makerKey === key) {
        makes(struct, key, path.client!);
        return;
      }
      for (const need of needsOf(path, struct.value)) {
        if ("end" in need) needs(struct, need.client, need.end);
        else if (need.client !== struct.client)
          aboutMade.push({ struct, client: need.client, key: need.made });
      }
    },
    whole() {
      for (const { struct, client, key } of aboutMade) needsMade(struct, client, key);
      return about;
    },
  };
}
