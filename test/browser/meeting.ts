import { expect, vi } from "vitest";
import { standIn, whileOpen } from "../support/stand-in.ts";
import { handsOn, type Hands } from "./hands.ts";
import type { Place } from "./picture.ts";
import { openSimulator, type SimulatedPhone, type SimulatorPage } from "./simulator.ts";

/** Two people on one board who see that the other one is there. */
export interface Meeting {
  readonly simulator: SimulatorPage;
  readonly alice: SimulatedPhone;
  readonly bob: SimulatedPhone;
  readonly alices: Hands;
  readonly bobs: Hands;
}

/**
 * With fingers as well as a mouse; on a quick network: what is looked for has come in a moment. Asked for
 * their names, they set none.
 */
export async function meet(): Promise<Meeting> {
  const simulator = await openSimulator({
    search: "latency=50&jitter=0",
    context: { hasTouch: true },
  });
  const [alice, bob] = await bothReady(simulator);
  for (const phone of [alice, bob]) {
    // In a hook too, where `expect.poll` may not be.
    await vi.waitFor(async () => expect(await phone.says("#presence-text")).toContain("is here"), {
      timeout: 30_000,
    });
    await declineName(phone);
  }
  return { simulator, alice, bob, alices: handsOn(simulator, alice), bobs: handsOn(simulator, bob) };
}

/** Stands for the meeting that is open at the moment. */
export function meetingInTest(opened: () => Meeting | undefined): Meeting {
  return {
    simulator: standIn(() => whileOpen(opened()).simulator),
    alice: standIn(() => whileOpen(opened()).alice),
    bob: standIn(() => whileOpen(opened()).bob),
    alices: standIn(() => whileOpen(opened()).alices),
    bobs: standIn(() => whileOpen(opened()).bobs),
  };
}

/** Alice and Bob, whose apps have opened their boards. */
export async function bothReady(simulator: SimulatorPage): Promise<[SimulatedPhone, SimulatedPhone]> {
  const phones: [SimulatedPhone, SimulatedPhone] = [simulator.phone("Alice"), simulator.phone("Bob")];
  for (const phone of phones) await phone.ready();
  return phones;
}

/** Whoever is asked for a name, because the first contact is here, sets none. */
export async function declineName(phone: SimulatedPhone): Promise<void> {
  await (await phone.frame()).getByRole("button", { name: "Not now" }).click();
}

/** Everybody sees ink at `inked` and none at `blank`. */
export async function allSee(
  phones: readonly SimulatedPhone[],
  inked: readonly Place[],
  blank: readonly Place[] = [],
): Promise<void> {
  const places = [...inked, ...blank];
  const wanted = places.map((_, i) => i < inked.length);
  for (const phone of phones) await expect.poll(() => phone.hasInk(places)).toEqual(wanted);
}
