/*
 * What marks and attributes come to on the board that is shown. While changes are held back the document is
 * ahead of the screen, and what a person does is about the screen: these tables then stay as they were when the
 * board was told of last. In all other moments they are those of the document.
 */
import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { AttributeTable } from "./attribute-table.ts";
import type { HeldGrowth } from "./held-growth.ts";
import type { MarkCover } from "./mark-cover.ts";

export type ShownMarks = Omit<MarkCover, "set" | "copy">;
export type ShownAttributes = Omit<AttributeTable, "set" | "copy">;

export interface ShownTables {
  readonly cover: ShownMarks;
  readonly attributes: ShownAttributes;
  /** From now on they stay as they are. */
  hold(): void;
  /** All that was held back until now is shown; `isOver`: what comes from now on is, too. */
  showAll(isOver: boolean): void;
}

interface Tables {
  readonly cover: MarkCover;
  readonly attributes: AttributeTable;
}

export interface ShownTablesDeps extends Tables {
  readonly growth: HeldGrowth;
  readonly roots: Pick<Roots, "marks" | "attrs">;
}

export function createShownTables({ roots, growth, ...live }: ShownTablesDeps): ShownTables {
  const { marks, attrs } = roots;
  const lateMarks = new Set<string>();
  const lateAttributes = new Set<string>();
  let now: Tables = live;

  const onMarks = ({ keys }: Y.YMapEvent<unknown>): void => {
    for (const key of keys.keys()) lateMarks.add(key);
  };
  const onAttributes = ({ keys }: Y.YMapEvent<unknown>): void => {
    for (const key of keys.keys()) lateAttributes.add(key);
  };

  return {
    cover: {
      hides: (client, clock) => now.cover.hides(client, clock),
      erases: (client, clock) => now.cover.erases(client, clock),
      unerased: (client, run) => now.cover.unerased(client, run),
      cutsIn: (client, range) => now.cover.cutsIn(client, range),
      isCut: (client, range) => now.cover.isCut(client, range),
      makers: (of, kinds) => now.cover.makers(of, kinds),
    },
    attributes: {
      of: (id) => now.attributes.of(id),
      stacked: () => now.attributes.stacked(),
      layers: () => now.attributes.layers(),
      madeLayers: () => now.attributes.madeLayers(),
      layerOf: (id) => now.attributes.layerOf(id),
      layerWith: (id, moved) => now.attributes.layerWith(id, moved),
      meantLayer: (id, moved) => now.attributes.meantLayer(id, moved),
      background: () => now.attributes.background(),
    },
    hold() {
      growth.hold();
      now = { cover: live.cover.copy(), attributes: live.attributes.copy() };
      marks.observe(onMarks);
      attrs.observe(onAttributes);
    },
    showAll(isOver) {
      growth.showAll(isOver);
      if (now === live) return;
      if (isOver) {
        now = live;
        marks.unobserve(onMarks);
        attrs.unobserve(onAttributes);
      } else {
        for (const key of lateMarks) now.cover.set(key, marks.get(key));
        for (const key of lateAttributes) now.attributes.set(key, attrs.get(key));
      }
      lateMarks.clear();
      lateAttributes.clear();
    },
  };
}
