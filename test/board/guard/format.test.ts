import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import { bring, createDevice, createLab, draw, LATE_STRANGER } from "./lab.ts";
import type { Device } from "./lab.ts";
import { content, decodeRaw, encodeRaw, section } from "./raw-update.ts";

describe("the format", () => {
  test("is said by whoever finds none, or an older one", () => {
    const lab = createLab();
    const say = (client: number, clock: number, value: number): Uint8Array =>
      section(client, clock, { parent: "meta", key: "format", content: content.any(value) });
    expect(lab.page.admit(say(LATE_STRANGER, 0, 2)).kind).toBe("ready");
    expect(lab.page.doc.getMap("meta").get("format")).toBe(2);
    const again = { origin: { client: LATE_STRANGER, clock: 0 }, content: content.any(3) };
    expect(lab.page.admit(section(LATE_STRANGER, 1, again)).kind).toBe("ready");
    expect(lab.page.doc.getMap("meta").get("format")).toBe(3);
    expectAlive(lab);
  });

  test("is said again by a session that has only what replaced its value, and not yet what replaced that", () => {
    const devices = [11, 22, 33].map((client) => createDevice(client));
    const [first, second, third] = devices as [Device, Device, Device];
    const say = ({ doc }: Device): void => void doc.getMap("meta").set("format", 1);
    for (const each of [first, second]) say(each);
    bring(second, third);
    say(third);
    bring(third, second);
    const [overtaken] = causalChunks(second.doc, new Map([[33, 1]]), false, 1);
    expect(first.admit(overtaken!).kind).toBe("ready");
    expect(first.doc.getMap("meta").has("format")).toBe(false);
    say(first);
    expect(bring(first, second).map(({ kind }) => kind)).toContain("ready");
    bring(second, first);
    expect(describeDocument(first.doc)).toBe(describeDocument(second.doc));
  });

  test("that several said at once is the same everywhere, and its deletions are no news", () => {
    const devices = [11, 22, 33].map((client) => createDevice(client));
    for (const device of devices) draw(device, device.doc.clientID);
    for (const from of devices) for (const to of devices) if (from !== to) bring(from, to);
    expect(new Set(devices.map(({ doc }) => describeDocument(doc))).size).toBe(1);
    const [first, second] = devices;
    const { ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(first!.doc));
    expect(ds.clients.size).toBe(2);
    const deletions = decodeRaw(Y.encodeStateAsUpdate(first!.doc)).deletions;
    expect(second!.admit(encodeRaw({ sections: [], deletions })).kind).toBe("known");
  });
});
