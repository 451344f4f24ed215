import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardIdOf } from "../../../src/board/storage/board-id.ts";
import { findCarryOffer } from "../../../src/board/storage/carry-offer.ts";
import type { RegisterContent } from "../../../src/board/storage/register-codec.ts";
import type { Participants } from "../../../src/env/host.ts";

function set(own: string | undefined, ...remotes: string[]): Participants {
  return { own, remotes };
}

function stored(...boards: Participants[]): RegisterContent {
  return {
    boards: boards.map((participants) => ({ participants, holdsSomething: true })),
    answers: [],
  };
}

const masked = (name: string): string => name.padEnd(32, ".");

describe("is offered", () => {
  test("the board of a chat to the group of three or four that both are in", () => {
    const chat = set("ann", "bo");
    expect(findCarryOffer(set("ann", "bo", "cy"), stored(chat))).toEqual({
      from: chat,
      offer: { members: ["bo"], added: ["cy"], gone: [] },
    });
    expect(findCarryOffer(set("ann", "cy", "bo", "dee"), stored(chat))?.offer.added).toEqual(["cy", "dee"]);
    expect(findCarryOffer(set("ann", "bo", "cy", "dee", "eve"), stored(chat))).toBeUndefined();
  });

  test("the board of a group to those who are left, or where one took the place of another", () => {
    const group = set("ann", "bo", "cy");
    const content = stored(group);
    expect(findCarryOffer(set("ann", "bo"), content)?.offer).toEqual({
      members: ["bo", "cy"],
      added: [],
      gone: ["cy"],
    });
    expect(findCarryOffer(set("ann", "bo", "dee"), content)?.offer).toMatchObject({
      added: ["dee"],
      gone: ["cy"],
    });
  });

  test("the closest one, and of those the newest", () => {
    const content = stored(
      set("ann", "bo"),
      set("ann", "cy"),
      set("ann", "bo", "cy", "eve"),
      set("ann", "bo", "cy"),
    );
    const now = set("ann", "bo", "cy", "dee");
    expect(findCarryOffer(now, content)?.from).toEqual(set("ann", "bo", "cy"));
    expect(findCarryOffer(set("ann", "bo", "cy"), stored(set("ann", "cy"), set("ann", "bo")))?.from).toEqual(
      set("ann", "cy"),
    );
  });

  test("what was stored while the host did not tell the own address, and the other way round", () => {
    expect(findCarryOffer(set("ann", "bo", "cy"), stored(set(undefined, "bo")))).toBeDefined();
    expect(findCarryOffer(set(undefined, "bo", "cy"), stored(set("ann", "bo")))).toBeDefined();
    expect(findCarryOffer(set(undefined, "bo", "cy"), stored(set(undefined, "bo")))).toBeDefined();
    // Bo's phone, in whose group Ann is a contact.
    expect(findCarryOffer(set("bo", "ann", "cy"), stored(set(undefined, "ann", "bo")))).toBeUndefined();
    expect(findCarryOffer(set(undefined, "ann", "cy"), stored(set("ann", "cy")))).toBeUndefined();
  });

  test("between groups that hide who is who, and never across", () => {
    const group = set(masked("ann"), masked("bo"));
    const larger = set(masked("ann"), masked("bo"), masked("cy"));
    expect(findCarryOffer(larger, stored(group))).toBeDefined();
    expect(findCarryOffer(set("ann", "bo", masked("cy")), stored(set("ann", "bo")))).toBeUndefined();
    expect(findCarryOffer(set("ann", "bo"), stored(set("ann", "bo", masked("cy"))))).toBeUndefined();
  });
});

describe("is not offered", () => {
  test("a private board to a chat, the board of a chat to a private one, or one contact's to another", () => {
    expect(findCarryOffer(set("ann", "bo"), stored(set("ann")))).toBeUndefined();
    expect(findCarryOffer(set("ann"), stored(set("ann", "bo")))).toBeUndefined();
    expect(findCarryOffer(set("ann", "cy"), stored(set("ann", "bo")))).toBeUndefined();
  });

  test("the board of somebody else who used this device", () => {
    expect(findCarryOffer(set("ann", "bo", "cy"), stored(set("eve", "bo")))).toBeUndefined();
  });

  test("an empty board, or one about which an answer was given; the next one is", () => {
    const now = set("ann", "bo", "cy");
    const [withBo, withCy] = [set("ann", "bo"), set("ann", "cy")];
    const empty = { participants: withBo, holdsSomething: false };
    expect(findCarryOffer(now, { boards: [empty], answers: [] })).toBeUndefined();
    const answers = [{ from: boardIdOf(withBo), to: boardIdOf(now) }];
    expect(findCarryOffer(now, { ...stored(withBo, withCy), answers })?.from).toEqual(withCy);
    const other = [{ from: boardIdOf(withBo), to: boardIdOf(withCy) }];
    expect(findCarryOffer(now, { ...stored(withBo), answers: other })?.from).toEqual(withBo);
  });

  test("anything to a board that has something of its own", () => {
    const now = set("ann", "bo", "cy");
    expect(findCarryOffer(now, stored(set("ann", "bo"), now))).toBeUndefined();
    const cleared = { participants: now, holdsSomething: false };
    const content = { ...stored(set("ann", "bo")) };
    expect(findCarryOffer(now, { ...content, boards: [cleared, ...content.boards] })).toBeDefined();
  });
});

describe("whatever is stored", () => {
  const people = fc.subarray(["bo", "cy", "dee", "eve", masked("fay"), masked("gus")]);
  const participants: fc.Arbitrary<Participants> = fc.record({
    own: fc.constantFrom("ann", "ann", "ann", masked("ann"), "bo", undefined),
    remotes: people,
  });
  const valid = participants.filter(({ own, remotes }) => own === undefined || !remotes.includes(own));
  const content: fc.Arbitrary<RegisterContent> = fc
    .uniqueArray(fc.record({ participants: valid, holdsSomething: fc.boolean() }), {
      selector: (board) => boardIdOf(board.participants),
      maxLength: 12,
    })
    .map((boards) => ({ boards, answers: [] }));
  const isMasked = ({ own, remotes }: Participants): boolean =>
    [own ?? "", ...remotes].some(({ length }) => length === 32);

  test("what is offered is there, is of one person, and one or two people away", () => {
    let offers = 0;
    fc.assert(
      fc.property(valid, content, (now, register) => {
        const found = findCarryOffer(now, register);
        if (!found) return;
        offers++;
        const { from, offer } = found;
        expect(register.boards).toContainEqual({ participants: from, holdsSomething: true });
        expect(offer.members).toEqual(from.remotes);
        expect(new Set([now.own ?? from.own, from.own ?? now.own]).size).toBe(1);
        expect([...now.remotes, ...offer.gone].sort()).toEqual([...from.remotes, ...offer.added].sort());
        const changes = offer.added.length + offer.gone.length;
        expect([1, 2]).toContain(changes);
        expect(from.remotes.some((address) => now.remotes.includes(address))).toBe(true);
        expect(isMasked(from)).toBe(isMasked(now));
      }),
      { numRuns: 2000 },
    );
    expect(offers).toBeGreaterThan(100);
  });

  test("nobody closer, and nobody as close and newer, was passed over", () => {
    let compared = 0;
    fc.assert(
      fc.property(valid, content, (now, register) => {
        const found = findCarryOffer(now, register);
        const distance = (remotes: readonly string[]): number =>
          new Set([...remotes, ...now.remotes]).size * 2 - remotes.length - now.remotes.length;
        for (const each of register.boards) {
          if (each.participants === found?.from) return;
          const alone = findCarryOffer(now, { boards: [each], answers: [] });
          const isBlocked = register.boards.some(
            (own) => own.holdsSomething && boardIdOf(own.participants) === boardIdOf(now),
          );
          if (!alone || isBlocked) continue;
          compared++;
          expect(distance(alone.from.remotes)).toBeGreaterThan(distance(found!.from.remotes));
        }
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});
