import { createEmitter } from "../../base/emitter.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import type { ItemId, StrokeWriter } from "../document/board.ts";
import { createOpenStroke } from "./open-stroke.ts";
import type { OpenStroke, OpenStrokeDeps } from "./open-stroke.ts";

export interface InkWriterDeps extends OpenStrokeDeps {
  /** As in OwnWork. */
  readonly underWay: Set<object>;
  onError(error: unknown): void;
}

/** What becomes of a stroke in the end; `ids`: the items that it became. */
export interface StrokeEnding {
  done(ids: readonly ItemId[]): void;
  /**
   * As StrokeWriter.replace; within one transaction. `record`, to be called after it, puts its steps into
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

/**
 * Yjs merges what one session appends to one text, as long as it writes nothing else in between. So
 * one stroke at a time grows in the document; a stroke of a second pointer waits until it has ended.
 */
export function createInkWriter({ underWay, onError, ...deps }: InkWriterDeps): InkWriter {
  const { transact } = deps;
  const open = new Set<OpenStroke>();
  const pendingEvent = createEmitter<"soon" | "now">(onError);
  let growing: OpenStroke | undefined;

  function flush(): void {
    const ready = [...open].filter((stroke) => stroke.isPending && (stroke === growing || stroke.ended));
    if (ready.length === 0) return;
    transact(() => {
      for (const stroke of ready) stroke.write();
    });
  }

  function start(header: StrokeHeader, ending: StrokeEnding): StrokeWriter {
    const stroke = createOpenStroke(header, deps);
    open.add(stroke);
    underWay.add(stroke);
    growing ??= stroke;

    function close(): void {
      open.delete(stroke);
      underWay.delete(stroke);
      if (growing === stroke) growing = undefined;
    }

    function end(): void {
      if (stroke.ended) return;
      stroke.end();
      flush();
      close();
      const ids = stroke.ids();
      if (ids.length > 0) ending.done(ids);
      pendingEvent.emit("now");
    }

    return {
      header,
      get points() {
        return stroke.points;
      },
      itemId: () => stroke.itemId(),
      add(more) {
        if (stroke.ended) return;
        stroke.add(more);
        if (more.length > 0) pendingEvent.emit("soon");
      },
      end,
      replace(...shape) {
        let replaced: ReturnType<StrokeEnding["replaced"]> | undefined;
        transact(() => {
          stroke.end();
          stroke.write();
          close();
          replaced = ending.replaced(stroke.ids(), ...shape);
        });
        replaced!.record();
        pendingEvent.emit("now");
        return replaced!.id;
      },
      cancel() {
        if (stroke.ended) return false;
        if (stroke.ids().length > 0) {
          end();
          return false;
        }
        stroke.end();
        close();
        return true;
      },
    };
  }

  return { start, flush, onPending: (listener) => pendingEvent.on(listener) };
}
