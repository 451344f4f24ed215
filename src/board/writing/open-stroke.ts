import type * as Y from "yjs";
import { createPointEncoder, END } from "../../ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { isFull } from "./ink-text.ts";
import type { ItemMaker } from "./item-maker.ts";

/** A stroke on its way into the document: points are encoded as they come, and written at times. */
export interface OpenStroke {
  /** All points of the item that grows; of a long stroke the latest piece. */
  readonly points: readonly InkPoint[];
  /** Something is encoded and not written yet. */
  readonly isPending: boolean;
  readonly ended: boolean;
  /** Of the item that grows, once it is in the document. */
  itemId(): ItemId | undefined;
  /** All items so far. */
  ids(): ItemId[];
  add(points: readonly InkPoint[]): void;
  /** Puts into the document what is pending; within a local transaction. */
  write(): void;
  /** Nothing comes any more; what was added is to be written. */
  end(): void;
}

export interface OpenStrokeDeps {
  readonly maker: ItemMaker;
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
  /** Whether a stroke that fills an item may go on in a next one; else what is added then is dropped. */
  mayGoOn(): boolean;
}

export function createOpenStroke(
  header: StrokeHeader,
  { maker, transact, mayGoOn }: OpenStrokeDeps,
): OpenStroke {
  let begun = maker.now();
  /** That in use when it is written first; all its pieces are there. */
  let layer: LayerId | undefined;
  let text: Y.Text | undefined;
  let pending = "";
  /** Of the growing item, without its header: what is written, and what is encoded. */
  let inkLength = 0;
  let encoder = createPointEncoder(header);
  let points: InkPoint[] = [];
  let ended = false;
  const texts: Y.Text[] = [];

  function encode(point: InkPoint): void {
    points.push(point);
    const more = encoder.encode([point]);
    pending += more;
    inkLength += more.length;
  }

  function write(): void {
    if (text) text.insert(text.length, pending);
    else {
      layer ??= maker.activeLayer();
      text = maker.make(header, pending, { layer, begun });
      texts.push(text);
    }
    pending = "";
  }

  /**
   * Ends the item that is full; the next one starts where it stopped, in the same transaction: a
   * stroke that is under the pen never looks as if it had ended.
   */
  function continueInNextItem(): void {
    const last = points.at(-1)!;
    transact(() => {
      pending += END;
      write();
      begun = maker.now();
      text = undefined;
      inkLength = 0;
      points = [];
      encoder = createPointEncoder(header);
      encode(last);
      write();
    });
  }

  function idOfText(each: Y.Text): ItemId[] {
    const id = idOf(each);
    return id ? [itemId(id.client, id.clock)] : [];
  }

  return {
    get points() {
      return points;
    },
    get isPending() {
      return pending !== "";
    },
    get ended() {
      return ended;
    },
    itemId: () => (text ? idOfText(text)[0] : undefined),
    ids: () => texts.flatMap(idOfText),
    add(more) {
      for (const point of more) {
        if (isFull(inkLength)) {
          if (!mayGoOn()) return;
          continueInNextItem();
        }
        encode(point);
      }
    },
    write,
    end() {
      ended = true;
      if (points.length > 0) pending += END;
    },
  };
}
