/** A contact's address as the messenger gives it: an opaque text. */
export type Address = string;

/**
 * Who opened the app with whom.
 *
 * An old host names the contacts only. Where it names one, that looks like a person who is alone, and
 * is told as such; as soon as the contact speaks, `opened` comes again and says what is so. A page
 * that seems to be alone should therefore say something now and then.
 */
export interface Participants {
  /** This person's own address; undefined where the host does not tell it. */
  readonly own: Address | undefined;
  /** The contacts' addresses, without duplicates and without `own`; empty: the app was opened alone. */
  readonly remotes: readonly Address[];
}

/** What the host tells the page. A handler that throws is caught and logged; the host never sees it. */
export interface HostHandlers {
  /** The page is connected. Comes again if the host announces the session again, or more is known. */
  opened(participants: Participants): void;
  /**
   * A message from one of the participants: whatever text the sender chose, possibly hostile.
   * Messages may be lost, repeated, late and out of order.
   */
  data(sender: Address, text: string): void;
  /** The contact left the app. May be stale: it is queued for somebody who is offline. */
  ended(sender: Address): void;
  /** A call of the messenger's own is on, which it calls so; undefined: it is over. */
  calling?(text: string | undefined): void;
}

/**
 * - `queued`: it will be handed to the messenger, which neither confirms nor repeats it.
 * - `too-large`: longer than `maxLength`; nothing was sent.
 * - `closed`: the host was closed; nothing was sent.
 */
export type SendResult = "queued" | "too-large" | "closed";

/** The messenger around the page. */
export interface Host {
  /** The longest text that `send` takes, in characters. */
  readonly maxLength: number;
  /** Announces the page and starts to deliver events. Called once. */
  open(handlers: HostHandlers): void;
  /**
   * Queues an ASCII text for every contact of the session; there is no way to send to one alone. Never
   * throws. Messages are handed over in the order of the calls, but paced: see `whenFree`.
   */
  send(text: string): SendResult;
  /**
   * Calls `task` once, in a task of its own, as soon as a message that it sends would leave at once: so
   * what is sent can be chosen and made at the last moment. `spare`: how many messages may follow soon
   * before the engine's limit slows all of them. One task waits at most: a later call replaces it.
   */
  whenFree(task: (spare: number) => void): void;
  /** The page is about to be hidden or killed: hand over what waits as fast as the engine takes it. */
  flush(): void;
  /** Leaves the app: back to the chat. */
  leave(): void;
  /** Stops all traffic and events. */
  close(): void;
}
