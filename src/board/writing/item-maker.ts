import * as Y from "yjs";
import { encodeHeader } from "../../ink/header.ts";
import { PICTURE_TOOL, type StrokeHeader } from "../../ink/stroke.ts";
import { stampAttribute } from "../document/attribute-stamps.ts";
import { itemValues } from "../document/field-values.ts";
import type { LayerId } from "../document/board.ts";
import { DOCUMENT_FORMAT, type Roots } from "../document/document.ts";
import type { ItemAttributes } from "../document/schema.ts";
import { idOf, itemId } from "../document/item-id.ts";
import type { AttributeTable } from "../reading/attribute-table.ts";
import type { SessionWriter } from "./session-writer.ts";

export interface ItemMakerDeps {
  /** The layer that is in use. */
  readonly state: { layer: LayerId };
  readonly roots: Roots;
  readonly layers: AttributeTable["layers"];
  readonly session: SessionWriter;
}

/** On which layer an item is to be, when it began, and what it is given at once. */
export interface Start {
  readonly layer: LayerId;
  /** As `now` counts. */
  readonly begun: number;
  readonly attributes?: ItemAttributes;
}

/** Puts new items of this session into the document. */
export interface ItemMaker {
  setActiveLayer(layer: LayerId): void;
  /** The layer that is in use. */
  activeLayer(): LayerId;
  now(): number;
  /** An item whose text, after the header, begins with `ink`; within a local transaction. */
  make(header: StrokeHeader, ink: string, start: Start): Y.Text;
}

export function createItemMaker({ state, roots, layers, session }: ItemMakerDeps): ItemMaker {
  function give(text: Y.Text, attributes: ItemAttributes): void {
    const { client, clock } = idOf(text)!;
    for (const [key, value] of itemValues(itemId(client, clock), attributes)) {
      roots.attrs.set(key, stampAttribute(value, session.stamp()));
    }
  }

  return {
    setActiveLayer(layer) {
      state.layer = layer;
    },
    activeLayer: () => state.layer,
    now: session.now,
    make(header, ink, { layer, begun, attributes = {} }) {
      if (header.tool === PICTURE_TOOL) session.needFormat(DOCUMENT_FORMAT);
      const isThere = layers().some(({ id }) => id === layer);
      const slot = isThere ? session.slotOf(layer) : 0;
      const text = new Y.Text(encodeHeader(header, session.origin(slot ?? 0, begun)) + ink);
      roots.items.push([text]);
      // A session that has drawn on very many layers has no slot for a further one: then an attribute says it.
      give(text, slot === undefined ? { ...attributes, layer } : attributes);
      return text;
    },
  };
}
