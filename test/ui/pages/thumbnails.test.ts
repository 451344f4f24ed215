import { beforeEach, expect, it } from "vitest";
import type { PageInfo } from "../../../src/session/pages.ts";
import { createThumbnails, type Painting, type Thumbnails } from "../../../src/ui/pages/thumbnails.ts";
import { createSimulatedClock, type SimulatedClock } from "../../../src/simulator/simulated-clock.ts";

let clock: SimulatedClock;
let thumbnails: Thumbnails;
/** Which pictures were made, and when. */
let painted: string[];
let dropped: string[];
let came: Painting;
/** Pictures on their way, and how many there were at a time at most. */
let busy: number;
let mostBusy: number;

const page = (id: string, version: string | undefined = "1"): PageInfo => ({
  id,
  name: "",
  madeAt: undefined,
  changedAt: undefined,
  bytes: undefined,
  version,
});

beforeEach(() => {
  clock = createSimulatedClock();
  painted = [];
  dropped = [];
  came = "painted";
  busy = 0;
  mostBusy = 0;
  thumbnails = createThumbnails({
    clock,
    async paint(id) {
      busy++;
      mostBusy = Math.max(mostBusy, busy);
      painted.push(`${id} ${clock.now()}`);
      await Promise.resolve();
      busy--;
      return came;
    },
    drop: (id) => void dropped.push(id),
  });
});

it("makes pictures of what is in sight only, the shown page's first, one after the other and once", async () => {
  thumbnails.update([page("a"), page("b"), page("c"), page("d")], "c", "light");
  await clock.advance(1000);
  expect(painted).toEqual([]);
  for (const id of ["a", "c", "d"]) thumbnails.setInSight(id, true);
  await clock.advance(10_000);
  expect(painted.map((each) => each[0])).toEqual(["c", "a", "d"]);
  expect(mostBusy).toBe(1);
  thumbnails.update([page("a"), page("b"), page("c"), page("d")], "c", "light");
  await clock.advance(10_000);
  expect(painted).toHaveLength(3);
});

it("makes them anew where a page or the theme is another: the shown one twice a second at most", async () => {
  for (const id of ["a", "b"]) thumbnails.setInSight(id, true);
  for (let i = 0; i < 100; i++) {
    thumbnails.update([page("a", `${i}`), page("b", `${i}`)], "a", "light");
    await clock.advance(100);
  }
  const count = (id: string): number => painted.filter((each) => each.startsWith(id)).length;
  expect(count("a")).toBeGreaterThanOrEqual(18);
  expect(count("a")).toBeLessThanOrEqual(21);
  expect(count("b")).toBeLessThanOrEqual(6);
  expect(count("b")).toBeGreaterThanOrEqual(4);
  await clock.advance(10_000);
  painted = [];
  thumbnails.update([page("a", "99"), page("b", "99")], "a", "dark");
  await clock.advance(10_000);
  expect(painted.map((each) => each[0])).toEqual(["a", "b"]);
});

it("looks once at a page of which no version is known, and again when one is and changes", async () => {
  thumbnails.setInSight("a", true);
  thumbnails.update([page("a", undefined)], "b", "light");
  await clock.advance(10_000);
  thumbnails.update([page("a", undefined)], "b", "light");
  await clock.advance(10_000);
  expect(painted).toHaveLength(1);
  thumbnails.update([page("a", "2")], "b", "light");
  await clock.advance(10_000);
  expect(painted).toHaveLength(2);
});

it("tries a page that could not be read again after a while, and what was broken off at once", async () => {
  came = "unreadable";
  thumbnails.setInSight("a", true);
  thumbnails.update([page("a")], "b", "light");
  await clock.advance(9000);
  expect(painted).toHaveLength(1);
  came = "stopped";
  await clock.advance(1100);
  came = "painted";
  await clock.advance(100);
  expect(painted.length).toBeGreaterThan(2);
  const all = painted.length;
  await clock.advance(20_000);
  expect(painted).toHaveLength(all);
});

it("keeps no more pictures out of sight than it may", async () => {
  const pages = Array.from({ length: 100 }, (_, i) => page(`p${i}`));
  thumbnails.update(pages, "p0", "light");
  for (const { id } of pages) {
    thumbnails.setInSight(id, true);
    await clock.advance(10);
    thumbnails.setInSight(id, false);
  }
  expect(painted).toHaveLength(100);
  expect(dropped).toHaveLength(40);
  expect(dropped[0]).toBe("p0");
  thumbnails.setInSight("p0", true);
  await clock.advance(10_000);
  expect(painted).toHaveLength(101);
});

it("does nothing after it was closed", async () => {
  thumbnails.setInSight("a", true);
  thumbnails.update([page("a")], "a", "light");
  thumbnails.close();
  await clock.advance(1000);
  expect(painted).toEqual([]);
});
