import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import {
  createDocument,
  LOCAL_ORIGIN,
  REMOTE_ORIGIN,
  rootsOf,
} from "../../../src/board/document/document.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import type { Guard } from "../../../src/board/guard/guard.ts";
import { createLab, STRANGER } from "./lab.ts";
import { content, section } from "./raw-update.ts";

/** Leaves Yjs in the middle of a transaction: it never tells of a change again, and saves what it cannot load. */
const WEDGING = section(STRANGER, 0, { parent: "items", content: content.deleted(0) });

function createGuarded(): { doc: Y.Doc; guard: Guard; wedged: () => number } {
  const doc = createDocument();
  doc.clientID = 5;
  let count = 0;
  const guard = createGuard({ doc, onWedged: () => count++ });
  guard.setOwnClient(5);
  return { doc, guard, wedged: () => count };
}

function applyPastGuard(doc: Y.Doc, update: Uint8Array): void {
  expect(() => Y.applyUpdate(doc, update)).toThrow("Unexpected case");
}

function honestUpdate(): Uint8Array {
  const doc = createDocument();
  doc.clientID = 9;
  rootsOf(doc).items.push([new Y.Text("ink")]);
  return Y.encodeStateAsUpdate(doc);
}

function offer(guard: Guard, update: Uint8Array): void {
  guard.apply(REMOTE_ORIGIN, (admit) => void admit(update));
}

describe("applying", () => {
  test("several updates is one change", () => {
    const { page, contact } = createLab();
    const updates: Uint8Array[] = [];
    contact.doc.on("update", (update: Uint8Array) => updates.push(update));
    rootsOf(contact.doc).items.push([new Y.Text("one")]);
    rootsOf(contact.doc).items.push([new Y.Text("two")]);
    let changes = 0;
    page.doc.on("update", () => changes++);
    page.guard.apply(REMOTE_ORIGIN, (admit) => {
      expect(updates.map((update) => admit(update).kind)).toEqual(["ready", "ready"]);
      expect(admit(updates[0]!).kind).toBe("known");
    });
    expect(changes).toBe(1);
  });

  test("what is refused leaves the good updates around it", () => {
    const { doc, guard } = createGuarded();
    guard.apply(REMOTE_ORIGIN, (admit) => {
      expect(admit(WEDGING).kind).toBe("refused");
      expect(admit(honestUpdate()).kind).toBe("ready");
      expect(admit(new Uint8Array([9, 9, 9])).kind).toBe("refused");
    });
    expect(doc.getArray("items").length).toBe(1);
  });

  test("judging changes nothing", () => {
    const { doc, guard } = createGuarded();
    expect(guard.judge(honestUpdate()).kind).toBe("ready");
    expect(guard.judge(honestUpdate()).kind).toBe("ready");
    expect(doc.store.clients.size).toBe(0);
  });

  test("leaves no exception out, whoever throws", () => {
    const { doc, guard, wedged } = createGuarded();
    doc.getArray("items").observe(() => {
      throw new Error("an observer");
    });
    expect(() => offer(guard, honestUpdate())).not.toThrow();
    expect(wedged()).toBe(1);
    const other = createGuarded();
    expect(() =>
      other.guard.apply(REMOTE_ORIGIN, () => {
        throw new Error("the caller");
      }),
    ).not.toThrow();
    expect(other.wedged()).toBe(1);
  });
});

describe("a document that broke", () => {
  test("would not be noticed by itself: it tells of nothing, and what is saved cannot be loaded", () => {
    const { doc } = createGuarded();
    let told = 0;
    doc.on("update", () => told++);
    applyPastGuard(doc, WEDGING);
    rootsOf(doc).items.push([new Y.Text("ink")]);
    expect(told).toBe(0);
    expect(() => Y.applyUpdate(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toThrow("Unexpected case");
  });

  test("is noticed with the next update that comes in, and takes no more", () => {
    const { doc, guard, wedged } = createGuarded();
    applyPastGuard(doc, WEDGING);
    offer(guard, honestUpdate());
    expect(wedged()).toBe(1);
    let offered = false;
    guard.apply(REMOTE_ORIGIN, () => {
      offered = true;
    });
    expect([offered, wedged()]).toEqual([false, 1]);
  });

  test("is noticed after a local change", () => {
    const { doc, guard, wedged } = createGuarded();
    doc.transact(() => rootsOf(doc).items.push([new Y.Text("ink")]), LOCAL_ORIGIN);
    guard.verify();
    expect(wedged()).toBe(0);
    applyPastGuard(doc, WEDGING);
    doc.transact(() => rootsOf(doc).items.push([new Y.Text("ink")]), LOCAL_ORIGIN);
    guard.verify();
    guard.verify();
    expect(wedged()).toBe(1);
  });

  test("is noticed where a listener failed while Yjs told of a change", () => {
    const { doc, guard, wedged } = createGuarded();
    doc.once("update", () => {
      throw new Error("a listener");
    });
    expect(() => rootsOf(doc).items.push([new Y.Text("ink")])).toThrow("a listener");
    guard.verify();
    expect(wedged()).toBe(1);
  });
});
