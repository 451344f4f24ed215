import { takeInCausalOrder } from "../document/causal.ts";
import type { WritesBySession } from "./session-writes.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/**
 * Goes through the new writes of an update in a causal order, which is that in which Yjs integrates
 * them; `alsoRefersTo` adds what Yjs knows nothing of. False where there is none: such writes would
 * never reach other devices, which get them in pieces.
 */
export function takeInOrder(
  sessions: WritesBySession,
  alsoRefersTo: (struct: ScannedStruct) => readonly WriteId[] | undefined,
  take: (struct: ScannedStruct) => void,
): boolean {
  const taken = new Map(sessions.writing.map(({ client, state }) => [client, state] as const));
  const isMissing = ({ client, clock }: WriteId): boolean =>
    clock >= (taken.get(client) ?? sessions.of(client).state);
  const rows = [...sessions.writing]
    .sort((a, b) => b.client - a.client)
    .map(({ client, section, state }) => {
      let next = 0;
      while (next < section.length && section[next]!.clock + section[next]!.length <= state) next++;
      return {
        client,
        hasNext: () => next < section.length,
        missing(): number | undefined {
          const struct = section[next]!;
          const { origin, rightOrigin, parent } = struct;
          if (origin && isMissing(origin)) return origin.client;
          if (rightOrigin && isMissing(rightOrigin)) return rightOrigin.client;
          if (typeof parent === "object" && isMissing(parent)) return parent.client;
          return alsoRefersTo(struct)?.find(isMissing)?.client;
        },
        take() {
          const struct = section[next++]!;
          taken.set(client, struct.clock + struct.length);
          take(struct);
        },
      };
    });
  return takeInCausalOrder(rows);
}
