import { describe, expect, test } from "vitest";
import type { Calendar } from "../../src/env/calendar.ts";

export interface CalendarFixture {
  readonly calendar: Calendar;
  /** Lets so many minutes pass. */
  advance(minutes: number): Promise<void>;
  close?(): void;
}

/** What every `Calendar` does. */
export function calendarContract(name: string, create: () => CalendarFixture): void {
  describe(`calendar contract: ${name}`, () => {
    test("says whole minutes, and goes on with them", async () => {
      const { calendar, advance, close } = create();
      const start = calendar.minutes();
      expect(start).toBe(start >>> 0);
      // This was written later than 2024, and is not run after 2100.
      expect(start).toBeGreaterThan(28_000_000);
      expect(start).toBeLessThan(70_000_000);
      await advance(3);
      expect(calendar.minutes()).toBe(start + 3);
      close?.();
    });
  });
}
