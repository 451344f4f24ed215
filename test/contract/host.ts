import { describe, expect, test } from "vitest";
import type { Address, Host, Participants } from "../../src/env/host.ts";

/** One person's side of a session, opened and recorded. */
export interface HostSide {
  readonly host: Host;
  readonly address: Address;
  /** What the page logged. */
  warnings(): number;
}

export interface HostFixture {
  /** Three pages in one session: each has the two others as contacts. */
  readonly sides: readonly [HostSide, HostSide, HostSide];
  advance(ms: number): Promise<void>;
  /** Milliseconds from `open` until `opened`, at most. */
  readonly openTime: number;
}

interface Recorded {
  readonly opened: Participants[];
  readonly data: { sender: Address; text: string }[];
  readonly ended: Address[];
}

/** Opens a host and writes down all of its events. */
export function record(host: Host): Recorded {
  const recorded: Recorded = { opened: [], data: [], ended: [] };
  host.open({
    opened: (participants) => recorded.opened.push(participants),
    data: (sender, text) => recorded.data.push({ sender, text }),
    ended: (sender) => recorded.ended.push(sender),
  });
  return recorded;
}

/** Every character of ASCII, so also those that URLs, JSON and base64 treat in their own way. */
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join("");

/** What every `Host` does. */
export function hostContract(name: string, create: () => HostFixture): void {
  const open = async () => {
    const { sides, advance, openTime } = create();
    const [a, b, c] = sides;
    const heard = [];
    for (const { host } of sides) {
      heard.push(record(host));
      // Three people open the app one after the other.
      await advance(openTime);
    }
    return { a, b, c, heardA: heard[0]!, heardB: heard[1]!, heardC: heard[2]!, advance };
  };

  describe(`host contract: ${name}`, () => {
    test("opening tells who takes part: oneself, and the contacts without repetition", async () => {
      const { a, b, heardA, heardB } = await open();
      const [participants] = heardA.opened;
      expect(heardA.opened).toHaveLength(1);
      expect(participants!.remotes).not.toContain(participants!.own);
      expect(new Set(participants!.remotes).size).toBe(participants!.remotes.length);
      expect(participants!.remotes).toContain(b.address);
      expect(heardB.opened[0]!.remotes).toContain(a.address);
      const everybody = ({ own, remotes }: Participants): Address[] => [own!, ...remotes].sort();
      expect(everybody(heardB.opened[0]!)).toEqual(everybody(participants!));
    });

    test("nothing happens before open, and never inside a call", async () => {
      const { sides, advance, openTime } = create();
      const [a, b] = sides;
      await advance(openTime);
      const heardB = record(b.host);
      expect(heardB.opened).toEqual([]);
      await advance(openTime);
      expect(heardB.opened).toHaveLength(1);
      record(a.host);
      await advance(openTime);
      a.host.send("now");
      a.host.flush();
      expect(heardB.data).toEqual([]);
      await advance(1000);
      expect(heardB.data).toHaveLength(1);
    });

    test("a message reaches every contact, in order, with its sender", async () => {
      const { a, heardA, heardB, heardC, advance } = await open();
      for (const text of ["one", "two", "three"]) expect(a.host.send(text)).toBe("queued");
      await advance(5000);
      for (const { data } of [heardB, heardC]) {
        expect(data).toEqual(["one", "two", "three"].map((text) => ({ sender: a.address, text })));
      }
      expect(heardA.data).toEqual([]);
    });

    test("every ASCII text arrives as it was sent", async () => {
      const { a, heardB, advance } = await open();
      const texts = [ASCII, ...Array.from(ASCII), "a>~", "aa~>", "+%2B %41", "</script>'\"\\", ""];
      for (const text of texts) a.host.send(text);
      await advance(20_000);
      expect(heardB.data.map(({ text }) => text)).toEqual(texts);
    });

    test("equal messages all arrive", async () => {
      const { a, heardB, advance } = await open();
      for (let i = 0; i < 10; i++) a.host.send("same");
      await advance(300);
      a.host.flush();
      await advance(5000);
      expect(heardB.data.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => "same"));
    });

    test("a message of maxLength arrives; a longer one is refused and the page lives on", async () => {
      const { a, heardB, advance } = await open();
      const longest = ">".repeat(a.host.maxLength);
      expect(a.host.send(longest + ">")).toBe("too-large");
      expect(a.host.send(longest)).toBe("queued");
      expect(a.host.send("after")).toBe("queued");
      await advance(5000);
      expect(heardB.data.map(({ text }) => text.length)).toEqual([longest.length, "after".length]);
    });

    test("1000 messages in one task all arrive, in order, and then it is free", async () => {
      const { a, heardB, advance } = await open();
      const texts = Array.from({ length: 1000 }, (_, i) => `message ${i}`);
      for (const text of texts) a.host.send(text);
      a.host.whenFree(() => a.host.send("free"));
      await advance(90_000);
      expect(heardB.data.map(({ text }) => text)).toEqual([...texts, "free"]);
    });

    test("whenFree calls back once, in a later task, and again only when asked again", async () => {
      const { a, advance } = await open();
      await advance(15_000);
      const spares: number[] = [];
      const ask = (): void => a.host.whenFree((spare) => spares.push(spare));
      ask();
      expect(spares).toEqual([]);
      await advance(0);
      expect(spares).toHaveLength(1);
      expect(spares[0]).toBeGreaterThan(0);
      await advance(5000);
      expect(spares).toHaveLength(1);
      ask();
      await advance(5000);
      expect(spares).toHaveLength(2);
    });

    test("of those who ask whenFree one waits at most: the last", async () => {
      const { a, advance } = await open();
      const called: string[] = [];
      for (const each of ["one", "two", "three"]) a.host.whenFree(() => called.push(each));
      await advance(5000);
      expect(called).toEqual(["three"]);
    });

    test("what whenFree's task sends leaves at once, after everything that was sent before", async () => {
      const { a, heardB, heardC, advance } = await open();
      await advance(15_000);
      const before = Array.from({ length: 20 }, (_, i) => `before ${i}`);
      let calls = 0;
      const next = (): void => {
        a.host.send(`pulled ${calls}`);
        // Asked again from within: it goes on.
        if (++calls < 20) a.host.whenFree(next);
      };
      a.host.whenFree(next);
      for (const text of before) a.host.send(text);
      await advance(5000);
      const pulled = Array.from({ length: 20 }, (_, i) => `pulled ${i}`);
      for (const { data } of [heardB, heardC]) {
        const texts = data.map(({ text }) => text);
        expect(texts.filter((text) => text.startsWith("before"))).toEqual(before);
        expect(texts.filter((text) => text.startsWith("pulled"))).toEqual(pulled);
      }
      let sent = 0;
      a.host.whenFree(() => {
        a.host.send("at once");
        // Nothing is in front of it: that is seen by the next one, which would have to wait too.
        a.host.whenFree(() => sent++);
      });
      await advance(70);
      expect(sent).toBe(1);
      await advance(1000);
      expect(heardB.data.at(-1)!.text).toBe("at once");
    });

    test("whenFree waits for what was sent in the same task", async () => {
      const { a, heardB, advance } = await open();
      await advance(15_000);
      for (let i = 0; i < 10; i++) a.host.send(`message ${i}`);
      a.host.whenFree(() => a.host.send("last"));
      await advance(5000);
      expect(heardB.data.map(({ text }) => text)).toEqual([
        ...Array.from({ length: 10 }, (_, i) => `message ${i}`),
        "last",
      ]);
    });

    test("a task of whenFree that throws is logged, and the page goes on", async () => {
      const { a, heardB, advance } = await open();
      a.host.whenFree(() => {
        throw new Error("task");
      });
      await advance(1000);
      expect(a.warnings()).toBe(1);
      a.host.send("after");
      a.host.whenFree(() => a.host.send("pulled"));
      await advance(5000);
      expect(heardB.data.map(({ text }) => text)).toEqual(["after", "pulled"]);
    });

    test("flush hands over within half a second what waits", async () => {
      const { a, heardB, advance } = await open();
      await advance(15_000);
      for (let i = 0; i < 50; i++) a.host.send(`message ${i}`);
      let isFree = false;
      a.host.whenFree(() => {
        isFree = true;
        a.host.send("pulled");
      });
      a.host.flush();
      await advance(500);
      expect(isFree).toBe(true);
      await advance(1000);
      expect(heardB.data).toHaveLength(51);
    });

    test("a handler that throws is logged, and the others go on", async () => {
      const { sides, advance, openTime } = create();
      const [a, b] = sides;
      let calls = 0;
      const fail = (): void => {
        calls++;
        throw new Error("handler");
      };
      b.host.open({ opened: fail, data: fail, ended: fail });
      await advance(openTime);
      record(a.host);
      await advance(openTime);
      a.host.send("one");
      a.host.send("two");
      await advance(5000);
      a.host.leave();
      await advance(5000);
      expect(calls).toBe(4);
      expect(b.warnings()).toBe(4);
    });

    test("a contact that leaves has ended, and what it sent before has arrived", async () => {
      const { a, heardB, advance } = await open();
      a.host.send("good-bye");
      a.host.leave();
      await advance(5000);
      expect(heardB.data.map(({ text }) => text)).toEqual(["good-bye"]);
      expect(heardB.ended).toEqual([a.address]);
      expect(a.host.send("gone")).toBe("closed");
    });

    test("a closed host sends nothing and tells nothing", async () => {
      const { a, b, heardA, heardB, advance } = await open();
      let calls = 0;
      a.host.whenFree(() => calls++);
      a.host.close();
      a.host.close();
      expect(a.host.send("late")).toBe("closed");
      a.host.whenFree(() => calls++);
      b.host.send("anybody?");
      a.host.flush();
      a.host.leave();
      await advance(5000);
      expect(heardA.data).toEqual([]);
      expect(heardB.data).toEqual([]);
      expect(calls).toBe(0);
    });
  });
}
