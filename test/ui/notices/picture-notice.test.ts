import { expect, test } from "vitest";
import type { MovingBlob } from "../../../src/session/blobs.ts";
import { createPictureNotice } from "../../../src/ui/notices/picture-notice.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { NO_BLOBS } from "../../support/no-blobs.ts";

test("a picture that takes a while is told of, on both sides, until it is there; others are not", () => {
  let moving: MovingBlob[] = [];
  let now = 0;
  const log: string[] = [];
  const notice = createPictureNotice({
    session: { blobs: { ...NO_BLOBS, moving: () => moving } },
    notices: {
      show({ text }) {
        log.push(text);
        return () => undefined;
      },
      dismiss: (kind) => void log.push(`no ${kind}`),
    },
    strings: ENGLISH,
    nameOf: (address) => address.toUpperCase(),
    clock: { now: () => now },
  });
  const look = (at: number, ...some: Partial<MovingBlob>[]): string[] => {
    now = at;
    moving = some.map((each) => ({ hash: "a", way: "in", contact: "ann", part: 0, ...each }));
    log.length = 0;
    notice.update();
    return [...log];
  };
  expect(look(0, { part: 0.1 })).toEqual([]);
  expect(look(1000)).toEqual([]);
  expect(look(1001)).toEqual([]);
  expect(look(2000, { part: 0.1 })).toEqual([]);
  expect(look(3600, { part: 0.38 })).toEqual(["ANN's picture: 40 %"]);
  expect(look(3700, { part: 0.41 })).toEqual([]);
  expect(look(3800, { part: 0.5, contact: undefined })).toEqual(["Somebody's picture: 50 %"]);
  expect(look(3900, { part: 0.7, way: "out" })).toEqual(["Your picture: 70 %"]);
  moving = [];
  log.length = 0;
  notice.update();
  expect(log).toEqual(["no picture"]);
  notice.update();
  expect(log).toEqual(["no picture"]);
});
