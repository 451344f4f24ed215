import * as Y from "yjs";
import type { Point } from "../../base/geometry.ts";
import { isIdentity, multiply } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { Board, CopiedItem, ItemId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { labelKey } from "../document/keys.ts";
import { encodeLabel, insertAfter } from "../document/labels.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import { inkText, inkTexts } from "./ink-text.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import type { ItemMaker } from "./item-maker.ts";
import type { Part } from "./part.ts";
import type { UndoStep } from "./changes.ts";
import { rangesOf, rangesOfWrites } from "./ranges.ts";
import { replaceStroke } from "./replacing.ts";
import { createTextEditor, unitsOf } from "./text-editor.ts";
import { createTextPlaces } from "./text-places.ts";
import type { NewItem, NewText } from "./text-places.ts";

type Making = Pick<Board, "setActiveLayer" | "addShape" | "addText" | "editText" | "takeAlong" | "paste"> & {
  /** A shape instead of a stroke that has just ended: taking the shape back brings the stroke. */
  replaced: StrokeEnding["replaced"];
};

interface NewStroke extends NewItem {
  readonly points: readonly InkPoint[];
}

/** What a person puts on the board at once: shapes, words, what was copied. */
export function createMaking({ maker, ...deps }: ActionDeps & { readonly maker: ItemMaker }): Making {
  const { doc, roots, reader, changes, history } = deps;
  const { list, attributes, cover } = reader;
  /** Texts that nobody has typed in yet. */
  const fresh = new Map<ItemId, readonly Part[]>();

  /**
   * Puts a whole item into the document. Its attributes are no part of a step: they are hidden and shown with
   * it, and some are written once and could not be taken back.
   */
  function make(
    { header, layer = maker.activeLayer(), attributes: given = {} }: NewItem,
    ink: string,
  ): ItemId {
    const start = { layer, begun: maker.now(), attributes: given };
    const { client, clock } = idOf(maker.make(header, ink, start))!;
    return itemId(client, clock);
  }

  /** Taking such a text back would take away what somebody else wrote. */
  function othersWritingIn(id: ItemId): number[] {
    const label = reader.labelOf(id);
    const clients = new Set(label ? charactersOf(label, cover).map(({ client }) => client) : []);
    clients.delete(doc.clientID);
    return [...clients];
  }

  function makeText(step: UndoStep, text: NewText): ItemId {
    const id = make(text, inkText(text.header, text.points));
    roots.labels.set(labelKey(id), new Y.Text(text.stored));
    step.made(rangesOf([id]), () => othersWritingIn(id));
    return id;
  }

  /** A stroke, in as many items as it takes. */
  function makeStroke(step: UndoStep, stroke: NewStroke): ItemId[] {
    const ids = inkTexts(stroke.header, stroke.points).map((ink) => make(stroke, ink));
    step.made(rangesOf(ids));
    return ids;
  }

  function paste(step: UndoStep, copied: CopiedItem, matrix: Matrix): ItemId[] {
    const ids =
      copied.kind === "text"
        ? [makeText(step, { ...copied, ...newText({ x: 0, y: 0 }, copied.size, copied.text) })]
        : makeStroke(step, copied);
    const placed = multiply(matrix, copied.matrix);
    if (isIdentity(placed)) return ids;
    for (const id of ids) giveToItem(step, id, { matrix: placed });
    return ids;
  }

  const placeOf = createTextPlaces({ ...deps, makeText, othersWritingIn });

  return {
    setActiveLayer: maker.setActiveLayer,
    replaced: (ids, header, from, to) =>
      replaceStroke({ changes, history, cover }, ids, (step) => {
        const [id = ""] = makeStroke(step, { header, points: [from, to].map(withPressure) });
        return id;
      }),
    addShape(header, from, to) {
      let id = "";
      deps.flush();
      deps.step((step) => {
        [id = ""] = makeStroke(step, { header, points: [from, to].map(withPressure) });
      });
      return id;
    },
    addText(header, at, size, text) {
      let id = "";
      deps.flush();
      const parts = changes.step((step) => {
        id = makeText(step, { header, ...newText(at, size, text) });
      });
      if (text === "") fresh.set(id, parts);
      else history.record(changes.entryOf(parts));
      return id;
    },
    editText(id) {
      const entry = list.entry(id);
      if (!entry || !reader.shows(entry)) return undefined;
      const place = placeOf(id);
      if (!place || attributes.layerOf(id).locked) return undefined;
      const before = fresh.get(id) ?? [];
      fresh.delete(id);
      return createTextEditor({
        place,
        placeOf: (next) => placeOf(next)!,
        own: doc,
        changes,
        cover,
        before,
        onDone: (done) => history.record(done),
      });
    },
    takeAlong(id) {
      const { follows } = attributes.of(id);
      const old = follows === undefined ? undefined : placeOf(follows);
      const label = reader.labelOf(id);
      return label !== undefined && old?.isGone() === true && takeOwn(old.label, label, deps);
    },
    paste(copied, matrix) {
      let ids: readonly ItemId[] = [];
      deps.flush();
      deps.step((step) => {
        ids = copied.flatMap((each) => paste(step, each, matrix));
      });
      return ids;
    },
  };
}

/** What this session typed into one label, and still stands there, goes to the end of another. */
function takeOwn(
  from: Y.Text,
  to: Y.Text,
  { doc, changes, reader: { cover } }: Pick<ActionDeps, "doc" | "changes" | "reader">,
): boolean {
  const left = charactersOf(from, cover).filter(({ client }) => client === doc.clientID);
  if (left.length === 0) return false;
  changes.step((step) => {
    step.eraseCharacters(rangesOfWrites(left));
    insertAfter(to, charactersOf(to, cover).at(-1), unitsOf(left), doc);
  });
  return true;
}

function withPressure({ x, y }: Point): InkPoint {
  return { x, y, pressure: 0.5 };
}

/** Words of a person: their points are the corner, and for a note the opposite one. */
function newText(
  at: Point,
  size: { readonly width: number; readonly height: number } | undefined,
  text: string,
): Pick<NewText, "points" | "stored"> {
  const corner = size && { x: at.x + size.width, y: at.y + size.height };
  return { points: (corner ? [at, corner] : [at]).map(withPressure), stored: encodeLabel(text) };
}
