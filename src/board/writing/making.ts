import * as Y from "yjs";
import type { Point } from "../../base/geometry.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import type { Board, ItemId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { labelKey } from "../document/keys.ts";
import { encodeLabel, insertAfter } from "../document/labels.ts";
import type { TextEditor } from "../document/text-editor.ts";
import { addSize } from "../document/size.ts";
import { charactersOf } from "../reading/label-text.ts";
import type { ActionDeps } from "./action-deps.ts";
import { createBringingBack } from "./bringing-back.ts";
import { inkText, inkTexts } from "./ink-text.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import type { ItemMaker } from "./item-maker.ts";
import { createPasting } from "./paste-steps.ts";
import { AROUND_ITEM, cornersOf, planPicture, sizeOfPasted, withPressure } from "./pasting.ts";
import type { UndoStep } from "./changes.ts";
import { rangesOf, rangesOfWrites } from "./ranges.ts";
import { replaceStroke } from "./replacing.ts";
import { A_KEY, A_STROKE } from "./room.ts";
import { createTextEditor, unitsOf } from "./text-editor.ts";
import { createTextPlaces } from "./text-places.ts";
import type { NewItem, NewText } from "./text-places.ts";

type Making = Pick<
  Board,
  "setActiveLayer" | "addShape" | "addText" | "addPicture" | "editText" | "takeAlong" | "paste" | "pasteSteps"
> & {
  /** A shape instead of a stroke that has just ended: taking the shape back brings the stroke. */
  replaced: StrokeEnding["replaced"];
  /** What is gone comes back, and what was moved goes back. */
  bringBack: ReturnType<typeof createBringingBack>;
};

interface NewStroke extends NewItem {
  /** Of each of its items, what follows the header. */
  readonly inks: readonly string[];
}

/** What a person puts on the board at once: shapes, words, what was copied. */
export function createMaking({ maker, ...deps }: ActionDeps & { readonly maker: ItemMaker }): Making {
  const { doc, roots, reader, changes, work, history, room } = deps;
  const { list, attributes, cover } = reader;

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

  function makeText(step: UndoStep, text: NewText): ItemId {
    const id = make(text, inkText(text.header, text.points));
    roots.labels.set(labelKey(id), new Y.Text(text.stored));
    step.made(rangesOf([id]), id);
    return id;
  }

  /** A stroke, in as many items as it takes. */
  function makeStroke(step: UndoStep, stroke: NewStroke): ItemId[] {
    const ids = stroke.inks.map((ink) => make(stroke, ink));
    step.made(rangesOf(ids));
    return ids;
  }

  /** As one step, in one item. */
  function addWhole(stroke: NewStroke | undefined): ItemId {
    let id = "";
    if (!stroke) return id;
    deps.flush();
    deps.make(sizeOfPasted({ inks: stroke.inks, stored: "" }), (step) => {
      [id = ""] = makeStroke(step, stroke);
    });
    return id;
  }

  const placeOf = createTextPlaces({ reader, makeText });

  return {
    bringBack: createBringingBack({ ...deps, make, makeText, activeLayer: maker.activeLayer }),
    setActiveLayer: maker.setActiveLayer,
    replaced: (ids, header, from, to) =>
      replaceStroke(deps, ids, (step) => {
        const [id = ""] = makeStroke(step, { header, inks: shapeInks(header, from, to) });
        return id;
      }),
    addShape: (header, from, to) => addWhole({ header, inks: shapeInks(header, from, to) }),
    addText(header, at, size, text) {
      let id = "";
      deps.flush();
      const stored = encodeLabel(text);
      if (!room.admits(addSize(AROUND_ITEM, { content: stored.length }))) return id;
      const parts = changes.step((step) => {
        id = makeText(step, { header, points: cornersOf(at, size), stored });
      });
      if (text === "") work.untyped.set(id, parts);
      else history.record({ parts });
      return id;
    },
    addPicture: (picture, box) => addWhole(planPicture(picture, box)),
    editText(id, goesOn = false) {
      const entry = list.entry(id);
      if (!entry || !reader.shows(entry)) return undefined;
      const place = placeOf(id);
      if (!place || attributes.layerOf(id).locked) return undefined;
      const hasRoom = goesOn || work.untyped.has(id) ? room.admitsReserve : room.admits;
      if (!hasRoom(A_STROKE)) return undefined;
      const before = work.untyped.get(id) ?? [];
      work.untyped.delete(id);
      const editor = createTextEditor({
        place,
        placeOf: (next) => placeOf(next)!,
        own: doc,
        changes,
        cover,
        before,
        mayGoOn: () => room.admitsReserve(A_KEY),
        onDone: (done) => history.record(done),
      });
      return noted(editor, work.underWay);
    },
    takeAlong(id) {
      const { follows } = attributes.of(id);
      const old = follows === undefined ? undefined : placeOf(follows);
      const label = reader.labelOf(id);
      const isOver = label !== undefined && old?.isGone() === true;
      return isOver && room.admitsReserve(A_KEY) && takeOwn(old.label, label, deps);
    },
    ...createPasting({ ...deps, activeLayer: maker.activeLayer, makeItem: make, makeText }),
  };
}

/** It is under way until it ends. */
function noted(editor: TextEditor, underWay: Set<object>): TextEditor {
  underWay.add(editor);
  return {
    ...editor,
    end() {
      underWay.delete(editor);
      editor.end();
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
  const parts = changes.step((step) => {
    step.eraseCharacters(rangesOfWrites(left));
    insertAfter(to, charactersOf(to, cover).at(-1), unitsOf(left), doc);
  });
  changes.forget(parts);
  return true;
}

function shapeInks(header: StrokeHeader, from: Point, to: Point): readonly string[] {
  return inkTexts(header, [from, to].map(withPressure));
}
