import { expect, test, vi } from "vitest";
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createBrowserCalendar } from "../../src/spixi/browser-calendar.ts";
import { calendarContract } from "./calendar.ts";

const MINUTE_MS = 60_000;

calendarContract("simulated", () => {
  const clock = createSimulatedClock();
  return {
    calendar: createSimulatedCalendar(clock),
    advance: (minutes) => clock.advance(minutes * MINUTE_MS),
  };
});

calendarContract("browser", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  return {
    calendar: createBrowserCalendar(globalThis),
    advance: async (minutes) => void vi.setSystemTime(Date.now() + minutes * MINUTE_MS),
    close: () => void vi.useRealTimers(),
  };
});

test("a browser whose clock is far out of bounds says the nearest minute that there is", () => {
  const at = (now: number): number => createBrowserCalendar({ Date: { now: () => now } }).minutes();
  expect(at(-5)).toBe(0);
  expect(at(1e300)).toBe(2 ** 31 - 1);
  expect(at(119_999)).toBe(1);
});
