import { describe, expect, it } from "vitest";
import type { Contact } from "../../../src/session.ts";
import { presenceKey, type PresenceState } from "../../../src/ui/people/presence-key.ts";
import { contactOf } from "../../support/contacts.ts";

const STATE: PresenceState = { phase: "ready", own: "ann", contacts: [], hasInk: true, isSaved: true };
const nameOf = (address: string): string => address;
const keyOf = (contact: Contact, called = nameOf): string =>
  presenceKey({ ...STATE, contacts: [contact] }, undefined, called);
const bob = (rest: Partial<Contact> = {}): Contact => contactOf("bob", {}, rest);

describe("what the strip of people is shown anew for", () => {
  it("is not what a contact points at, sees, or is about to do", () => {
    const selected = { kind: "erase", ids: ["1.1"], cuts: new Map() } as const;
    const aiming = contactOf(
      "bob",
      { cursor: { x: 3, y: 4 }, penDown: true, color: 0xff0000 },
      { preview: selected, tip: { x: 5, y: 6 } },
    );
    expect(keyOf(aiming)).toBe(keyOf(bob()));
  });

  it.each<Partial<Contact>>([
    { address: "bo" },
    { state: "away" },
    { drawing: true },
    { hasEverything: false },
    { missingStrokes: 2 },
  ])("is what it tells of a contact: %o", (rest) => {
    expect(keyOf(bob(rest), () => "Bob")).not.toBe(keyOf(bob(), () => "Bob"));
  });

  it("is a name, the board, and who is followed", () => {
    const key = keyOf(bob());
    expect(keyOf(bob(), () => "Bob")).not.toBe(key);
    for (const rest of [
      { phase: "loading" },
      { own: "amy" },
      { hasInk: false },
      { isSaved: false },
    ] as const) {
      expect(presenceKey({ ...STATE, contacts: [bob()], ...rest }, undefined, nameOf)).not.toBe(key);
    }
    expect(presenceKey({ ...STATE, contacts: [bob()] }, "bob", nameOf)).not.toBe(key);
  });
});
