import { describe, expect, it } from "vitest";
import type { Contact, ContactState } from "../../src/session.ts";
import { noticeText } from "../../src/ui/notice-text.ts";
import { presenceNews, presenceText } from "../../src/ui/presence-text.ts";
import { ENGLISH } from "../../src/ui/strings.ts";

const contact = (name: string, state: ContactState, drawing = false): Contact => ({
  address: `4${name}xxxxxxxxxxxx`,
  name,
  state,
  drawing,
});
const text = (...contacts: Contact[]): string => presenceText(contacts, ENGLISH);

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
  it("uses the short address where there is no name", () => {
    expect(text({ ...contact("Bo", "here"), name: undefined })).toBe("4Boxxxxx… is here");
  });
});

describe("presenceNews", () => {
  it("tells who came and who went, once", () => {
    const before = [contact("Bo", "waiting"), contact("Cy", "here")];
    const after = [contact("Bo", "here"), contact("Cy", "away"), contact("Di", "here")];
    expect(presenceNews(before, after, ENGLISH)).toEqual(["Bo is here", "Cy is away"]);
    expect(presenceNews(after, after, ENGLISH)).toEqual([]);
  });
});

describe("noticeText", () => {
  const contacts = [contact("Bo", "here")];
  it("names the contact", () => {
    expect(noticeText({ kind: "cleared", address: contacts[0]!.address }, contacts, ENGLISH)).toBe(
      "Bo cleared the board",
    );
    expect(noticeText({ kind: "update-needed", address: "4unknownxxxx" }, contacts, ENGLISH)).toContain(
      "4unknown…",
    );
  });
  it("has words without a contact", () => {
    expect(noticeText({ kind: "cleared", address: undefined }, contacts, ENGLISH)).toBe(
      "The board was cleared",
    );
  });
});
