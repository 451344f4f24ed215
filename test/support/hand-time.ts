import type { TimePorts } from "../../src/board/writing/session-writer.ts";
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";
import type { SimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";

/** Time for a board that passes only when told to. */
export interface HandTime extends TimePorts {
  readonly calendar: SimulatedCalendar;
  pass(ms: number): void;
}

export function createHandTime(): HandTime {
  let now = 0;
  const clock = { now: () => now };
  return {
    clock,
    calendar: createSimulatedCalendar(clock),
    pass(ms) {
      now += ms;
    },
  };
}
