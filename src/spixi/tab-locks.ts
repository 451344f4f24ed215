/** Which tab has what, as the browser itself knows it. */
export interface TabLocks {
  /**
   * What gives it back again; undefined: another tab has it. It is given back too when the tab is gone, in whatever
   * way. Rejects where the browser allows no locks.
   */
  take(name: string): Promise<(() => void) | undefined>;
}

/** Of the browser (Web Locks API); undefined: it has none, as on a page that came over an unsafe connection. */
export function createTabLocks({ locks }: { readonly locks?: LockManager }): TabLocks | undefined {
  return (
    locks && {
      take: (name) =>
        new Promise((resolve, reject) => {
          const held = (lock: Lock | null): Promise<void> | undefined => {
            if (lock)
              return new Promise((release) => {
                resolve(release);
              });
            resolve(undefined);
            return undefined;
          };
          locks.request(`inkmesh/${name}`, { ifAvailable: true }, held).catch(reject);
        }),
    }
  );
}
