import type * as Y from "yjs";
import type { Calendar } from "../../env/calendar.ts";
import type { ItemId } from "../document/board.ts";
import type { Roots } from "../document/document.ts";
import type { Past } from "../document/past.ts";
import type { Recalled } from "../document/recalled.ts";
import { MINUTE_MS } from "../document/session-records.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { isTextTool } from "../reading/shown-item.ts";
import type { Entry } from "../reading/stroke-list.ts";
import { strokesOf } from "../reading/stroke-pieces.ts";
import { readDeeds } from "./deeds.ts";
import type { Deed } from "./deeds.ts";
import { mergeDeeds } from "./merged-deeds.ts";
import { createPastState } from "./past-state.ts";
import type { PastBoard } from "./past-state.ts";
import { createRecall } from "./recall.ts";
import { Steps } from "./steps.ts";

export interface PastDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: BoardReader;
  readonly calendar: Calendar;
  onError(error: unknown): void;
}

/** What is known of a board's past; `recall`: what of these items there is to bring back. */
export interface ReadPast extends Omit<Past<PastBoard>, "bringBack"> {
  recall(ids: readonly ItemId[]): Recalled;
}

/** So many deeds find their place between two stops. */
const AT_A_TIME = 128;

/** Reads a document for what was done in it, without changing anything. */
export function createPast({ doc, roots, reader, calendar, onError }: PastDeps): ReadPast {
  const { list } = reader;
  const isText = (id: ItemId): boolean => {
    const drawn = list.entry(id)?.stroke;
    return drawn !== undefined && isTextTool(drawn.header.tool);
  };
  const madeAt = calendar.minutes() * MINUTE_MS;
  const steps = new Steps(doc.clientID, isText);
  const entries = list.entries.map((entry): Entry => ({ ...entry, item: undefined, visible: false }));
  const state = createPastState({ doc, roots, reader, entries, onError });
  const recall = createRecall({ roots, reader, past: state });
  const reading = read();
  let at = 0;

  /** Stops now and then. */
  function* read(): Generator<void, void> {
    const ends = new Map(
      [...doc.store.clients].map(([client, structs]) => [client, endOf(structs)] as const),
    );
    const all = new Map<number, readonly Deed[]>();
    for (const [client, end] of ends) all.set(client, yield* readDeeds({ doc, roots, reader }, client, end));
    let count = 0;
    for (const deed of mergeDeeds(all)) {
      steps.add(deed);
      if (++count % AT_A_TIME === 0) yield;
    }
  }

  return {
    madeAt,
    steps: steps.all,
    board: state.board,
    at: () => at,
    prepare(enough) {
      while (reading.next().done !== true) if (enough()) return false;
      return true;
    },
    show(next) {
      const to = Math.min(Math.max(Math.round(next), 0), steps.all.length);
      const way = to < at ? "back" : "forth";
      const [low, high] = to < at ? [to, at] : [at, to];
      at = to;
      if (high > low)
        state.move(
          steps.all.slice(low, high).flatMap(({ deeds }) => deeds),
          way,
        );
    },
    whole(ids) {
      const named = ids.flatMap((id) => state.entry(id) ?? []);
      const shown = state.entries.filter(({ visible }) => visible);
      return strokesOf(named, shown).flatMap(({ pieces }) => pieces.map(({ id }) => id));
    },
    missing: recall.missing,
    recall: recall.recall,
  };
}

function endOf(structs: readonly (Y.Item | Y.GC)[]): number {
  const last = structs.at(-1);
  return last ? last.id.clock + last.length : 0;
}
