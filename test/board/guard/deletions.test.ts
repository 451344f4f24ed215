import { describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { CONTACT, CONTACT_EARLIER, OWN, OWN_EARLIER, STRANGER } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { deletion, encodeRaw } from "./raw-update.ts";
import { newestStroke, stateOf, stroke } from "./raw-writes.ts";
import { KNOWN, REFUSED, verdicts } from "./verdicts.ts";

describe("deletions", () => {
  test("of ink are refused, whoever drew it", () => {
    expect(
      verdicts(({ page }) =>
        [OWN, OWN_EARLIER, CONTACT, CONTACT_EARLIER].flatMap((client) => {
          const { item, last } = newestStroke(page, client);
          return [
            deletion(client, [item.id.clock, 1]),
            deletion(client, [last.id.clock, last.length]),
            deletion(client, [last.id.clock + 1, 1]),
            deletion(client, [0, stateOf(page, client)]),
          ];
        }),
      ),
    ).toEqual(REFUSED);
  });

  test("of what this session is yet to write are refused", () => {
    expect(
      verdicts(({ page }) => {
        const state = stateOf(page, OWN);
        return [
          deletion(OWN, [state, 1]),
          deletion(OWN, [state + 5, 1_000_000]),
          deletion(OWN, [2 ** 31 - 2, 1]),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("of what is not there yet are nothing, and are not kept", () => {
    expect(
      verdicts(({ page }) => [deletion(STRANGER, [0, 10]), deletion(CONTACT, [stateOf(page, CONTACT), 100])]),
    ).toEqual(KNOWN);
  });

  test("of a value that stands do nothing without what replaces it", () => {
    const standing = ({ page }: Lab, client: number): Y.Item[] =>
      (page.doc.store.clients.get(client) as Y.Item[]).filter(
        (item) => item.parent === page.doc.getMap("marks") && !item.deleted,
      );
    expect(
      verdicts((lab) =>
        standing(lab, CONTACT).map(({ id, length }) => deletion(CONTACT, [id.clock, length])),
      ),
    ).toEqual(KNOWN);
    expect(
      verdicts((lab) => standing(lab, OWN).map(({ id, length }) => deletion(OWN, [id.clock, length]))),
    ).toEqual(REFUSED);
    expect(
      verdicts((lab) =>
        standing(lab, CONTACT).map(({ id, length }) =>
          encodeRaw({
            sections: [{ client: STRANGER, clock: 0, structs: [stroke()] }],
            deletions: [{ client: CONTACT, ranges: [{ clock: id.clock, length }] }],
          }),
        ),
      ),
    ).toEqual(REFUSED);
  });

  test("of nothing, beyond 2^31, out of order or twice are refused", () => {
    expect(
      verdicts(() => [
        deletion(CONTACT, [0, 0]),
        deletion(CONTACT),
        deletion(CONTACT, [2 ** 31 - 1, 1]),
        deletion(CONTACT, [1, 2 ** 31 - 1]),
        deletion(CONTACT, [2 ** 53 - 1, 2 ** 53 - 1]),
        deletion(CONTACT, [5, 1], [3, 1]),
        deletion(CONTACT, [5, 3], [6, 1]),
        encodeRaw({
          sections: [],
          deletions: [5, 5].map((client) => ({ client, ranges: [{ clock: 0, length: 1 }] })),
        }),
      ]),
    ).toEqual(REFUSED);
  });
});
