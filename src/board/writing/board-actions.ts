import * as Y from "yjs";
import { equalBytes } from "../../base/bytes.ts";
import type { Point } from "../../base/geometry.ts";
import { IDENTITY, isIdentity, multiply } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import { MAX_SCALE, MAX_WIDTH, MIN_SCALE } from "../../ink/codec.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import { FIRST_LAYER } from "../document/board.ts";
import type { Board, CopiedItem, ItemId, LayerId, StrokeItem } from "../document/board.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import { rangesOf } from "./changes.ts";
import type { Changes, Gesture, Part } from "./changes.ts";
import { clearVector, piecesOfStrokes } from "./clear.ts";
import { positionsOf } from "../document/cuts.ts";
import type { Roots } from "../document/document.ts";
import { itemValues } from "../document/field-values.ts";
import { PAGE_FIELDS } from "../document/schema.ts";
import type { ItemAttributes } from "../document/schema.ts";
import type { HistoryEntry, HistoryHandle } from "./history.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import { inkText, inkTexts } from "./ink-text.ts";
import { encodeLabel } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import { FIRST_PAGE, mergeRanges, subtractRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import { restacked } from "./restack.ts";
import { isShapeTool, isTextTool } from "../reading/shown-item.ts";
import { idOf, itemId } from "../document/item-id.ts";
import type { Entry } from "../reading/stroke-list.ts";
import { createTextEditor } from "./text-editor.ts";
import { BACKGROUND_KEY, labelKey } from "../document/keys.ts";

export interface BoardActionsDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: BoardReader;
  readonly changes: Changes;
  readonly history: HistoryHandle;
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
  /** Ink that waits goes into the document first. */
  flush(): void;
}

type Actions = Omit<
  Board,
  | "items"
  | "isEmpty"
  | "item"
  | "inOrder"
  | "onChange"
  | "startStroke"
  | "layers"
  | "addLayer"
  | "changeLayer"
  | "removeLayer"
  | "history"
> & {
  /** Puts something new on the layer that is in use. Within a transaction, right after it was made. */
  place(text: Y.Text): void;
  /** Runs a gesture as a step of the history; says whether it did anything. */
  step(act: (gesture: Gesture) => void): boolean;
  /** A shape instead of a stroke that has just ended: taking the shape back does not bring the stroke. */
  replaced: StrokeEnding["replaced"];
};

/** Pieces of a long stroke have at least this many clocks. */
const FULL_PIECE_CLOCKS = 3000;

/** What a person does to the board, but for drawing and for layers. */
export function createBoardActions(deps: BoardActionsDeps): Actions {
  const { doc, roots, reader, changes, history } = deps;
  const { list, attributes, cover } = reader;
  let activeLayer: LayerId = FIRST_LAYER;
  let lastClear: HistoryEntry | undefined;
  /** Texts that nobody has typed in yet. */
  const fresh = new Map<ItemId, readonly Part[]>();

  function step(act: (gesture: Gesture) => void): boolean {
    const parts = changes.gesture(act);
    if (parts.length > 0) history.record(changes.entryOf(parts));
    return parts.length > 0;
  }

  /** The items that a tool may touch, with all their pieces. */
  function touchable(ids: readonly ItemId[]): Entry[] {
    deps.flush();
    return whole(ids).filter((entry) => entry.visible && !attributes.layerOf(entry.id).locked);
  }

  function whole(ids: readonly ItemId[]): Entry[] {
    const entries = ids.flatMap((id) => list.entry(id) ?? []);
    const clients = new Set(entries.map(({ client }) => client));
    const candidates = list.entries.filter(({ client }) => clients.has(client));
    const isLong = ({ clock, end }: Entry): boolean => end - clock >= FULL_PIECE_CLOCKS;
    if (!candidates.some(isLong)) return [...new Set(entries)];
    const pieces = piecesOfStrokes(candidates);
    return [...new Set(entries.flatMap((entry) => pieces.get(entry) ?? [entry]))];
  }

  function place(text: Y.Text): void {
    const id = idOf(text);
    const isThere = attributes.layers().some((layer) => layer.id === activeLayer);
    if (!id || activeLayer === FIRST_LAYER || !isThere) return;
    const given = itemValues(itemId(id.client, id.clock), { layer: activeLayer });
    for (const [key, value] of given) roots.attrs.set(key, value);
  }

  /** Puts a whole item into the document. */
  function push(text: string): ItemId {
    const type = new Y.Text(text);
    roots.items.push([type]);
    const { client, clock } = idOf(type)!;
    place(type);
    return itemId(client, clock);
  }

  /** Taking such a text back would take away what somebody else wrote. */
  function othersWritingIn(id: ItemId): number[] {
    const label = reader.labelOf(id);
    const clients = new Set(label ? charactersOf(label, cover).map(({ client }) => client) : []);
    clients.delete(doc.clientID);
    return [...clients];
  }

  function makeText(
    gesture: Gesture,
    header: StrokeHeader,
    points: readonly InkPoint[],
    text: string,
  ): ItemId {
    const id = push(inkText(header, points));
    roots.labels.set(labelKey(id), new Y.Text(encodeLabel(text)));
    gesture.made(rangesOf([id]), () => othersWritingIn(id));
    return id;
  }

  /** A stroke, in as many items as it takes. */
  function makeStroke(gesture: Gesture, header: StrokeHeader, points: readonly InkPoint[]): ItemId[] {
    const ids = inkTexts(header, points).map(push);
    gesture.made(rangesOf(ids));
    return ids;
  }

  function erase(gesture: Gesture, entries: readonly Entry[]): void {
    if (entries.length > 0) gesture.mark({ kind: "erase", ranges: rangesOf(entries.map(({ id }) => id)) });
  }

  function copyOf(id: ItemId): CopiedItem[] {
    const { stroke: drawn } = list.entry(id) ?? {};
    const item = reader.item(id);
    if (!drawn || !item) return [];
    const header = { ...drawn.header, color: item.header.color };
    if (item.kind === "text") {
      return [{ kind: "text", header, size: item.size, matrix: item.matrix, text: item.text }];
    }
    if (item.parts) return item.parts.map((points) => partOf(item, points));
    const matrix = attributes.of(id).matrix ?? IDENTITY;
    return [{ kind: "stroke", header, points: [...drawn.points], matrix }];
  }

  function paste(gesture: Gesture, copied: CopiedItem, matrix: Matrix): ItemId[] {
    const { header } = copied;
    const ids =
      copied.kind === "text"
        ? [makeText(gesture, header, textPoints({ x: 0, y: 0 }, copied.size), copied.text)]
        : makeStroke(gesture, header, copied.points);
    const placed = multiply(matrix, copied.matrix);
    if (isIdentity(placed)) return ids;
    for (const id of ids) give(gesture, id, { matrix: placed });
    return ids;
  }

  return {
    step,
    place,
    replaced(ids, header, from, to) {
      if (ids.length > 0) changes.gesture(({ mark }) => mark({ kind: "erase", ranges: rangesOf(ids) }));
      let id = "";
      const parts = changes.gesture((gesture) => {
        [id = ""] = makeStroke(gesture, header, [from, to].map(withPressure));
      });
      return { id, record: () => history.record(changes.entryOf(parts)) };
    },
    setActiveLayer(layer) {
      activeLayer = layer;
    },
    addShape(header, from, to) {
      let id = "";
      deps.flush();
      step((gesture) => {
        [id = ""] = makeStroke(gesture, header, [from, to].map(withPressure));
      });
      return id;
    },
    addText(header, at, size, text) {
      let id = "";
      deps.flush();
      const parts = changes.gesture((gesture) => {
        id = makeText(gesture, header, textPoints(at, size), text);
      });
      if (text === "") fresh.set(id, parts);
      else history.record(changes.entryOf(parts));
      return id;
    },
    editText(id) {
      const entry = list.entry(id);
      if (!entry?.visible || !entry.stroke || !isTextTool(entry.stroke.header.tool)) return undefined;
      const label = reader.labelOf(id);
      if (!label) return undefined;
      if (attributes.layerOf(id).locked) return undefined;
      const before = fresh.get(id) ?? [];
      fresh.delete(id);
      return createTextEditor({
        label,
        own: doc,
        changes,
        cover,
        before,
        isGone: () => cover.hides(entry.client, entry.clock),
        blameGone: (blame) => changes.blameFor(entry, blame),
        remove: (gesture) => erase(gesture, cover.hides(entry.client, entry.clock) ? [] : [entry]),
        onDone: (done) => history.record(done),
      });
    },
    whole: (ids) => whole(ids).map(({ id }) => id),
    erase(ids) {
      const entries = touchable(ids);
      return step((gesture) => erase(gesture, entries));
    },
    cut(ranges, ids = []) {
      const gone = touchable(ids);
      const positions = new Map<number, ClockRange[]>();
      for (const [id, stretches] of ranges) {
        const entry = list.entry(id);
        if (!entry?.stroke || !entry.visible || attributes.layerOf(id).locked) continue;
        // What is cut out already is somebody's, also this session's, to take back apart from this.
        const found = subtractRanges(
          positionsOf(stretches, reader.cutPlacesOf(entry.stroke)),
          cover.cuts(entry.client),
        );
        positions.set(entry.client, mergeRanges([...(positions.get(entry.client) ?? []), ...found]));
      }
      const cut = new Map([...positions].filter(([, found]) => found.length > 0));
      return step((gesture) => {
        if (cut.size > 0) gesture.mark({ kind: "cut", ranges: cut });
        erase(gesture, gone);
      });
    },
    transform(ids, matrix) {
      const entries = touchable(ids);
      return step((gesture) => {
        for (const { id } of entries) {
          const now = attributes.of(id).matrix ?? IDENTITY;
          give(gesture, id, { matrix: multiply(matrix, now) });
        }
      });
    },
    changeItems(ids, given) {
      const entries = touchable(ids);
      return step((gesture) => {
        for (const { id } of entries) {
          const before = { ...attributes.of(id), color: reader.item(id)?.header.color };
          const known = new Map(itemValues(id, before));
          for (const [key, value] of itemValues(id, given)) {
            const now = known.get(key);
            if (!now || !equalBytes(now, value)) gesture.set(key, value);
          }
        }
      });
    },
    restack(ids, how) {
      const chosen = new Set(touchable(ids).map(({ id }) => id));
      const places = reader
        .stacks()
        .flatMap((stack) => [...restacked(stack, chosen, how, { attributes, item: reader.item })]);
      return step((gesture) => {
        for (const [id, to] of places) give(gesture, id, { stack: to });
      });
    },
    moveToLayer(ids, layer) {
      if (attributes.layers().find(({ id }) => id === layer)?.locked !== false) return false;
      const entries = touchable(ids).filter(({ id }) => attributes.layerOf(id).id !== layer);
      return step((gesture) => {
        for (const { id } of entries) give(gesture, id, { layer });
      });
    },
    copy: (ids) => {
      deps.flush();
      const chosen = new Set(whole(ids).map(({ id }) => id));
      return reader.items().flatMap(({ id }) => (chosen.has(id) ? copyOf(id) : []));
    },
    paste(copied, matrix) {
      let ids: readonly ItemId[] = [];
      deps.flush();
      step((gesture) => {
        ids = copied.flatMap((each) => paste(gesture, each, matrix));
      });
      return ids;
    },
    clear() {
      // While an answer is coming in, the document holds ink that nobody has been shown yet.
      const seen = new Set(reader.items().map(({ id }) => id));
      const isOpen = ({ id, client, stroke }: Entry): boolean =>
        !seen.has(id) || (!stroke?.ended && (client === doc.clientID || deps.isPresent(client)));
      const parts = changes.gesture((gesture) => {
        if (attributes.layers().some(({ hidden, locked }) => hidden || locked)) {
          // A vector would reach what is not to be touched.
          const pieces = piecesOfStrokes(list.entries);
          const isUnderPen = (entry: Entry): boolean => (pieces.get(entry) ?? [entry]).some(isOpen);
          erase(
            gesture,
            list.entries.filter(
              (entry) => entry.visible && !attributes.layerOf(entry.id).locked && !isUnderPen(entry),
            ),
          );
          return;
        }
        const below = clearVector(list.entries, isOpen);
        if (below.size === 0) return;
        const cleared = list.entries.filter(
          ({ visible, client, clock }) => visible && clock < (below.get(client) ?? 0),
        );
        gesture.mark({ kind: "clear", page: FIRST_PAGE, below }, rangesOf(cleared.map(({ id }) => id)));
      });
      if (parts.length === 0) return false;
      lastClear = changes.entryOf(parts);
      history.record(lastClear);
      return true;
    },
    undoClear() {
      const entry = lastClear;
      lastClear = undefined;
      return entry ? history.undoEntry(entry) : "nothing";
    },
    background: () => attributes.background(),
    setBackground(background) {
      if (background === attributes.background()) return false;
      return step((gesture) => gesture.set(BACKGROUND_KEY, PAGE_FIELDS.background.codec.encode(background)));
    },
  };
}

function give(gesture: Gesture, id: ItemId, given: ItemAttributes): void {
  for (const [key, value] of itemValues(id, given)) gesture.set(key, value);
}

/** What an eraser left, as a stroke of its own. */
function partOf({ header }: StrokeItem, points: readonly InkPoint[]): CopiedItem {
  const tool = isShapeTool(header.tool) ? "marker" : header.tool;
  const width = Math.min(Math.max(Math.round(header.width * 4), 1), MAX_WIDTH * 4) / 4;
  const scale = Math.min(Math.max(Math.round(header.scale), MIN_SCALE), MAX_SCALE);
  return { kind: "stroke", header: { ...header, tool, width, scale }, points, matrix: IDENTITY };
}

function withPressure({ x, y }: Point): InkPoint {
  return { x, y, pressure: 0.5 };
}

/** The points of a text: its corner, and for a note the opposite one. */
function textPoints(
  at: Point,
  size: { readonly width: number; readonly height: number } | undefined,
): InkPoint[] {
  const corner = size && { x: at.x + size.width, y: at.y + size.height };
  return (corner ? [at, corner] : [at]).map(withPressure);
}
