/** An object that is, whenever it is asked, the one that `current` returns then. */
export function standIn<Target extends object>(current: () => Target): Target {
  return new Proxy({} as Target, {
    get(_, key): unknown {
      const target = current();
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What a test has open; throws outside of one. */
export function whileOpen<Opened>(opened: Opened | undefined): Opened {
  if (opened === undefined) throw new Error("Nothing is open outside of a test.");
  return opened;
}
