import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { createPrng } from "../../src/base/prng.ts";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createTestContact, type TestContact } from "./contact.ts";
import { listen } from "./hearing.ts";
import { bothReady, declineName } from "./meeting.ts";
import { circle, wave } from "./places.ts";
import { openSimulator, type SimulatedPhone, type SimulatorPage } from "./simulator.ts";

const WAVE = wave([60, 200], 240, 40);
const CIRCLE = circle([180, 400], 70);
const MUTED = "BobHs8Kq…'s app sends damaged data and is ignored now.";
/** No update of Yjs. */
const JUNK = Uint8Array.of(1, 1, 255, 255, 3);
const [ALICE, BOB] = [PEOPLE[0]!.address, PEOPLE[1]!.address];

let simulator: SimulatorPage;
let alice: SimulatedPhone;
/** His messenger is an honest one; what he gives it is not. */
let bob: SimulatedPhone;
let hostile: TestContact;

afterEach(async () => {
  const problems = simulator.problems().filter((text) => !text.includes("Inkmesh: sync: refused"));
  const logged = (await simulator.loggedProblems()).filter(
    (text) => !text.includes("executeUiCommand is not"),
  );
  await simulator.close();
  expect(problems).toEqual([]);
  expect(logged).toEqual([]);
});

async function open(): Promise<void> {
  simulator = await openSimulator();
  [alice, bob] = await bothReady(simulator);
  await declineName(alice);
  hostile = createTestContact(0x0b0b0b0b, BOB, ALICE);
}

/** What Alice's page says of its board. */
async function board(): Promise<string | undefined> {
  return (await alice.frame()).evaluate(() => document.documentElement.dataset["board"]);
}

const updates = (...bytes: readonly Uint8Array[]): Frame[] =>
  bytes.map((update) => ({ type: "update", update }));

/** Texts that are no message, or none that can be read. */
function rubbish(count: number): string[] {
  const prng = createPrng(7);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => prng.below(256));
  const kinds = [
    () => "",
    () => "no base64: ✂ \u0000 '); alert(1); //",
    () => "<img src=x onerror=alert(1)>",
    () => JSON.stringify({ constructor: { prototype: null } }),
    () => encodeBase64(Uint8Array.of(prng.below(0x38), ...bytes(prng.below(200)))),
    () => encodeBase64(Uint8Array.of(0x30, ...bytes(40))),
    () => hostile.message().slice(0, 8 + 4 * prng.below(6)),
  ];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length]!());
}

describe("a contact who sends what no app sends", () => {
  it("now and then: it is passed over, and both go on drawing", async () => {
    await open();
    await alice.draw(WAVE);
    await simulator.boardsEqual();
    const before = await board();
    await bob.send(rubbish(7));
    await bob.send([hostile.message(...updates(Uint8Array.of(), JUNK))]);
    await bob.draw(CIRCLE);
    await expect.poll(() => alice.inkedPlaces(CIRCLE)).toBe(CIRCLE.length);
    expect(await board()).not.toBe(before);
    await alice.draw(circle([180, 400], 40));
    await simulator.samePixels(alice, bob);
    expect(await alice.says("#notices")).toBe("");
  });

  it("changes that no honest page makes: none of them reaches the board", async () => {
    await open();
    const heard = await listen(bob, ALICE);
    await alice.draw(WAVE);
    await simulator.boardsEqual();
    const before = await board();
    const picture = await alice.picture();
    const session = (await heard()).map(hostile.hear).at(-1)!;
    expect(Y.encodeStateVector(hostile.doc).length).toBeGreaterThan(1);

    const forge = (change: (doc: Y.Doc) => void, client = hostile.doc.clientID): Uint8Array => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(hostile.doc));
      const state = Y.encodeStateVector(copy);
      copy.clientID = client;
      change(copy);
      return Y.encodeStateAsUpdate(copy, state);
    };
    const forged = [
      forge((doc) => doc.getArray("items").delete(0, 1)),
      forge((doc) => (doc.getArray("items").get(0) as Y.Text).insert(9, "scribble")),
      forge((doc) => (doc.getArray("items").get(0) as Y.Text).format(0, 9, { bold: true })),
      forge((doc) => doc.getArray("items").push([{ not: "a stroke" }])),
      forge((doc) => doc.getArray("items").push([new Y.Text("ink")]), session),
      forge((doc) => doc.getMap("secrets").set("x", 1)),
      forge((doc) => doc.getMap("marks").set("x", new Y.Doc())),
      forge((doc) => doc.getMap("meta").set("format", "9".repeat(10_000))),
    ];
    await bob.send(forged.map((update) => hostile.message({ type: "update", update })));
    // Something that any contact may do: when it is there, all the rest was, too.
    await bob.send([hostile.message(...updates(hostile.draw([CIRCLE])))]);
    await expect.poll(() => alice.inkedPlaces(CIRCLE)).toBe(CIRCLE.length);
    await (await alice.frame()).locator("#menu-button").click();
    await (await alice.frame()).getByRole("button", { name: "Clear the board" }).click();
    await (await alice.frame()).locator("#undo-button").click();
    expect(await alice.inkedPlaces(WAVE)).toBe(WAVE.length);
    expect((await alice.picture()).inked).toBeGreaterThan(picture.inked);
    expect(await board()).not.toBe(before);
    await alice.draw(wave([60, 500], 240, 10));
    await simulator.samePixels(alice, bob);
  });

  it("again and again: he is not listened to any more, which is said in words, and drawing goes on", async () => {
    await open();
    await alice.draw(WAVE);
    await simulator.boardsEqual();
    const before = await board();
    const picture = await alice.picture();
    await bob.send(["x", "y", "z"].map((letter) => letter.repeat(1_300_000)));
    await bob.send([...rubbish(20), ...Array.from({ length: 20 }, () => hostile.message(...updates(JUNK)))]);
    await expect.poll(() => alice.says("[data-kind=muted] p")).toBe(MUTED);
    expect(await board()).toBe(before);
    expect(await alice.picture()).toEqual(picture);

    await bob.send([hostile.message(...updates(hostile.draw([CIRCLE])))]);
    const below = wave([60, 320], 240, 10);
    await alice.draw(below);
    await expect.poll(() => bob.inkedPlaces(below)).toBe(below.length);
    expect(await alice.inkedPlaces(CIRCLE)).toBeLessThan(CIRCLE.length / 2);
    await alice.saved();
    await alice.press("Reopen");
    await alice.ready();
    await simulator.boardsEqual();
    expect(await alice.says("#notices")).toBe("");
  });
});

describe("a contact who floods", () => {
  it("10,000 well-formed messages: the page draws on, answers few of them, and its ink arrives", async () => {
    await open();
    const before = await alice.traffic();
    const texts = Array.from({ length: 10_000 }, (_, i) => {
      const hash = { hi: i, lo: i };
      const digest = { writes: hash, deletions: hash };
      const frames: Frame[] = [
        { type: "request", what: "all", state: new Map(), digest },
        { type: "digest", digest, next: 5, clock: i, acks: [[i, i]] },
        { type: "bye" },
      ];
      // Each kind with a hello that asks for an answer, each fourth is that alone.
      return hostile.message(...frames.slice(i % 4, (i % 4) + 1));
    });
    // As the host hands them over, since no engine would let a page send so many.
    const longest = await (
      await alice.frame()
    ).evaluate(
      ([sender, all]) => {
        type Page = { SpixiAppSdk: { onNetworkData(sender: string, text: string): void } };
        const sdk = (window as unknown as Page).SpixiAppSdk;
        const times = all.map((text) => {
          const start = performance.now();
          sdk.onNetworkData(sender, text);
          return performance.now() - start;
        });
        return Math.max(...times);
      },
      [BOB, texts] as const,
    );
    expect(longest).toBeLessThan(250);
    await alice.draw(WAVE);
    await expect.poll(() => bob.inkedPlaces(WAVE)).toBe(WAVE.length);
    const after = await alice.traffic();
    expect(after.messages - before.messages).toBeLessThan(40);
    await bob.press("Reopen");
    await bob.ready();
    await simulator.samePixels(alice, bob);
  });
});
