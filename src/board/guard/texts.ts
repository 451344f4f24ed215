import type * as Y from "yjs";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import { MAX_LABEL_CHARS } from "../document/labels.ts";
import type { Checking } from "./checking.ts";
import { isSamePath } from "./schema-paths.ts";
import type { TextPath } from "./schema-paths.ts";
import { listOf } from "./placing.ts";
import type { List } from "./placing.ts";
import { Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** The characters of strokes and labels. All throw Refusal and Missing. */
export interface Texts {
  /** The writes that follow are another session's. */
  nextSession(): void;
  /** New ink. */
  append(struct: ScannedStruct, text: WriteId): void;
  /** New words. */
  words(struct: ScannedStruct, path: TextPath): void;
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

export function createTexts({ paths, tally, spend, put }: Checking): Texts {
  const { isStored, storedItem, textOf } = paths;
  /** What this update adds to the current session's strokes: by the stroke's clock, its end and its length. */
  let strokes = new Map<number, { end: number; length: number }>();
  const labels = new Map<string, Label>();

  function isEndOf(type: Y.Text, id: WriteId): boolean {
    if (!isStored(id)) return false;
    const item = storedItem(id);
    return item.parent === type && item.right === null && id.clock === item.id.clock + item.length - 1;
  }

  function growStroke(struct: ScannedStruct, text: WriteId, before: number, added: number): void {
    if (before + added > MAX_STROKE_CHARS) throw new Refusal("a stroke that does not end");
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

  function growLabel(struct: ScannedStruct, text: WriteId, added: number): void {
    const label = labelAt(text);
    const { client } = struct;
    label.length += added;
    const share = (label.shares.get(client) ?? 0) + added;
    label.shares.set(client, share);
    // A session stops where all together have put in that many. What is refused must not depend on the
    // order in which writes come, so only its own are counted.
    if (label.length > MAX_LABEL_CHARS && share + storedShare(label, client) > MAX_LABEL_CHARS)
      throw new Refusal("a label that does not end");
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

  return {
    nextSession() {
      strokes = new Map();
    },
    /** Only the session that made a stroke adds to it, and only at its end. */
    append(struct, text) {
      if (struct.content !== "string") throw new Refusal("a stroke holds characters only");
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
      growStroke(struct, text, before, struct.length);
    },
    words(struct, path) {
      const { origin, rightOrigin } = struct;
      if (struct.content !== "string") throw new Refusal("a label holds characters only");
      if (origin && rightOrigin && !isSamePath(path, paths.pathOfId(rightOrigin)))
        throw new Refusal("words between two labels");
      growLabel(struct, path.text, struct.length);
    },
    rest(struct, { in: kind, text }, added) {
      if (kind === "words") growLabel(struct, text, added);
      else growStroke(struct, text, textOf(text).length, added);
    },
  };
}
