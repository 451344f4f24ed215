import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import { bring, CONTACT, createDevice, createLab, draw, LATE_STRANGER, OWN, STRANGER } from "./lab.ts";
import { stateOf } from "./raw-writes.ts";

describe("honest updates", () => {
  test("are ready once, and known when they come again", () => {
    const lab = createLab();
    const contact = createDevice(LATE_STRANGER);
    bring(lab.page, contact);
    const updates: Uint8Array[] = [];
    contact.doc.on("update", (update: Uint8Array) => updates.push(update));
    draw(contact, 5);
    contact.board.board.clear();
    contact.board.board.history.undo();
    contact.board.board.history.undo();
    expect(updates.map((update) => lab.page.admit(update).kind)).toEqual(updates.map(() => "ready"));
    const after = describeDocument(lab.page.doc);
    for (const update of [...updates, ...lab.sent]) expect(lab.page.admit(update).kind).toBe("known");
    expect(describeDocument(lab.page.doc)).toBe(after);
    expectAlive(lab);
  });

  test("wait while an earlier one is missing, and are ready then", () => {
    const lab = createLab();
    const updates: Uint8Array[] = [];
    lab.contact.doc.on("update", (update: Uint8Array) => updates.push(update));
    draw(lab.contact, 5);
    lab.contact.board.board.clear();
    const [first, second] = updates;
    const state = stateOf(lab.page, CONTACT);
    const verdict = lab.page.admit(second!);
    expect(verdict).toMatchObject({ kind: "waiting", missing: { client: CONTACT } });
    expect(stateOf(lab.page, CONTACT)).toBe(state);
    expect(lab.page.admit(first!).kind).toBe("ready");
    expect(lab.page.admit(second!).kind).toBe("ready");
    expectAlive(lab);
  });

  test("are ready where they overlap what is known", () => {
    const lab = createLab();
    const whole = createDevice(LATE_STRANGER);
    const writer = whole.board.board.startStroke(lab.page.board.board.items()[0]!.header);
    for (let x = 0; x < 10; x++) {
      writer.add([{ x, y: 0, pressure: 0.5 }]);
      whole.board.flush();
      if (x === 4) bring(whole, lab.page);
    }
    writer.end();
    expect(lab.page.admit(Y.encodeStateAsUpdate(whole.doc)).kind).toBe("ready");
    expect(lab.page.board.board.items().at(-1)).toMatchObject({ points: { length: 10 } });
    expectAlive(lab);
  });

  test("bring switches that were turned often and came as one deleted run, known in part or not", () => {
    const turner = createDevice(LATE_STRANGER);
    draw(turner, 1);
    turner.board.board.clear();
    const { history } = turner.board.board;
    const half = createDevice(STRANGER);
    for (let i = 0; i < 9; i++) {
      if (i % 2 === 0) history.undo();
      else history.redo();
      if (i === 4) bring(turner, half);
    }
    const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(turner.doc));
    expect(structs.some((each) => each instanceof Y.Item && !each.deleted && each.length > 7)).toBe(true);
    const fresh = createDevice(OWN);
    for (const to of [half, fresh]) {
      expect(bring(turner, to).some(({ kind }) => kind === "ready")).toBe(true);
      expect(describeDocument(to.doc)).toBe(describeDocument(turner.doc));
    }
  });

  test("come in pieces of any size, marks after what they hide", () => {
    const lab = createLab();
    draw(lab.contact, 1);
    lab.contact.board.board.clear();
    for (const limit of [1, 60, 400]) {
      const fresh = createDevice(LATE_STRANGER);
      const kinds = new Set(bring(lab.contact, fresh, limit).map(({ kind }) => kind));
      expect(kinds.has("refused") || kinds.has("waiting")).toBe(false);
      expect(describeDocument(fresh.doc)).toBe(describeDocument(lab.contact.doc));
    }
  });
});
