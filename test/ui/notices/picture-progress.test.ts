import { expect, test } from "vitest";
import type { MovingBlob } from "../../../src/session.ts";
import { createPictureProgress } from "../../../src/ui/notices/picture-progress.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { NO_BLOBS } from "../../support/no-blobs.ts";

const blob = (way: MovingBlob["way"], part: number, contact?: string): MovingBlob => ({
  hash: "ab",
  way,
  contact,
  part,
});

test("what comes is told in tenths, before what goes, and no more when it is here", () => {
  let moving: readonly MovingBlob[] = [];
  const said: string[] = [];
  const progress = createPictureProgress({
    session: { blobs: { ...NO_BLOBS, moving: () => moving } },
    strings: ENGLISH,
    nameOf: (address) => `${address}!`,
    notices: {
      show({ text }) {
        said.push(text);
        return () => undefined;
      },
      dismiss: () => said.push("gone"),
    },
  });
  const tell = (...now: readonly MovingBlob[]): string | undefined => {
    said.length = 0;
    moving = now;
    progress.update();
    expect(said.length).toBeLessThanOrEqual(1);
    return said[0];
  };
  const plain = (text: string | undefined): string | undefined => text?.replaceAll(/[\u2066-\u2069]/gu, "");
  expect(tell()).toBeUndefined();
  expect(plain(tell(blob("out", 0.2, "bob")))).toBe("Picture: 20 %");
  expect(plain(tell(blob("out", 0.2, "bob"), blob("in", 0.41, "bob")))).toBe("bob!'s picture: 40 %");
  expect(tell(blob("in", 0.49, "bob"))).toBeUndefined();
  expect(plain(tell(blob("in", 0.5, "bob")))).toBe("bob!'s picture: 50 %");
  expect(plain(tell(blob("in", 1)))).toBe("Somebody's picture: 100 %");
  expect(tell()).toBe("gone");
  expect(tell()).toBeUndefined();
});
