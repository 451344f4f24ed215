import type * as Y from "yjs";
import { LIMITS } from "../document/limits.ts";
import { TEXTS } from "../document/schema.ts";
import type { Checking } from "./checking.ts";
import { isSamePath } from "./schema-paths.ts";
import type { TextPath } from "./schema-paths.ts";
import { listOf } from "./entries.ts";
import type { List } from "./entries.ts";
import { NoRoom, Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** The characters of strokes and labels, as their rows of the schema want them. All throw Refusal, Missing and NoRoom. */
export interface Texts {
  /** The writes that follow are another session's. */
  nextSession(): void;
  /** New characters. */
  check(struct: ScannedStruct, path: TextPath): void;
  /** `added` new characters at the end of a known write. */
  rest(struct: ScannedStruct, path: TextPath, added: number): void;
}

/** What this update adds to a label. */
interface Label {
  readonly stored: Y.Text | undefined;
  readonly list: List;
  length: number;
  /** Of that, by session. */
  readonly shares: Map<number, number>;
}

export function createTexts({ paths, tally, isForeign, spend, put }: Checking): Texts {
  const { isStored, storedItem, textOf } = paths;
  /** What this update adds to the current session's strokes: by the stroke's clock, its end and its length. */
  let strokes = new Map<number, { end: number; length: number }>();
  const labels = new Map<string, Label>();

  function isEndOf(type: Y.Text, id: WriteId): boolean {
    if (!isStored(id)) return false;
    const item = storedItem(id);
    return item.parent === type && item.right === null && id.clock === item.id.clock + item.length - 1;
  }

  /** Of a text that only the session which made it adds to, at its end. */
  function growOwn(struct: ScannedStruct, path: TextPath, before: number, added: number): void {
    const { text } = path;
    if (before + added > TEXTS[path.in].maxChars) throw new Refusal("a stroke that does not end");
    strokes.set(text.clock, { end: struct.clock + struct.length - 1, length: before + added });
    tally.content += added;
  }

  function labelAt(id: WriteId): Label {
    const key = `${id.client}.${id.clock}`;
    let label = labels.get(key);
    if (!label) {
      const stored = isStored(id) ? textOf(id) : undefined;
      label = { stored, list: listOf(stored), length: stored?.length ?? 0, shares: new Map() };
      labels.set(key, label);
    }
    return label;
  }

  /** Of a text that anybody adds to, anywhere. */
  function growShared(struct: ScannedStruct, path: TextPath, added: number): void {
    const label = labelAt(path.text);
    const { maxChars } = TEXTS[path.in];
    const { client } = struct;
    label.length += added;
    const share = (label.shares.get(client) ?? 0) + added;
    label.shares.set(client, share);
    // A session stops where all together have put in that many. What is refused must not depend on the
    // order in which writes come, so only its own are counted.
    if (label.length > maxChars && share + storedShare(label, client) > maxChars)
      throw new Refusal("a label that does not end");
    if (isForeign && label.length > LIMITS.wordsOfAll.takes) throw new NoRoom();
    tally.content += added;
    put(struct, label.list);
  }

  function storedShare({ stored }: Label, client: number): number {
    let share = 0;
    for (let run = stored?._start; run; run = run.right) {
      spend(1);
      if (run.id.client === client) share += run.length;
    }
    return share;
  }

  function append(struct: ScannedStruct, path: TextPath): void {
    const { text } = path;
    if (struct.client !== text.client) throw new Refusal("ink in another session's stroke");
    const grown = strokes.get(text.clock);
    let before = grown?.length ?? 0;
    let isEnd: boolean;
    if (grown) {
      isEnd = struct.origin?.client === struct.client && struct.origin.clock === grown.end;
    } else if (isStored(text)) {
      const type = textOf(text);
      before = type.length;
      isEnd = struct.origin ? isEndOf(type, struct.origin) : type._start === null;
    } else {
      isEnd = struct.origin === undefined;
    }
    if (!isEnd) throw new Refusal("ink that is not at the end of its stroke");
    growOwn(struct, path, before, struct.length);
  }

  function insert(struct: ScannedStruct, path: TextPath): void {
    const { origin, rightOrigin } = struct;
    if (origin && rightOrigin && !isSamePath(path, paths.pathOfId(rightOrigin)))
      throw new Refusal("words between two labels");
    growShared(struct, path, struct.length);
  }

  return {
    nextSession() {
      strokes = new Map();
    },
    check(struct, path) {
      if (struct.content !== "string") throw new Refusal("a text holds characters only");
      if (TEXTS[path.in].writer === "maker") append(struct, path);
      else insert(struct, path);
    },
    rest(struct, path, added) {
      if (TEXTS[path.in].writer === "maker") growOwn(struct, path, textOf(path.text).length, added);
      else growShared(struct, path, added);
    },
  };
}
