import { sameId, storedAt, storedFrom } from "./session-writes.ts";
import type { SessionWrites } from "./session-writes.ts";
import { isSamePath, writerOf } from "./schema-paths.ts";
import type { Checking } from "./checking.ts";
import { MOVED_PER_STEP } from "./entries.ts";
import { Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { Texts } from "./texts.ts";
import type { Values } from "./values.ts";

/** Writes of an update that the document has, wholly or their beginning. All throw Refusal. */
export interface KnownWrites {
  whole(struct: ScannedStruct): void;
  /** It must be what is known, and go on where that ends. */
  beginning(struct: ScannedStruct, session: SessionWrites): void;
}

export function createKnownWrites(
  { sessions, paths, spend }: Checking,
  texts: Texts,
  values: Values,
): KnownWrites {
  const { isStored, storedItem, pathOfItem, pathOfParent } = paths;

  return {
    /** Yjs looks up what a write refers to even where it has the write already, and cuts it there. */
    whole({ origin, rightOrigin, parent }) {
      for (const id of [origin, rightOrigin, parent]) {
        if (typeof id !== "object") continue;
        if (!isStored(id)) throw new Refusal("another write of one name");
        const session = sessions.of(id.client);
        if (storedAt(session, id.clock).length > 1) spend(1 + storedFrom(session, id.clock) / MOVED_PER_STEP);
      }
    },
    beginning(struct, { state, client }) {
      const stored = storedItem(struct);
      const path = pathOfItem(stored);
      const isCut = stored.id.clock < struct.clock;
      const origin = isCut ? { client, clock: struct.clock - 1 } : stored.origin;
      if (!sameId(struct.rightOrigin, stored.rightOrigin) || !sameId(struct.origin, origin))
        throw new Refusal("another write of one name");
      if (struct.parent !== undefined && !isSamePath(path, pathOfParent(struct.parent, struct.key)))
        throw new Refusal("another write of one name");
      const last = storedItem({ client, clock: state - 1 });
      if (last.parent !== stored.parent || last.parentSub !== stored.parentSub)
        throw new Refusal("a write that grew");
      // Only where several sessions write, something may have come in between.
      if (last.right !== null && writerOf(path) === "maker") throw new Refusal("a write that grew");
      if ("text" in path) {
        if (struct.content !== "string") throw new Refusal("a write that grew");
        texts.rest(struct, path, struct.clock + struct.length - state);
      } else {
        if (path.in === "items") throw new Refusal("a write that grew");
        values.rest(struct, path);
      }
    },
  };
}
