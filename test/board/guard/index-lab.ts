/*
 * The index of a board's pages on the devices of two people, and entries as a hostile contact would write them.
 */
import { expect } from "vitest";
import { PLACE } from "../../../src/board/document/attributes.ts";
import { FIRST_PAGE, pageIdOf } from "../../../src/board/pages/page-id.ts";
import { createIndexPeer, reloaded, shown, sync } from "../pages/index-peer.ts";
import type { IndexPeer } from "../pages/index-peer.ts";
import { CONTACT, OWN } from "./lab.ts";
import { content, section } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";
import { VALUE } from "./raw-writes.ts";

export const AT_1 = content.binary(PLACE.encode(1));

/** A value of a page's entry; of the first page without `client`. */
export function entry(field: string, client?: number, n = 0, value: RawContent = VALUE): RawStruct {
  const page = client === undefined ? FIRST_PAGE : pageIdOf(client, n);
  return { parent: "attrs", key: `q${page}.${field}`, content: value };
}

export function made(client: number, n = 0): RawStruct {
  return entry("m", client, n, AT_1);
}

export function pages(client: number, from: number, count: number): Uint8Array {
  return section(client, from, ...Array.from({ length: count }, (_, i) => made(client, from + i)));
}

/** This page's index and what an honest contact has, at the same state. */
export interface IndexLab {
  readonly page: IndexPeer;
  readonly contact: IndexPeer;
}

export function createIndexLab(): IndexLab {
  const page = createIndexPeer(OWN);
  const contact = createIndexPeer(CONTACT);
  const one = page.index.add(undefined, "one")!;
  const two = contact.index.add()!;
  sync(page, contact);
  contact.index.rename(one, "uno");
  contact.index.move(one, 0);
  page.index.setRemoved(two, true);
  page.index.rename(FIRST_PAGE, "first");
  sync(page, contact);
  return { page, contact };
}

/** It tells of what this person does, saves equal, and goes on with an honest contact in both directions. */
export function expectIndexAlive({ page, contact }: IndexLab): void {
  const told = page.changes.length;
  expect(page.index.rename(FIRST_PAGE, `name ${told}`)).toBe(true);
  expect(page.changes).toHaveLength(told + 1);
  sync(page, contact);
  contact.index.rename(FIRST_PAGE, "of the contact");
  sync(page, contact);
  expect(shown(contact)).toEqual(shown(page));
  expect(reloaded(page)).toEqual(shown(page));
  expect([page.doc.store.pendingStructs, page.doc.store.pendingDs]).toEqual([null, null]);
}
