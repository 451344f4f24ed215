import { describe, expect, it } from "vitest";
import type { Address } from "../../../src/env/host.ts";
import type { Contact, Notice } from "../../../src/session.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createAnnouncer } from "../../../src/ui/notices/announcer.ts";
import { carryText } from "../../../src/ui/notices/carry-notice.ts";
import { createComings } from "../../../src/ui/notices/comings.ts";
import { createChoices } from "../../../src/ui/choices/choices.ts";
import { createContactNames, createKnownPeople } from "../../../src/ui/people/contact-names.ts";
import { facesOf } from "../../../src/ui/people/faces.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import { isMaskedGroup } from "../../../src/ui/people/masked-group.ts";
import { createNews } from "../../../src/ui/notices/news.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { peopleRows } from "../../../src/ui/people/people-rows.ts";
import { createSessionNotices } from "../../../src/ui/notices/session-notices.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { whoOf, whoWrote } from "../../../src/ui/people/who.ts";
import { contactOf } from "../../support/contacts.ts";

const same = (address: Address): string => address;
const masked = (n: number): Address => `masked${String(n).padStart(26, "0")}`;
const OWN = masked(99);
const away = (address: Address): Contact => contactOf(address, undefined, { state: "away" });

const createPerson = () =>
  createChoices({
    onError(error) {
      throw error;
    },
  });
const names = (choices = createPerson()) =>
  createContactNames({ known: createKnownPeople(), strings: ENGLISH, choices });

describe("a masked group", () => {
  it("is one where everybody's address has exactly 32 characters", () => {
    expect(isMaskedGroup(OWN, [masked(1), masked(2)])).toBe(true);
    expect(isMaskedGroup(OWN, [masked(1), `${masked(2)}x`])).toBe(false);
    expect(isMaskedGroup(`${OWN}x`, [masked(1)])).toBe(false);
    expect(isMaskedGroup(undefined, [masked(1)])).toBe(false);
  });
});

describe("what people are called", () => {
  const LONG = "4dRfXz8qLm2TtYw5VbNcPsKhJgFdEaUiOpRtYq";

  it("as they want to be, also after they left; else by their addresses", () => {
    const { nameOf, update } = names();
    expect(nameOf(LONG)).toBe("4dRfXz8q…");
    update("own", [contactOf(LONG, { name: "Bo" })]);
    expect(nameOf(LONG)).toBe("Bo");
    update("own", [away(LONG)]);
    expect(nameOf(LONG)).toBe("Bo");
    update("own", [contactOf(LONG, { name: "" })]);
    expect(nameOf(LONG)).toBe("4dRfXz8q…");
  });

  it("as they wanted to be at another time, until they want it no more", () => {
    const choices = createPerson();
    names(choices).update("own", [contactOf(LONG, { name: "Bo" })]);
    const later = names(choices);
    later.update("own", [away(LONG)]);
    expect(later.nameOf(LONG)).toBe("Bo");
    later.update("own", [contactOf(LONG, { name: "" })]);
    expect(names(choices).nameOf(LONG)).toBe("4dRfXz8q…");
  });

  it("by no name of another time where addresses are masked: they may be another person's", () => {
    const choices = createPerson();
    names(choices).update(OWN, [contactOf(masked(1), { name: "Bo" })]);
    expect(choices.settings().contactNames).toEqual([]);
    choices.setContactName(masked(1), "Bo");
    const later = names(choices);
    later.update(OWN, [away(masked(1))]);
    expect(later.nameOf(masked(1))).toBe("Guest 1");
  });

  it("this person is you", () => {
    const { nameOf, update } = names();
    update(OWN, [contactOf(masked(1))]);
    expect(nameOf(OWN)).toBe("You");
  });

  it("guests in the order in which they came, where addresses are masked; none is shown", () => {
    const { nameOf, update } = names();
    const list = [1, 2, 3, 4].map(masked);
    const called = (): readonly string[] => list.map(nameOf);
    update(OWN, [contactOf(masked(1)), contactOf(masked(2)), contactOf(masked(3), {}), contactOf(masked(4))]);
    expect(called()).toEqual(["Guest 2", "Guest 3", "Guest 1", "Guest 4"]);
    // Who never came has its number after those who did.
    update(OWN, [contactOf(masked(1)), contactOf(masked(2)), away(masked(3)), contactOf(masked(4), {})]);
    expect(called()).toEqual(["Guest 3", "Guest 4", "Guest 1", "Guest 2"]);
    update(OWN, [
      contactOf(masked(1), { name: "Ann" }),
      contactOf(masked(2), {}),
      away(masked(3)),
      away(masked(4)),
    ]);
    expect(called()).toEqual(["Ann", "Guest 4", "Guest 1", "Guest 2"]);
    // A name that is taken back leaves the number that was this person's all the time.
    update(OWN, [
      contactOf(masked(1), { name: "" }),
      away(masked(2)),
      contactOf(masked(3), {}),
      away(masked(4)),
    ]);
    expect(called()).toEqual(["Guest 3", "Guest 4", "Guest 1", "Guest 2"]);
  });

  it("guests with numbers of their own, who were on the board that may be copied and are not on this one", () => {
    const { nameOf, update } = names();
    update(OWN, [contactOf(masked(1), {}), contactOf(masked(2)), contactOf(masked(3))]);
    const offer = {
      members: [masked(1), masked(7), masked(8)],
      added: [masked(2), masked(3)],
      gone: [masked(7), masked(8)],
    };
    const question =
      "You have a drawing with Guest 1, Guest 4, and Guest 5. Bring a copy of it to this board? Guest 2 and Guest 3 will see it.";
    expect(carryText(offer, nameOf, ENGLISH)).toBe(question);
    update(OWN, [contactOf(masked(1), {}), contactOf(masked(2)), contactOf(masked(3), {})]);
    expect(carryText(offer, nameOf, ENGLISH)).toBe(
      question.replace("Guest 2 and Guest 3 will", "Guest 3 and Guest 2 will"),
    );
  });

  it("as before, when the page is built anew in another language", () => {
    const known = createKnownPeople();
    const choices = createPerson();
    const english = createContactNames({ known, strings: ENGLISH, choices });
    english.update(OWN, [contactOf(masked(1), { name: "Ann" }), contactOf(masked(2), {})]);
    const german = createContactNames({ known, strings: stringsOf("de"), choices });
    german.update(OWN, [away(masked(1)), away(masked(2))]);
    expect([masked(1), masked(2)].map(german.nameOf)).toEqual(["Ann", "Gast 2"]);
  });
});

describe("several people in one phrase", () => {
  it("two are named, of more the first; in every language", () => {
    expect(whoOf([], same, ENGLISH)).toBeUndefined();
    expect(whoOf(["Ann"], same, ENGLISH)).toEqual({ names: "Ann", areSeveral: false });
    expect(whoOf(["Ann", "Bo"], same, ENGLISH)).toEqual({ names: "Ann and Bo", areSeveral: true });
    expect(whoOf(["Ann", "Bo", "Cy"], same, ENGLISH)?.names).toBe("Ann and 2 others");
    for (const { code } of LANGUAGES) {
      for (const count of [4, 6, 20]) {
        const people = Array.from({ length: count }, (_, i) => `P${i}`);
        const text = whoOf(people, same, stringsOf(code))!.names;
        expect(text, code).toContain("P0");
        expect(text, code).toContain(String(count - 1));
      }
    }
  });
});

describe("who wrote in sessions", () => {
  const bo = contactOf("Bo", {});
  const cy = contactOf("Cy", {});
  const whoIs = (session: number): Address | undefined => ({ 1: "Bo", 2: "Cy", 3: "Bo" })[session];
  const called = (sessions: readonly number[], contacts: readonly Contact[]): string =>
    whoWrote(sessions, whoIs, contacts, same, ENGLISH).names;

  it("is whose sessions they are, each person once", () => {
    expect(called([1], [bo, cy])).toBe("Bo");
    expect(called([1, 3], [bo, cy])).toBe("Bo");
    expect(called([1, 2, 9], [bo, cy])).toBe("Bo and Cy");
  });
  it("where that is not known, the only one who could, or somebody", () => {
    expect(called([9], [cy])).toBe("Cy");
    expect(called([], [cy])).toBe("Cy");
    expect(called([9], [bo, cy])).toBe("Somebody");
    expect(called([9], [])).toBe("Somebody");
  });
});

describe("who came and who went", () => {
  const told = (steps: readonly (readonly Contact[])[]): string | undefined => {
    const comings = createComings(same, ENGLISH);
    for (const [i, after] of steps.entries()) if (i > 0) comings.note(steps[i - 1]!, after);
    return comings.take();
  };
  const here = (address: Address): Contact => contactOf(address, {});

  it("is told of each, in one sentence of many", () => {
    expect(
      told([
        [contactOf("Bo"), here("Cy")],
        [here("Bo"), away("Cy")],
      ]),
    ).toBe("Bo is here. Cy is away");
    const people = Array.from({ length: 19 }, (_, i) => `P${i}`);
    expect(told([people.map((each) => contactOf(each)), people.map(here)])).toBe("P0 and 18 others are here");
    expect(told([people.map(here), people.map(away)])).toBe("P0 and 18 others are away");
  });
  it("nothing is told of who came and went again, nor of who was on the board when it opened", () => {
    expect(told([[away("Bo")], [here("Bo")], [away("Bo")]])).toBeUndefined();
    expect(told([[], [here("Bo")]])).toBeUndefined();
  });
  it("19 who come one after the other are two announcements, and what else happens is said with them", async () => {
    const clock = createSimulatedClock();
    const said: string[] = [];
    const announcer = createAnnouncer({
      speak: (text) => said.push(text),
      now: () => clock.now(),
      after: (ms, task) => clock.after(ms, task),
    });
    const news = createNews({ announcer, nameOf: same, strings: ENGLISH });
    const people = Array.from({ length: 19 }, (_, i) => `P${i}`);
    let before = people.map((each) => contactOf(each));
    for (const i of people.keys()) {
      const after = people.map((each, k) => (k <= i ? here(each) : contactOf(each)));
      news.contactsChanged(before, after);
      before = after;
      await clock.advance(150);
    }
    news.say("P3 drew");
    await clock.advance(10_000);
    expect(said).toEqual(["P0 is here", "P1 and 17 others are here. P3 drew"]);
    news.close();
  });
});

describe("an app that is too old", () => {
  it("is told once for each contact, in one notice that names them all", () => {
    const shown: NoticeOptions[] = [];
    const tell = createSessionNotices({
      notices: {
        show(options) {
          shown.push(options);
          return () => undefined;
        },
        dismiss: () => undefined,
        reword: () => false,
        has: () => false,
        close: () => undefined,
      },
      nameOf: same,
      strings: ENGLISH,
      told: new Set(),
      newPage: () => undefined,
      onPageAdded: () => undefined,
      onSaved: () => undefined,
    });
    const outdated = (address: Address): Notice => ({ kind: "contact-outdated", address });
    for (const address of ["Ann", "Ann", "Bo", "Ann"]) tell(outdated(address));
    expect(shown.map(({ text }) => text)).toEqual([
      "Ann has an older Inkmesh: it must be updated before you can draw together.",
      "Ann and Bo have an older Inkmesh: it must be updated before you can draw together.",
    ]);
    // They stay until they are closed, one in the other's place.
    expect(new Set(shown.map(({ kind, seconds }) => `${kind} ${seconds}`)).size).toBe(1);
  });
});

describe("the pictures of the strip", () => {
  const waiting = ["A", "B", "C", "D", "E"].map((each) => contactOf(each));
  const shown = (contacts: readonly Contact[], followed?: Address): string =>
    facesOf(contacts, followed)
      .map(({ address }) => address)
      .join("");

  it("are everybody's, in their own order, of three or fewer", () => {
    expect(shown([contactOf("A"), contactOf("B", {})])).toBe("AB");
    expect(shown(waiting.slice(0, 3), "C")).toBe("ABC");
  });
  it("are of who is followed and who is here, of more; drawing changes nothing", () => {
    expect(shown(waiting)).toBe("ABC");
    const some = [contactOf("A"), away("B"), contactOf("C", {}), contactOf("D"), contactOf("E", {})];
    expect(shown(some)).toBe("CEB");
    expect(shown(some, "E")).toBe("ECB");
    expect(shown(some.map((each) => ({ ...each, drawing: each.address === "E" })))).toBe("CEB");
  });
});

describe("the list of everybody", () => {
  const rows = (contacts: readonly Contact[], followed?: Address) =>
    peopleRows({
      own: "me",
      holding: { tool: "marker", color: 0xd42a31 },
      contacts,
      followed,
      nameOf: same,
      elsewhere: ({ page }) => (page === "2" ? 2 : undefined),
      strings: ENGLISH,
    });

  it("has this person first, then who is here, who was, and who was not seen yet", () => {
    const all = rows([contactOf("A"), away("B"), contactOf("C", {}), contactOf("D", {}, { drawing: true })]);
    expect(all.map(({ name, state, words }) => [name, state, words])).toEqual([
      ["You", "you", "Marker"],
      ["C", "here", "Here · Pen"],
      ["D", "drawing", "Drawing · Pen"],
      ["B", "away", "Away"],
      ["A", "waiting", "Not seen yet"],
    ]);
  });
  it("tells of who is on another page at which", () => {
    const all = rows([contactOf("A", {}, { page: "2" }), contactOf("B", {}, { page: "" })]);
    expect(all.slice(1).map(({ words }) => words)).toEqual(["Here · Pen · Page 2", "Here · Pen"]);
  });
  it("tells the colour of what leaves one, by its name too", () => {
    const [own, a, b] = rows([contactOf("A", { color: 0x0000ff }), contactOf("B", { tool: "eraser" })]);
    expect(own?.color).toEqual({ tool: "marker", rgb: 0xd42a31, name: "red" });
    expect(a?.color).toMatchObject({ rgb: 0x0000ff, name: "blue" });
    expect(b).toMatchObject({ color: undefined, words: "Here · Eraser" });
  });
  it("offers to go to, and to follow, only who is here and tells what it sees", () => {
    const silent = contactOf("C", undefined, { state: "here" });
    const unknown = contactOf("D", { tool: undefined });
    const all = rows([contactOf("A", {}), away("B"), silent, unknown], "A").slice(1);
    expect(all.map(({ address, canBeSeen, followed }) => [address, canBeSeen, followed])).toEqual([
      ["A", true, true],
      ["C", false, false],
      ["D", true, false],
      ["B", false, false],
    ]);
    expect(all[2]).toMatchObject({ words: "Here", color: undefined });
  });
});
