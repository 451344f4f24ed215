import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Range } from "./state-codec.ts";
import type { InkWrite } from "../../ink/ink-write.ts";

/** An update that is nothing but ink of one session, in a row. */
export interface Append {
  readonly session: number;
  /** Of its first write. */
  readonly clock: number;
  readonly writes: readonly InkWrite[];
}

const HAS_ORIGIN = 0x80;
const CONTENT_STRING = 4;
const CONTENT_TYPE = 7;
const TYPE_TEXT = 2;
const ITEMS = "items";

/** How many clocks it takes. */
export function lengthOf({ writes }: Append): number {
  return writes.reduce((sum, write) => sum + (write.kind === "text" ? write.text.length : 1), 0);
}

/** What an update (V1) draws; undefined where it does anything else, or not in the usual words. */
export function appendOf(update: Uint8Array): Append | undefined {
  const { structs } = Y.decodeUpdate(update);
  if (structs.length === 0) return undefined;
  const { client: session, clock } = structs[0]!.id;
  const writes: InkWrite[] = [];
  for (const struct of structs) {
    const write = struct instanceof Y.Item ? writeOf(struct) : undefined;
    if (!write) return undefined;
    writes.push(write);
  }
  const append = { session, clock, writes };
  // As it was cut: whatever else the update says is not in these bytes.
  if (!equalBytes(updateOf(append), update)) return undefined;
  return { session, clock, writes: joined(writes) };
}

/**
 * What a session wrote from one clock up to another, where the document has it and it only draws;
 * undefined otherwise. It begins with the start of a stroke whose first text it begins with.
 */
export function inkBetween(doc: Y.Doc, { client, from, to }: Range): Append | undefined {
  if (from >= to || to > Y.getState(doc.store, client)) return undefined;
  const structs = doc.store.clients.get(client)!;
  const begin = beginOf(structs[Y.findIndexSS(structs, from)]!, from);
  const writes: InkWrite[] = [];
  for (let i = Y.findIndexSS(structs, begin); i < structs.length && structs[i]!.id.clock < to; i++) {
    const struct = structs[i]!;
    const start = struct.id.clock;
    const write = struct instanceof Y.Item && isInRow(struct, begin) ? writeOf(struct) : undefined;
    if (!write) return undefined;
    const isText = write.kind === "text";
    writes.push(
      isText ? { kind: "text", text: write.text.slice(Math.max(0, begin - start), to - start) } : write,
    );
  }
  return { session: client, clock: begin, writes: joined(writes) };
}

/** The first text of a stroke says what it belongs to only together with the start in front of it. */
function beginOf(struct: Y.Item | Y.GC, from: number): number {
  const isFirstText =
    struct instanceof Y.Item &&
    struct.id.clock === from &&
    struct.origin === null &&
    struct.content instanceof Y.ContentString;
  return isFirstText && from > 0 ? from - 1 : from;
}

/** Whether an update that says what the item holds from a clock on would put it in the same place again. */
function isInRow({ id, origin, rightOrigin, parent, content }: Y.Item, from: number): boolean {
  if (rightOrigin !== null) return false;
  if (id.clock < from) return content instanceof Y.ContentString;
  if (content instanceof Y.ContentType) return content.type instanceof Y.Text && isItems(parent);
  const before = origin ?? (parent instanceof Y.AbstractType ? parent._item?.id : undefined);
  return before?.client === id.client && before.clock === id.clock - 1;
}

function isItems(parent: unknown): boolean {
  return parent instanceof Y.Array && parent === parent.doc?.getArray(ITEMS);
}

function writeOf({ content, origin }: Y.Item): InkWrite | undefined {
  if (content instanceof Y.ContentString) return { kind: "text", text: content.str };
  if (content instanceof Y.ContentType) return { kind: "start", after: origin ?? undefined };
  return undefined;
}

/** Neighbouring characters as one text: what they are in the document. */
function joined(writes: readonly InkWrite[]): InkWrite[] {
  const whole: InkWrite[] = [];
  for (const write of writes) {
    const last = whole.at(-1);
    if (last?.kind === "text" && write.kind === "text") {
      whole[whole.length - 1] = { kind: "text", text: last.text + write.text };
    } else {
      whole.push(write);
    }
  }
  return whole;
}

/** The Yjs update (V1) that draws this. */
export function updateOf({ session, clock, writes }: Append): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, writes.length);
    encoding.writeVarUint(encoder, session);
    encoding.writeVarUint(encoder, clock);
    let at = clock;
    let isFresh = false;
    for (const write of writes) {
      if (write.kind === "start") {
        writeStart(encoder, write.after);
        at += 1;
      } else {
        writeText(encoder, write.text, { client: session, clock: at - 1 }, isFresh);
        at += write.text.length;
      }
      isFresh = write.kind === "start";
    }
    // No deletions.
    encoding.writeVarUint(encoder, 0);
  });
}

function writeStart(encoder: encoding.Encoder, after: WriteId | undefined): void {
  encoding.writeUint8(encoder, CONTENT_TYPE | (after ? HAS_ORIGIN : 0));
  if (after) {
    writeId(encoder, after);
  } else {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, ITEMS);
  }
  encoding.writeVarUint(encoder, TYPE_TEXT);
}

/** `before`: the write of the stroke's start, where the text is `isFresh`; else the stroke's last character. */
function writeText(encoder: encoding.Encoder, text: string, before: WriteId, isFresh: boolean): void {
  encoding.writeUint8(encoder, CONTENT_STRING | (isFresh ? 0 : HAS_ORIGIN));
  if (isFresh) encoding.writeVarUint(encoder, 0);
  writeId(encoder, before);
  encoding.writeVarString(encoder, text);
}

function writeId(encoder: encoding.Encoder, { client, clock }: WriteId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

/** More strokes are not told apart. */
const MAX_APART = 16;

/**
 * Of an update that only draws, what belongs to one stroke each. The start of a stroke builds on the last write of
 * somebody else; what was drawn before it does not, and must not wait for that as well.
 */
export function strokesApart(update: Uint8Array): readonly Uint8Array[] {
  const append = appendOf(update);
  if (!append) return [update];
  const strokes: Append[] = [];
  let clock = append.clock;
  for (const write of append.writes) {
    const last = strokes.at(-1);
    if (last && (write.kind !== "start" || strokes.length >= MAX_APART))
      strokes[strokes.length - 1] = { ...last, writes: [...last.writes, write] };
    else strokes.push({ session: append.session, clock, writes: [write] });
    clock += write.kind === "text" ? write.text.length : 1;
  }
  return strokes.length > 1 ? strokes.map(updateOf) : [update];
}
