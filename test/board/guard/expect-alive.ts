/*
 * The one question that each test of the guard ends with: is this page none the worse for what came?
 */
import * as Y from "yjs";
import type { Verdict } from "../../../src/board/guard/check.ts";
import type { BoardHandle } from "../../../src/board/yjs-board.ts";
import { plainItem } from "../../support/room.ts";
import { describeDocument } from "./describe-document.ts";
import { bring, draw } from "./lab.ts";
import type { Lab } from "./lab.ts";

/**
 * Throws unless the page's document lives: it tells of a local change, saves and loads again equal in
 * both encodings, every device takes its content from this one, and it takes what an honest contact
 * draws next. `deliver` hands that over to the page.
 */
export function expectAlive(
  { page, contact }: Pick<Lab, "page" | "contact">,
  deliver: (update: Uint8Array) => void = (update) => expectReady(page.admit(update)),
): void {
  const { doc, board, troubles } = page;
  let told = 0;
  const listen = (): void => void told++;
  doc.on("update", listen);
  draw(page, 1, 1);
  doc.off("update", listen);
  if (told === 0) throw new Error("a local change was not told");
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error("something waits inside Yjs");

  for (const verdict of bring(page, contact)) {
    if (verdict.kind !== "ready" && verdict.kind !== "known")
      throw new Error(`an honest contact does not take the board: ${JSON.stringify(verdict)}`);
  }
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  contact.doc.on("update", collect);
  draw(contact, 2, 1);
  contact.doc.off("update", collect);
  for (const update of updates) deliver(update);
  const { clientID } = contact.doc;
  if (Y.getState(doc.store, clientID) !== Y.getState(contact.doc.store, clientID))
    throw new Error("honest ink did not arrive");
  // What others said before may have waited for just that ink.
  bring(page, contact);

  // In which order words stand a contact who names others can decide differently for each device: see
  // "The order of words" in THREAT_MODEL.md.
  const letters = (text: string): string =>
    Array.from(text)
      .sort((a, b) => (a < b ? -1 : 1))
      .join("");
  const saved = describeDocument(doc, letters);
  // A given name saves the making of a random one.
  const v1 = new Y.Doc({ guid: "v1" });
  Y.applyUpdate(v1, Y.encodeStateAsUpdate(doc));
  if (describeDocument(v1, letters) !== saved) throw new Error("the board does not load equal (V1)");
  const v2 = new Y.Doc({ guid: "v2" });
  Y.applyUpdateV2(v2, Y.encodeStateAsUpdateV2(doc));
  if (describeDocument(v2, letters) !== saved) throw new Error("the board does not load equal (V2)");
  const seen = (handle: BoardHandle): string =>
    JSON.stringify(handle.board.items().map(plainItem), (key, value: unknown) =>
      key === "text" && typeof value === "string" ? letters(value) : value,
    );
  if (seen(board) !== seen(contact.board)) throw new Error("the contact does not see the same");
  for (const each of [v1, v2]) each.destroy();
  if (troubles.length > 0) throw new Error(troubles.join("; "));
}

function expectReady(verdict: Verdict): void {
  if (verdict.kind !== "ready") throw new Error(`honest ink is ${JSON.stringify(verdict)}`);
}
