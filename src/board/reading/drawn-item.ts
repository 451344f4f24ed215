/*
 * An item as its text has it. Points are decoded when somebody asks for them: most of a large board is out
 * of view when it opens.
 */
import * as Y from "yjs";
import { createPointDecoder, END, pointStarts } from "../../ink/codec.ts";
import type { PointDecoder } from "../../ink/codec.ts";
import type { DecodedHeader, ItemOrigin } from "../../ink/header.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId } from "../document/board.ts";
import { itemId } from "../document/item-id.ts";

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
  /** The clock of each point's first character, as far as there are points. */
  clocks(): readonly number[];
}

/** A drawn item that grows with its text. */
export class TextStroke implements DrawnItem {
  readonly id: ItemId;
  readonly client: number;
  readonly header: StrokeHeader;
  readonly origin: ItemOrigin | undefined;
  readonly #text: Y.Text;
  readonly #headerLength: number;
  #decoder: PointDecoder | undefined = undefined;
  #decoded: InkPoint[] = [];
  #clocks: number[] = [];
  /** How many characters were decoded. */
  #length = 0;
  #isGrown = true;
  /** So many characters are shown; undefined: all. */
  #shownLength: number | undefined = undefined;

  constructor(
    text: Y.Text,
    { client, clock }: { readonly client: number; readonly clock: number },
    { header, origin, length }: DecodedHeader,
  ) {
    this.#text = text;
    this.#headerLength = length;
    this.id = itemId(client, clock);
    this.client = client;
    this.header = header;
    this.origin = origin;
  }

  get points(): readonly InkPoint[] {
    this.#decode();
    return this.#decoded;
  }

  get ended(): boolean {
    if (this.#isGrown && this.#shownLength === undefined && endsWithEnd(this.#text)) return true;
    return this.#decode().ended();
  }

  clocks(): readonly number[] {
    // Asked for only where something is cut out of the stroke.
    if (this.#clocks.length !== this.points.length) this.#clocks = this.#readClocks();
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

  #decode(): PointDecoder {
    if (this.#decoder && !this.#isGrown) return this.#decoder;
    const content = this.#text.toJSON().slice(0, this.#shownLength);
    this.#decoder ??= createPointDecoder(this.header);
    const more = this.#decoder.decode(content.slice(Math.max(this.#length, this.#headerLength)));
    if (this.#decoded.length === 0) this.#decoded = more;
    else for (const point of more) this.#decoded.push(point);
    this.#length = content.length;
    this.#isGrown = false;
    return this.#decoder;
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
