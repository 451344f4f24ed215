import { describe, expect, test } from "vitest";
import { MAX_STROKE_CHARS } from "../../../src/ink/stroke.ts";
import { expectAlive } from "./expect-alive.ts";
import { CONTACT, CONTACT_EARLIER, createLab, OWN, OWN_EARLIER, STRANGER } from "./lab.ts";
import { content, section } from "./raw-update.ts";
import { ink, lastIdOf, newestStroke, stateOf, stroke } from "./raw-writes.ts";
import { REFUSED, verdicts } from "./verdicts.ts";

describe("strokes", () => {
  test("belong to the session that draws them: nobody else writes into them", () => {
    expect(
      verdicts(({ page }) =>
        [OWN, OWN_EARLIER, CONTACT_EARLIER].flatMap((owner) => {
          const { item, last } = newestStroke(page, owner);
          const state = stateOf(page, CONTACT);
          return [
            section(CONTACT, state, { origin: lastIdOf(last), content: content.string("ink") }),
            section(CONTACT, state, { parent: item.id, content: content.string("ink") }),
            section(STRANGER, 0, { origin: last.id, content: content.string("ink") }),
          ];
        }),
      ),
    ).toEqual(REFUSED);
  });

  test("grow at their end, and nowhere else", () => {
    expect(
      verdicts(({ page }) => {
        const { item, last } = newestStroke(page, CONTACT);
        const state = stateOf(page, CONTACT);
        return [
          section(CONTACT, state, { origin: last.id, content: content.string("ink") }),
          section(CONTACT, state, { parent: item.id, content: content.string("ink") }),
          section(CONTACT, state, { rightOrigin: last.id, content: content.string("ink") }),
          section(CONTACT, state, {
            origin: lastIdOf(last),
            rightOrigin: item.id,
            content: content.string("ink"),
          }),
          section(CONTACT, state, stroke(), ink(CONTACT, state, "a"), ink(CONTACT, state, "b")),
        ];
      }),
    ).toEqual(REFUSED);
  });

  test("end: none has more characters than an honest one", () => {
    const long = "x".repeat(MAX_STROKE_CHARS);
    const lab = createLab();
    expect(lab.page.admit(section(STRANGER, 0, stroke(), ink(STRANGER, 0, long))).kind).toBe("ready");
    const more = { origin: { client: STRANGER, clock: MAX_STROKE_CHARS }, content: content.string("x") };
    expect(lab.page.admit(section(STRANGER, MAX_STROKE_CHARS + 1, more)).kind).toBe("refused");
    expect(lab.page.admit(section(9, 0, stroke(), ink(9, 0, `${long}x`))).kind).toBe("refused");
    expect(lab.page.admit(section(STRANGER, 1, ink(STRANGER, 0, `${long}x`))).kind).toBe("refused");
    expectAlive(lab);
  });

  test("stand in the order of the items, never in front of something", () => {
    expect(
      verdicts(({ page }) => [
        section(STRANGER, 0, { rightOrigin: newestStroke(page, OWN).item.id, content: content.text() }),
        section(STRANGER, 0, {
          origin: newestStroke(page, OWN_EARLIER).item.id,
          rightOrigin: newestStroke(page, OWN).item.id,
          content: content.text(),
        }),
      ]),
    ).toEqual(REFUSED);
  });
});
