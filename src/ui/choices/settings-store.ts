import type { Clock } from "../../env/clock.ts";
import type { Log } from "../../env/log.ts";
import type { Storage } from "../../env/storage.ts";
import type { Choices } from "./choices.ts";
import type { Settings } from "./settings.ts";
import { latestNames, parseSettings, settingsText } from "./settings.ts";

/** Not a table of the boards: those are of one set of participants each, and written much more often. */
const TABLE = "settings";
const KEY = "device";
/** A slider that moves tells of itself many times. */
const PATIENCE_MS = 800;

/** Brings back what this person has chosen on this device, and keeps it from then on. */
export function keepSettings({
  choices,
  storage,
  clock,
  log,
}: {
  readonly choices: Choices;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
}): { flush(): void } {
  let kept: string | undefined;
  let planned: (() => void) | undefined;
  let isLoaded = false;

  const write = (): void => {
    planned?.();
    planned = undefined;
    const text = settingsText(choices.settings());
    if (!isLoaded || text === kept) return;
    kept = text;
    void storage.write(TABLE, KEY, new TextEncoder().encode(text)).then((result) => {
      if (!result.ok) log.warn("The settings could not be kept", result.error);
    });
  };
  const before = choices.settings();
  void storage.read(TABLE, KEY).then((result) => {
    isLoaded = true;
    const stored = result.ok && result.value ? parseSettings(new TextDecoder().decode(result.value)) : before;
    kept = settingsText(stored);
    choices.restore(newest(stored, before, choices.settings()));
  });
  choices.onChange(() => {
    planned ??= clock.after(PATIENCE_MS, write);
  });
  return { flush: write };
}

/** What was chosen while the storage had not answered yet is newer than what was stored. */
function newest(stored: Settings, before: Settings, now: Settings): Settings {
  return {
    ...changed(stored, before, now),
    preferences: changed(stored.preferences, before.preferences, now.preferences),
    contactNames: latestNames([...stored.contactNames, ...now.contactNames]),
  };
}

/** `stored`, and what is different between the other two as the later one has it. */
function changed<T extends object>(stored: T, before: T, now: T): T {
  const old = new Map(Object.entries(before));
  const chosen = Object.entries(now).filter(([name, value]) => value !== old.get(name));
  return { ...stored, ...Object.fromEntries(chosen) };
}
