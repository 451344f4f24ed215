/*
 * An item as its text has it. Points are decoded when somebody asks for them: most of a large board is out
 * of view when it opens. Those of a stroke that has ended are let go again, and decoded anew.
 */
import * as Y from "yjs";
import { createPointDecoder, END, pointStarts } from "../../ink/codec.ts";
import type { PointDecoder } from "../../ink/codec.ts";
import type { DecodedHeader, ItemOrigin } from "../../ink/header.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId } from "../document/board.ts";
import { itemId } from "../document/item-id.ts";
import type { KeptInk } from "./kept-ink.ts";

/** An item as it was drawn, whatever became of it since. */
export interface DrawnItem {
  readonly id: ItemId;
  readonly client: number;
  readonly header: StrokeHeader;
  /** Undefined for what was drawn before format 3. */
  readonly origin: ItemOrigin | undefined;
  /** Grows at its end, in place, until `ended`. */
  readonly points: readonly InkPoint[];
  readonly ended: boolean;
  /** Its text behind the points' END, up to the next one; undefined as long as there is none. */
  record(): string | undefined;
  /** The clock of each point's first character, as far as there are points. */
  clocks(): readonly number[];
}

/** How far a stroke that may go on was decoded. */
interface Growing {
  readonly decoder: PointDecoder;
  readonly points: InkPoint[];
  /** So many characters of its text. */
  readonly length: number;
}

/** A drawn item that grows with its text. */
export class TextStroke implements DrawnItem {
  readonly id: ItemId;
  readonly client: number;
  readonly header: StrokeHeader;
  readonly origin: ItemOrigin | undefined;
  readonly #text: Y.Text;
  readonly #headerLength: number;
  readonly #kept: KeptInk["points"];
  #growing: Growing | undefined = undefined;
  /** Its end was read: no text that may follow means anything. */
  #isOver = false;
  #clocks: readonly number[] | undefined = undefined;
  /** They are of all points that there will ever be. */
  #areClocksFinal = false;
  #isGrown = true;
  /** So many characters are shown; undefined: all. */
  #shownLength: number | undefined = undefined;

  constructor(
    text: Y.Text,
    { client, clock }: { readonly client: number; readonly clock: number },
    { header, origin, length }: DecodedHeader,
    kept: KeptInk["points"],
  ) {
    this.#text = text;
    this.#headerLength = length;
    this.#kept = kept;
    this.id = itemId(client, clock);
    this.client = client;
    this.header = header;
    this.origin = origin;
  }

  get points(): readonly InkPoint[] {
    return this.#kept.get(this) ?? this.#decode();
  }

  get ended(): boolean {
    if (this.#isOver) return true;
    if (this.#isGrown && this.#shownLength === undefined && endsWithEnd(this.#text)) return true;
    this.#decode();
    return this.#isOver;
  }

  record(): string | undefined {
    const shown = this.#text.toJSON().slice(this.#headerLength, this.#shownLength);
    const [, record, end] = shown.split(END, 3);
    return end === undefined ? undefined : record;
  }

  clocks(): readonly number[] {
    // Asked for only where something is cut out of the stroke; then of very many at once, whose points are not kept.
    if (this.#clocks && this.#areClocksFinal) return this.#clocks;
    if (this.#clocks?.length !== this.points.length) this.#clocks = this.#readClocks();
    this.#areClocksFinal = this.#isOver && !this.#isGrown;
    return this.#clocks;
  }

  /** There is more text. `shownLength`: so many characters of it are shown until `showAll`, if not fewer. */
  grow(shownLength?: number): void {
    this.#isGrown = true;
    this.#shownLength ??= shownLength;
  }

  showAll(): void {
    this.#shownLength = undefined;
    this.#isGrown = true;
  }

  #readClocks(): number[] {
    const starts = pointStarts(this.header, this.#text.toJSON(), this.#headerLength);
    const clocks: number[] = [];
    let before = 0;
    for (let run = this.#text._start; run; run = run.right) {
      while (clocks.length < starts.length && starts[clocks.length]! < before + run.length) {
        clocks.push(run.id.clock + starts[clocks.length]! - before);
      }
      before += run.length;
    }
    return clocks.slice(0, this.points.length);
  }

  #decode(): readonly InkPoint[] {
    const before = this.#growing;
    if (before && !this.#isGrown) return before.points;
    const content = this.#text.toJSON().slice(0, this.#shownLength);
    const decoder = before?.decoder ?? createPointDecoder(this.header);
    const more = decoder.decode(content.slice(before?.length ?? this.#headerLength));
    const points = before?.points ?? more;
    if (points !== more) for (const point of more) points.push(point);
    this.#isGrown = false;
    this.#isOver = decoder.ended();
    this.#growing = this.#isOver ? undefined : { decoder, points, length: content.length };
    if (this.#isOver) this.#kept.set(this, points);
    return points;
  }
}

/** What a session appended in one go is one run, so a stroke is a handful of them. */
export function lastRun(text: Y.Text): Y.Item | null {
  let last = text._start;
  while (last?.right) last = last.right;
  return last;
}

function endsWithEnd(text: Y.Text): boolean {
  const content = lastRun(text)?.content;
  return content instanceof Y.ContentString && content.str.endsWith(END);
}
