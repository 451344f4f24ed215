/** A list of listeners for one kind of event. */
export interface Emitter<T> {
  /** Returns the function that unsubscribes. */
  on(listener: (event: T) => void): () => void;
  /** Calls the listeners in the order in which they subscribed. */
  emit(event: T): void;
}

/**
 * A listener that throws is reported to `onError` and the others still run: what one part does
 * wrong must never reach the code that announces the event.
 */
export function createEmitter<T>(onError: (error: unknown) => void): Emitter<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    on(listener) {
      // A wrapper gives each subscription its own identity, also of one function twice.
      const own = (event: T): void => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
