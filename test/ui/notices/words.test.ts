import { describe, expect, it } from "vitest";
import type { Contact, ContactState } from "../../../src/session.ts";
import { shortAddress } from "../../../src/ui/choices/colors.ts";
import { noticeText, outdatedText } from "../../../src/ui/notices/notice-text.ts";
import { deliveryText, longestTexts, presenceText } from "../../../src/ui/people/presence-text.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

const contact = (name: string, state: ContactState, drawing = false): Contact => ({
  address: name,
  state,
  drawing,
  hasEverything: true,
  missingStrokes: 0,
  page: undefined,
  isFull: false,
  preview: undefined,
  presence: undefined,
  tip: undefined,
});
const text = (...contacts: Contact[]): string => presenceText(contacts, shortAddress, ENGLISH);

describe("presenceText", () => {
  it("says the state of one contact", () => {
    expect(text(contact("Bo", "waiting"))).toBe("Waiting for Bo");
    expect(text(contact("Bo", "here"))).toBe("Bo is here");
    expect(text(contact("Bo", "here", true))).toBe("Bo is drawing");
    expect(text(contact("Bo", "away"))).toBe("Bo is away");
  });
  it("somebody who left is not drawing", () => {
    expect(text(contact("Bo", "away", true))).toBe("Bo is away");
  });
  it("sums up several", () => {
    expect(text(contact("Bo", "here"), contact("Cy", "waiting"))).toBe("1 of 2 are here");
    expect(text(contact("Bo", "here"), contact("Cy", "here", true))).toBe("Cy is drawing");
    expect(text(contact("Bo", "here", true), contact("Cy", "here", true))).toBe("2 are drawing");
  });
  it("without contacts the board is private", () => {
    expect(text()).toBe("Private board");
  });
  it("shortens addresses", () => {
    expect(text(contact("4dRfXz8qLm2TtYw", "here"))).toBe("4dRfXz8q… is here");
  });
});

describe("deliveryText", () => {
  const lacking = (name: string, missingStrokes: number): Contact => ({
    ...contact(name, "here"),
    hasEverything: false,
    missingStrokes,
  });
  const delivery = (...contacts: Contact[]): string | undefined =>
    deliveryText(contacts, { hasInk: true, isSaved: true }, shortAddress, ENGLISH);
  const empty = (...contacts: Contact[]): string | undefined =>
    deliveryText(contacts, { hasInk: false, isSaved: true }, shortAddress, ENGLISH);

  it("says what a contact who is here has", () => {
    expect(delivery(contact("Bo", "here"))).toBe("Bo has everything");
    expect(delivery(lacking("Bo", 3))).toBe("Sending 3 strokes");
    expect(delivery(lacking("Bo", 1))).toBe("Sending 1 stroke");
    expect(delivery(lacking("Bo", 0))).toBe("Sending…");
  });
  it("says where the drawing is while nobody is here", () => {
    expect(delivery(contact("Bo", "away"))).toBe("Saved here");
    expect(delivery(contact("Bo", "waiting"))).toBe("Saved here");
  });
  it("speaks for several of those who are here", () => {
    expect(delivery(contact("Bo", "here"), contact("Cy", "away"))).toBe("All here have everything");
    expect(delivery(lacking("Bo", 1), lacking("Cy", 4))).toBe("Sending 4 strokes");
  });
  it("says that nothing is drawn, but not before a contact knows", () => {
    expect(empty(contact("Bo", "here"))).toBe("The board is empty");
    expect(empty(lacking("Bo", 3))).toBe("Sending…");
    expect(empty(contact("Bo", "waiting"))).toBe("You can start drawing");
    expect(empty(contact("Bo", "away"))).toBe("You can start drawing");
  });
  it("does not call what a contact has no room for on its way", () => {
    const full = { ...lacking("Bo", 3), isFull: true };
    expect(delivery(full)).toBe("Bo's board is full");
    expect(delivery(contact("Cy", "here"), full)).toBe("Bo's board is full");
    expect(delivery(full, lacking("Cy", 4))).toBe("Sending 4 strokes");
  });
  it("does not call saved what is not", () => {
    const unsaved = (...contacts: Contact[]): string | undefined =>
      deliveryText(contacts, { hasInk: true, isSaved: false }, shortAddress, ENGLISH);
    expect(unsaved(contact("Bo", "away"))).toBe("Not saved at the moment");
    expect(unsaved()).toBe("Not saved at the moment");
    expect(unsaved(contact("Bo", "here"))).toBe("Bo has everything");
  });
  it("says nothing where there is nobody to have it", () => {
    expect(delivery()).toBeUndefined();
    expect(empty()).toBeUndefined();
  });
});

describe("longestTexts", () => {
  it("leaves room for what is said of the contacts in turn", () => {
    const states = (["waiting", "here", "away"] as const).flatMap((state) =>
      [true, false].flatMap((drawing) =>
        [0, 1, 10].map((missingStrokes) => ({
          ...contact("4dRfXz8qLm2TtYw", state, drawing),
          hasEverything: missingStrokes === 0,
          missingStrokes,
        })),
      ),
    );
    for (const state of states) {
      for (const contacts of [[state], [state, contact("Cy", "here")]]) {
        const { first, second } = longestTexts(contacts, shortAddress, ENGLISH);
        const board = { hasInk: true, isSaved: true };
        const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
        expect(presenceText(contacts, shortAddress, ENGLISH).length).toBeLessThanOrEqual(longest(first));
        expect(deliveryText(contacts, board, shortAddress, ENGLISH)!.length).toBeLessThanOrEqual(
          longest(second),
        );
      }
    }
  });
  it("needs none where there is nobody", () => {
    expect(longestTexts([], shortAddress, ENGLISH)).toEqual({ first: [], second: [] });
  });
});

describe("noticeText", () => {
  it("names the contact", () => {
    expect(noticeText({ kind: "cleared", address: "Bo" }, shortAddress, ENGLISH)).toBe(
      "Bo cleared the board",
    );
    expect(noticeText({ kind: "update-needed", address: "Bo" }, shortAddress, ENGLISH)).toMatch(
      /^Bo has a newer/u,
    );
  });
  it("names whose app is too old, one or several", () => {
    expect(noticeText({ kind: "contact-outdated", address: "Bo" }, shortAddress, ENGLISH)).toMatch(
      /^Bo has an older/u,
    );
    expect(outdatedText(["Bo", "Cy"], shortAddress, ENGLISH)).toMatch(/^Bo and Cy have an older/u);
    expect(outdatedText(["Bo", "Cy", "Di"], shortAddress, ENGLISH)).toMatch(/^Bo and 2 others have/u);
  });
  it("has words without a contact", () => {
    expect(noticeText({ kind: "cleared", address: undefined }, shortAddress, ENGLISH)).toBe(
      "The board was cleared",
    );
    expect(noticeText({ kind: "update-needed", address: undefined }, shortAddress, ENGLISH)).toMatch(
      /newer/u,
    );
  });
  it("has words for every notice", () => {
    const kinds = [
      "storage-damaged",
      "storage-failed",
      "storage-recovered",
      "carry-failed",
      "carry-too-large",
      "carry-partly",
    ] as const;
    expect(new Set(kinds.map((kind) => noticeText({ kind }, shortAddress, ENGLISH))).size).toBe(kinds.length);
  });
  it("says of what there is too much, and how far, and whose board it is", () => {
    const rooms = (["sessions", "writes", "marks"] as const).flatMap((of) =>
      (["room-nearly", "room-full"] as const).map((kind) => noticeText({ kind, of }, shortAddress, ENGLISH)),
    );
    const contacts = (["refused", "contact-full"] as const).map((kind) =>
      noticeText({ kind, address: "Bo" }, shortAddress, ENGLISH),
    );
    expect(new Set([...rooms, ...contacts]).size).toBe(8);
    expect(contacts.every((each) => each.includes("Bo"))).toBe(true);
    const [written, held] = (["writes", "content"] as const).map((of) =>
      noticeText({ kind: "room-full", of }, shortAddress, ENGLISH),
    );
    expect(written).toBe(held);
  });
});
