import type { Frame } from "playwright-core";
import type { Place } from "./picture.ts";
import { circle } from "./places.ts";
import type { SimulatedPhone } from "./simulator.ts";

/** The picture is so large: from 22 to 338, and from 126 to 492. */
const CENTER: Place = [180, 310];
const HEIGHT = 380;
const WIDTH = 340;

/** A smooth line through a function of 0 .. 1. */
function line(count: number, at: (part: number) => Place): Place[] {
  return Array.from({ length: count }, (_, i) => at(i / (count - 1)));
}

async function takeColor(app: Frame, color: string): Promise<void> {
  await app.locator("#ink-button").click();
  await app.getByRole("radio", { name: color, exact: true }).click();
}

/** Two people draw a boat, the sun, waves and gulls in the middle of their screens, as large as there is room. */
export async function drawSeaside(
  alice: SimulatedPhone,
  bob: SimulatedPhone,
  screen: { readonly width: number; readonly height: number },
): Promise<void> {
  const [a, b] = [await alice.frame(), await bob.frame()];
  const scale = Math.min(1.4, (screen.height - 170) / HEIGHT, screen.width / WIDTH);
  const fit = (places: readonly Place[]): Place[] =>
    places.map(([x, y]): Place => [
      screen.width / 2 + (x - CENTER[0]) * scale,
      (screen.height - 10) / 2 + (y - CENTER[1]) * scale,
    ]);
  const draw = async (phone: SimulatedPhone, places: readonly Place[]): Promise<void> => {
    await phone.startStroke(fit(places));
    await phone.endStroke();
  };

  await takeColor(a, "Orange");
  await draw(alice, circle([262, 190], 34, 44, 1.06));
  for (let ray = 0; ray < 8; ray++) {
    const angle = (ray / 8) * 2 * Math.PI + 0.2;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    await draw(
      alice,
      line(6, (t) => [262 + (46 + 16 * t) * cos, 190 + (46 + 16 * t) * sin]),
    );
  }
  await takeColor(b, "Blue");
  for (const [y, phase] of [
    [430, 0],
    [456, 1.4],
    [482, 2.6],
  ] as const) {
    await draw(
      bob,
      line(60, (t) => [36 + 288 * t, y + 8 * Math.sin(t * 15 + phase)]),
    );
  }
  await takeColor(a, "Ink");
  await draw(
    alice,
    line(50, (t) => [92 + 150 * t, 378 + 38 * Math.sin(Math.PI * t) - (t < 0.02 || t > 0.98 ? 4 : 0)]),
  );
  await draw(
    alice,
    line(30, (t) => [92 + 150 * t, 378 - 3 * Math.sin(Math.PI * t)]),
  );
  await draw(
    alice,
    line(24, (t) => [162 + 2 * Math.sin(3 * t), 378 - 142 * t]),
  );
  await takeColor(b, "Red");
  await draw(
    bob,
    line(30, (t) => [165 + 62 * Math.sin((Math.PI / 2) * t), 242 + 118 * t]),
  );
  await draw(
    bob,
    line(24, (t) => [226 - 62 * t, 361 + 3 * Math.sin(Math.PI * t)]),
  );
  await takeColor(b, "Ink");
  for (const [x, y] of [
    [84, 214],
    [122, 176],
  ] as const) {
    await draw(
      bob,
      line(18, (t) => [x + 34 * t, y - 13 * Math.abs(Math.sin(2 * Math.PI * t)) + 4 * t]),
    );
  }
}
