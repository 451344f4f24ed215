import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { decodeBase64 } from "../../../src/base/bytes.ts";
import { createDocument } from "../../../src/board/document/document.ts";
import { decodeSnapshot, encodeSnapshot, inflateSteps } from "../../../src/board/storage/snapshot.ts";

function drawing(): Y.Doc {
  const doc = createDocument();
  doc.clientID = 7;
  doc.getArray("items").push([new Y.Text("1 a stroke")]);
  doc.getMap("meta").set("format", 1);
  return doc;
}

describe("a snapshot", () => {
  test("holds the whole document", () => {
    const doc = drawing();
    const copy = createDocument();
    Y.applyUpdateV2(copy, decodeSnapshot(encodeSnapshot(doc))!);
    expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(doc));
  });

  test("that an earlier version wrote is read", () => {
    const bytes = decodeBase64(GOLDEN)!;
    const copy = createDocument();
    Y.applyUpdateV2(copy, decodeSnapshot(bytes)!);
    expect(copy.getArray<Y.Text>("items").get(0).toJSON()).toBe("1 a stroke");
    expect(copy.getMap("meta").toJSON()).toEqual({ format: 1 });
  });

  test("that is cut or is noise is refused", () => {
    const bytes = encodeSnapshot(drawing());
    expect(decodeSnapshot(bytes.subarray(0, 5))).toBeUndefined();
    expect(decodeSnapshot(new Uint8Array([255, 255, 255, 255]))).toBeUndefined();
  });

  test("that claims to be huge is refused before it is", () => {
    const bomb = deflateSync(new Uint8Array(80 * 1024 * 1024), { level: 9 });
    expect(bomb.length).toBeLessThan(200_000);
    expect(decodeSnapshot(bomb)).toBeUndefined();
    // And not much of it at a time.
    const steps = [...inflateSteps(bomb)];
    expect(steps.length).toBeGreaterThan(6);
  });
});

const GOLDEN = "Y2BgcmdgZGBgZWdgYdCQk8wsSc0tNlRIVCguKcrPTs1NLUlMyy/KTSxh5WJhYwUqZGBkZGJkZGRmqGVkAAA=";
