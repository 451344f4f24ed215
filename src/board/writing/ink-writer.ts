import * as Y from "yjs";
import { createEmitter } from "../../base/emitter.ts";
import { createPointEncoder, encodeHeader, END } from "../../ink/codec.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, StrokeWriter } from "../document/board.ts";
import { POINT_CHARS_MAX } from "./ink-text.ts";
import { idOf, itemId } from "../document/item-id.ts";

export interface InkWriterDeps {
  readonly items: Y.Array<unknown>;
  /** Runs a change as one local transaction. */
  transact(change: () => void): void;
  /** A new item is in the document; within the transaction that put it there. */
  placed(text: Y.Text): void;
  onError(error: unknown): void;
}

/** What becomes of a stroke in the end; `ids`: the items that it became. */
export interface StrokeEnding {
  done(ids: readonly ItemId[]): void;
  /**
   * As StrokeWriter.replace; within one transaction. `record`, to be called after it, makes it a step of
   * the history.
   */
  replaced(
    ids: readonly ItemId[],
    ...shape: Parameters<StrokeWriter["replace"]>
  ): { readonly id: ItemId; record(): void };
}

/** Puts this session's ink into the document, in batches. */
export interface InkWriter {
  start(header: StrokeHeader, ending: StrokeEnding): StrokeWriter;
  flush(): void;
  onPending(listener: (urgency: "soon" | "now") => void): () => void;
}

/** A stroke on its way into the document. */
interface OpenStroke {
  /** Encoded and not written yet. */
  pending: string;
  ended: boolean;
  write(): void;
}

/**
 * Yjs merges what one session appends to one text, as long as it writes nothing else in between. So
 * one stroke at a time grows in the document; a stroke of a second pointer waits until it has ended.
 */
export function createInkWriter({ items, transact, placed, onError }: InkWriterDeps): InkWriter {
  const open = new Set<OpenStroke>();
  const pendingEvent = createEmitter<"soon" | "now">(onError);
  let growing: OpenStroke | undefined;

  function flush(): void {
    const ready = [...open].filter((stroke) => stroke.pending !== "" && (stroke === growing || stroke.ended));
    if (ready.length === 0) return;
    transact(() => {
      for (const stroke of ready) stroke.write();
    });
  }

  function start(header: StrokeHeader, ending: StrokeEnding): StrokeWriter {
    let text: Y.Text | undefined;
    let length = 0;
    let encoder = createPointEncoder(header);
    let points: InkPoint[] = [];
    const texts: Y.Text[] = [];

    const stroke: OpenStroke = {
      pending: encodeHeader(header),
      ended: false,
      write() {
        if (!text) {
          text = new Y.Text(stroke.pending);
          items.push([text]);
          texts.push(text);
          placed(text);
        } else {
          text.insert(length, stroke.pending);
        }
        length += stroke.pending.length;
        stroke.pending = "";
      },
    };
    open.add(stroke);
    growing ??= stroke;

    /**
     * Ends the text that is full; the next one starts where it stopped, in the same transaction: a
     * stroke that is under the pen never looks as if it had ended.
     */
    function continueInNextItem(): void {
      const last = points.at(-1)!;
      encoder = createPointEncoder(header);
      points = [last];
      transact(() => {
        stroke.pending += END;
        stroke.write();
        text = undefined;
        length = 0;
        stroke.pending = encodeHeader(header) + encoder.encode(points);
        stroke.write();
      });
    }

    function close(): void {
      open.delete(stroke);
      if (growing === stroke) growing = undefined;
    }

    function end(): void {
      if (stroke.ended) return;
      stroke.ended = true;
      if (points.length > 0) {
        stroke.pending += END;
        flush();
      }
      close();
      if (texts.length > 0) ending.done(ids());
      pendingEvent.emit("now");
    }

    function replace(...shape: Parameters<StrokeWriter["replace"]>): ItemId {
      let replaced: ReturnType<StrokeEnding["replaced"]> | undefined;
      transact(() => {
        if (texts.length > 0) {
          stroke.pending += END;
          stroke.write();
        }
        stroke.ended = true;
        close();
        replaced = ending.replaced(ids(), ...shape);
      });
      replaced!.record();
      pendingEvent.emit("now");
      return replaced!.id;
    }

    function ids(): ItemId[] {
      return texts.flatMap((each) => {
        const id = idOf(each);
        return id ? [itemId(id.client, id.clock)] : [];
      });
    }

    return {
      header,
      get points() {
        return points;
      },
      itemId: () => {
        const id = text && idOf(text);
        return id && itemId(id.client, id.clock);
      },
      add(more) {
        if (stroke.ended) return;
        for (const point of more) {
          if (length + stroke.pending.length > MAX_STROKE_CHARS - POINT_CHARS_MAX) continueInNextItem();
          points.push(point);
          stroke.pending += encoder.encode([point]);
        }
        if (more.length > 0) pendingEvent.emit("soon");
      },
      end,
      replace,
      cancel() {
        if (stroke.ended) return false;
        if (texts.length > 0) {
          end();
          return false;
        }
        stroke.ended = true;
        close();
        return true;
      },
    };
  }

  return { start, flush, onPending: (listener) => pendingEvent.on(listener) };
}
