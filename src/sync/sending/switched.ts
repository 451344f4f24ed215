import type * as Y from "yjs";
import { LOCAL_ORIGIN, rootsOf } from "../../board/document/document.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { decodeSwitch, markOf, undoneKey } from "../../board/document/marks.ts";

/** Of marks that own changes make stand or fall: who gets these in one update has to read them all. */
export interface Switched {
  /** Bytes, each mark's once; counting begins anew. */
  take(): number;
  close(): void;
}

/** Whether one update may make marks of so many bytes stand or fall. */
export function maySwitch(bytes: number): boolean {
  return bytes <= LIMITS.switchedBytes.takes;
}

export function createSwitched(doc: Y.Doc): Switched {
  const { marks } = rootsOf(doc);
  let counted = new Set<string>();
  let bytes = 0;

  const onChange = ({ changes, transaction }: Y.YMapEvent<unknown>): void => {
    if (transaction.origin !== LOCAL_ORIGIN) return;
    for (const [key, { oldValue }] of changes.keys) {
      const { mark, isSwitch } = markOf(key);
      const value: unknown = isSwitch ? marks.get(mark) : oldValue;
      const isEmptiedUndone = !isSwitch && decodeSwitch(marks.get(undoneKey(mark)));
      if (!(value instanceof Uint8Array) || isEmptiedUndone || counted.has(mark)) continue;
      counted.add(mark);
      bytes += value.length;
    }
  };
  marks.observe(onChange);

  return {
    take() {
      const taken = bytes;
      counted = new Set();
      bytes = 0;
      return taken;
    },
    close: () => marks.unobserve(onChange),
  };
}
