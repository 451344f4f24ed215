/*
 * What this session did on a page, and how far it has come there: how often it wrote what must not be written twice,
 * which steps it can take back, what it is in the midst of. These are plain values, but for what is under way and the
 * history that is at work now. Those who write on the page's
 * document work with them and keep nothing of this by themselves: so the page can leave the memory, and whoever reads
 * it again goes on with the same values where the session stopped.
 */
import { FIRST_LAYER } from "../document/board.ts";
import type { ItemId, LayerId } from "../document/board.ts";
import type { HistoryEntry } from "./entries.ts";
import { newHistory } from "./history.ts";
import type { HistoryState } from "./history.ts";
import { newMarks } from "./mark-writer.ts";
import type { MarksState } from "./mark-writer.ts";
import type { Part } from "./part.ts";
import type { PutBackOwners } from "./seeing.ts";
import { newSession } from "./session-writer.ts";
import type { SessionState } from "./session-writer.ts";

export interface OwnWork {
  readonly history: HistoryState;
  readonly marks: MarksState;
  readonly session: SessionState;
  readonly putBack: PutBackOwners;
  /** In use: new things go there. */
  layer: LayerId;
  layersMade: number;
  lastClear: HistoryEntry | undefined;
  /** Texts in which nobody has typed yet, and what made them. */
  readonly untyped: Map<ItemId, readonly Part[]>;
  /** Strokes that are being drawn, texts that are being typed in, things that are coming back: the page cannot leave. */
  readonly underWay: Set<object>;
}

export function newWork(): OwnWork {
  return {
    history: newHistory(),
    marks: newMarks(),
    session: newSession(),
    putBack: new Map(),
    layer: FIRST_LAYER,
    layersMade: 0,
    lastClear: undefined,
    untyped: new Map(),
    underWay: new Set(),
  };
}
