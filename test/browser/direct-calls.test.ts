/*
 * Direct connections between two simulated phones, which Chromium connects within itself: the microphones hum, and the
 * other's loudspeaker is looked at.
 */
import type { BrowserContext, Frame } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { openLossyRelay } from "../support/lossy-relay.ts";
import type { LossyRelay } from "../support/lossy-relay.ts";
import { handsOn } from "./hands.ts";
import { heardIn, listenIn, meetIn, openCalls, pitchIn, talk } from "./calls.ts";
import type { Pair } from "./calls.ts";

let kept: Pair | undefined;
afterAll(() => kept && closeClean(kept.simulator));

/** The same two for all tests. */
async function thePair(): Promise<Pair> {
  kept ??= await meetIn(
    await openCalls("latency=50&jitter=0", async (context) => {
      await listenIn(context);
      await watchPeers(context);
    }),
  );
  return kept;
}

/** What a page connects can be counted, and cut. */
async function watchPeers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = window as unknown as {
      peers?: RTCPeerConnection[];
      RTCPeerConnection: typeof RTCPeerConnection;
    };
    if (page.peers) return;
    const peers: RTCPeerConnection[] = [];
    page.peers = peers;
    page.RTCPeerConnection = class extends page.RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
}

/** As much of a connection as is changed; the library's types have an older way beside it. */
interface Described {
  readonly localDescription: RTCSessionDescription | null;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
}

/** Each page is told a relay's address in place of the other one's. */
async function throughRelays(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { relayOf } = window as unknown as {
      relayOf(user: string): Promise<{ address: string; ports: readonly number[] }>;
    };
    const { prototype } = RTCPeerConnection as unknown as { prototype: Described };
    const accept = prototype.setRemoteDescription;
    prototype.setRemoteDescription = async function ({ type, sdp = "" }) {
      const userOf = (text = ""): string => /^a=ice-ufrag:(\S+)/m.exec(text)?.[1] ?? "";
      const isOffer = type === "offer";
      const { address, ports } = await relayOf(userOf(isOffer ? sdp : this.localDescription?.sdp));
      const place = `$1 ${address} ${ports[isOffer ? 0 : 1]} typ`;
      await accept.call(this, {
        type,
        sdp: sdp.replace(/^(a=candidate:\S+ 1 udp \d+) \S+ \d+ typ/gm, place),
      });
    };
  });
}

/** In a page: how much of the time a tone is played, and what the bar said meanwhile. */
async function lookAgainAndAgain(): Promise<[heard: number, ways: string[]]> {
  const { ears } = window as unknown as { ears: AnalyserNode };
  const samples = new Float32Array(1024);
  const ways = new Set<string>();
  let there = 0;
  const looks = 400;
  for (let look = 0; look < looks; look++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    ears.getFloatTimeDomainData(samples);
    if (samples.some((each) => Math.abs(each) > 0.02)) there++;
    ways.add(document.querySelector("#call-text")!.textContent.split(" · ")[0]!);
  }
  return [there / looks, [...ways]];
}

interface Peers {
  readonly made: number;
  readonly servers: number;
  readonly described: string;
}

function peersIn(frame: Frame): Promise<Peers> {
  return frame.evaluate(() => {
    const { peers } = window as unknown as { peers: RTCPeerConnection[] };
    return {
      made: peers.length,
      servers: peers.flatMap((peer) => peer.getConfiguration().iceServers ?? []).length,
      described: peers.at(-1)?.remoteDescription?.sdp ?? "",
    };
  });
}

const says = (frame: Frame): Promise<string> => frame.locator("#call-text").innerText();

async function choose({ simulator, alice, bob }: Pair): Promise<void> {
  for (const phone of [alice, bob]) {
    const hands = handsOn(simulator, phone);
    await hands.press("s");
    await (await phone.frame()).getByRole("switch", { name: "Direct calls" }).click();
    await hands.press("Escape");
  }
}

/** Until what she says from now on is heard at his: milliseconds. */
async function mouthToEar({ hers, his }: Pair): Promise<number> {
  await hers.locator("#mute-button").click();
  await expect.poll(() => pitchIn(his)).toBe(0);
  const heard = his.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { ears } = window as unknown as { ears: AnalyserNode };
        const samples = new Float32Array(256);
        const look = (): void => {
          ears.getFloatTimeDomainData(samples);
          if (samples.some((each) => Math.abs(each) > 0.02))
            resolve(performance.timeOrigin + performance.now());
          else setTimeout(look, 2);
        };
        look();
      }),
  );
  const said = await hers.evaluate(() => {
    const button = document.querySelector<HTMLElement>("#mute-button")!;
    button.click();
    return performance.timeOrigin + performance.now();
  });
  return Math.round((await heard) - said);
}

describe("a call", () => {
  it("connects nothing as long as nobody chose that", async () => {
    const pair = await thePair();
    await talk(pair);
    for (const frame of [pair.hers, pair.his]) {
      await expect.poll(() => pitchIn(frame)).toBeGreaterThan(0);
      expect((await peersIn(frame)).made).toBe(0);
    }
    console.log(`through the messenger: ${await mouthToEar(pair)} ms; ${await says(pair.his)}`);
  });

  it("goes directly where both chose that: the other's tone, its volume, and no messages", async () => {
    const pair = await thePair();
    const { hers, his } = pair;
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    const before = await Promise.all([hers, his].map(pitchIn));
    await choose(pair);
    for (const [i, frame] of [hers, his].entries()) {
      await expect
        .poll(() => says(frame), { timeout: 20_000 })
        .toMatch(/^Direct · 0 characters a second, \d+ ms$/);
      await expect.poll(async () => Math.abs((await pitchIn(frame)) - before[i]!) * 20).toBeLessThan(40);
      expect((await heardIn(frame)).peak).toBeLessThanOrEqual(1);
      await expect.poll(() => frame.locator("[data-talking].person").count()).toBe(1);
      const { servers, described } = await peersIn(frame);
      expect(servers).toBe(0);
      expect(described).toContain("opus/48000/2");
    }
    const ears = await mouthToEar(pair);
    console.log(`directly: ${ears} ms; ${await says(his)}`);
    expect(ears).toBeLessThan(2000);
    // His volume of her is nothing.
    const slider = his.locator("#call-bar .range-volume");
    await slider.press("Home");
    await expect.poll(() => pitchIn(his)).toBe(0);
    await slider.press("End");
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
  });

  it("goes on through the messenger when the connection is cut, and directly again", async () => {
    const pair = await thePair();
    const { hers, his } = pair;
    await hers.evaluate(() => {
      for (const peer of (window as unknown as { peers: RTCPeerConnection[] }).peers) peer.close();
    });
    await expect.poll(() => says(his)).toMatch(/^Through Spixi · [1-9][\d,]* characters a second, \d+ ms$/);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await expect.poll(() => says(his), { timeout: 30_000 }).toMatch(/^Direct/);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    await his.locator("#hang-up").click();
    await expect.poll(() => hers.locator("#call-bar").isVisible()).toBe(false);
    const states = await hers.evaluate(() =>
      (window as unknown as { peers: RTCPeerConnection[] }).peers.map((peer) => peer.connectionState),
    );
    expect(new Set(states)).toEqual(new Set(["closed"]));
  });

  it("goes on directly over a network that loses and delays", async (context) => {
    const faults = { latency: 80, loss: 0.2, jitter: 300 };
    const relays = new Map<string, Promise<LossyRelay | undefined>>();
    const relayOf = async (user: string) => {
      if (!relays.has(user)) relays.set(user, openLossyRelay(faults));
      const { address, ports } = (await relays.get(user)!)!;
      return { address, ports };
    };
    if (!(await relays.set("", openLossyRelay(faults)).get("")))
      context.skip("this device has no network address");
    onTestFinished(async () => {
      for (const relay of relays.values()) (await relay)?.close();
    });
    const pair = await meetIn(
      await openCalls("latency=80&jitter=300&loss=0.2", async (browser) => {
        await listenIn(browser);
        await browser.exposeFunction("relayOf", relayOf);
        await throughRelays(browser);
      }),
    );
    onTestFinished(() => closeClean(pair.simulator));
    const { hers, his } = pair;
    await talk(pair);
    await choose(pair);
    for (const frame of [hers, his])
      await expect.poll(() => says(frame), { timeout: 60_000 }).toMatch(/^Direct/);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    const [heard, ways] = await his.evaluate(lookAgainAndAgain);
    console.log(`${(heard * 100).toFixed(1)} % of her tone heard, ${ways.join(", ")}; ${await says(his)}`);
    // Of a machine that is busy with other tests less comes in time.
    expect(heard).toBeGreaterThan(0.7);
    expect(ways).toContain("Direct");
    // One for the question whether there can be any, and one for each try.
    expect(relays.size).toBeGreaterThan(1);
  });

  it("goes directly also where one has no microphone and listens", async () => {
    const pair = await thePair();
    const { hers, his } = pair;
    await hers.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await talk(pair);
    await expect.poll(() => hers.locator("#mute-button").getAttribute("data-state")).toBe("refused");
    await expect.poll(() => says(his), { timeout: 30_000 }).toMatch(/^Direct · 0 characters/);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    expect(await pitchIn(his)).toBe(0);
    expect(await pair.simulator.loggedProblems()).toEqual([]);
  });
});
