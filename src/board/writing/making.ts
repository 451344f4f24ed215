import * as Y from "yjs";
import type { Point } from "../../base/geometry.ts";
import { isIdentity, multiply } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";
import type { Board, CopiedItem, ItemId } from "../document/board.ts";
import { idOf, itemId } from "../document/item-id.ts";
import { labelKey } from "../document/keys.ts";
import { encodeLabel } from "../document/labels.ts";
import type { ItemAttributes } from "../document/schema.ts";
import { charactersOf } from "../reading/label-text.ts";
import { isTextTool } from "../reading/shown-item.ts";
import type { ActionDeps } from "./action-deps.ts";
import { giveToItem } from "./altering.ts";
import { eraseEntries } from "./erasing.ts";
import { inkText, inkTexts } from "./ink-text.ts";
import type { StrokeEnding } from "./ink-writer.ts";
import type { ItemMaker } from "./item-maker.ts";
import type { Part } from "./part.ts";
import type { UndoStep } from "./changes.ts";
import { HIDING, rangesOf } from "./ranges.ts";
import { replaceStroke } from "./replacing.ts";
import { createTextEditor } from "./text-editor.ts";

type Making = Pick<Board, "setActiveLayer" | "addShape" | "addText" | "editText" | "paste"> & {
  /** A shape instead of a stroke that has just ended: taking the shape back brings the stroke. */
  replaced: StrokeEnding["replaced"];
};

interface NewItem {
  readonly header: StrokeHeader;
  readonly attributes?: ItemAttributes;
}

interface NewStroke extends NewItem {
  readonly points: readonly InkPoint[];
}

interface NewText extends NewItem {
  readonly at: Point;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly text: string;
}

/** What a person puts on the board at once: shapes, words, what was copied. */
export function createMaking({ maker, ...deps }: ActionDeps & { readonly maker: ItemMaker }): Making {
  const { doc, roots, reader, changes, history } = deps;
  const { list, cover } = reader;
  /** Texts that nobody has typed in yet. */
  const fresh = new Map<ItemId, readonly Part[]>();

  /**
   * Puts a whole item into the document. Its attributes are no part of a step: they are hidden and shown with
   * it, and some are written once and could not be taken back.
   */
  function make(header: StrokeHeader, ink: string, attributes: ItemAttributes = {}): ItemId {
    const start = { layer: maker.activeLayer(), begun: maker.now(), attributes };
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

  function makeText(step: UndoStep, { header, at, size, text, attributes }: NewText): ItemId {
    const id = make(header, inkText(header, textPoints(at, size)), attributes);
    roots.labels.set(labelKey(id), new Y.Text(encodeLabel(text)));
    step.made(rangesOf([id]), () => othersWritingIn(id));
    return id;
  }

  /** A stroke, in as many items as it takes. */
  function makeStroke(step: UndoStep, { header, points, attributes }: NewStroke): ItemId[] {
    const ids = inkTexts(header, points).map((ink) => make(header, ink, attributes));
    step.made(rangesOf(ids));
    return ids;
  }

  function paste(step: UndoStep, copied: CopiedItem, matrix: Matrix): ItemId[] {
    const ids =
      copied.kind === "text" ? [makeText(step, { ...copied, at: { x: 0, y: 0 } })] : makeStroke(step, copied);
    const placed = multiply(matrix, copied.matrix);
    if (isIdentity(placed)) return ids;
    for (const id of ids) giveToItem(step, id, { matrix: placed });
    return ids;
  }

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
        id = makeText(step, { header, at, size, text });
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
      if (reader.attributes.layerOf(id).locked) return undefined;
      const before = fresh.get(id) ?? [];
      fresh.delete(id);
      const items = rangesOf([id]);
      const isGone = (): boolean => cover.hides(entry.client, entry.clock);
      return createTextEditor({
        label,
        own: doc,
        changes,
        cover,
        before,
        isOnShownLayer: () => changes.seeing.isOnShownLayer(items),
        isSeen: () => changes.seeing.someIsSeen(items),
        blameGone(blame) {
          changes.seeing.blameMakers(items, HIDING, blame);
          changes.seeing.blameLayers(items, blame);
        },
        remove: (step) => eraseEntries(step, isGone() ? [] : [entry]),
        onDone: (done) => history.record(done),
      });
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
