import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { describeDocument } from "./describe-document.ts";
import { bring, createDevice, createLab, LATE_STRANGER, OWN, OWN_EARLIER, STRANGER } from "./lab.ts";
import { content, section } from "./raw-update.ts";
import { ink, lastIdOf, newestStroke, stateOf, stroke } from "./raw-writes.ts";
import { KNOWN, REFUSED, verdicts } from "./verdicts.ts";

describe("writes in this session's name", () => {
  test("ahead of it, of any kind, are refused", () => {
    expect(
      verdicts(({ page }) => {
        const state = stateOf(page, OWN);
        const { last } = newestStroke(page, OWN);
        return [
          section(OWN, state, stroke()),
          section(OWN, state + 10, stroke()),
          section(OWN, state, { origin: lastIdOf(last), content: content.string("more") }),
          section(OWN, state - 1, stroke(), stroke()),
          section(OWN, state, { parent: "meta", key: "format", content: content.any(1) }),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("of the past refer to nothing that is not there: Yjs looks for it", () => {
    expect(
      verdicts(() => [
        section(OWN, 0, { origin: { client: STRANGER, clock: 0 }, content: content.text() }),
        section(OWN, 0, { rightOrigin: { client: STRANGER, clock: 0 }, content: content.text() }),
        section(OWN, 0, { parent: { client: STRANGER, clock: 0 }, content: content.string("ink") }),
        section(OWN, 0, { parent: "a root of its own", content: content.text() }),
        section(OWN, 0, { parent: "root", content: content.text() }),
      ]),
    ).toEqual(REFUSED);
  });

  test("of the past say nothing new, whatever they claim to have been", () => {
    expect(
      verdicts(({ page }) => [
        Y.encodeStateAsUpdate(page.doc),
        section(OWN, 0, { parent: "meta", key: "format", content: content.any(9) }),
        section(OWN, 0, stroke(), ink(OWN, 0, "other")),
      ]),
    ).toEqual(KNOWN);
  });

  test("of an earlier session of this person bring back what this device lost", () => {
    const lab = createLab();
    const rolledBack = createDevice(LATE_STRANGER);
    bring(lab.contact, rolledBack);
    expect(describeDocument(rolledBack.doc)).toBe(describeDocument(lab.contact.doc));
    expect(stateOf(rolledBack, OWN_EARLIER)).toBe(stateOf(lab.contact, OWN_EARLIER));
  });
});
