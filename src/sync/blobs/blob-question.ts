import type { Address } from "../../env/host.ts";
import type { OpenLink } from "../link/link.ts";

/** What is known of a picture that is asked for. */
export interface Question {
  /** Not before that it is asked about. */
  at: number;
  /** So often nothing came of it. */
  vain: number;
  /** Who is asked, counted on from the maker. */
  turn: number;
  /** Whose chunks are among those that are here. */
  readonly sources: Set<Address>;
  /** Those who sent other bytes. */
  readonly liars: Set<Address>;
  /** Those who have none of it, in which session they said so. */
  readonly nones: Map<Address, number | undefined>;
  /** After bytes of several contacts were wrong: the only one whose chunks are taken. */
  only: Address | undefined;
  isStrict: boolean;
}

/** `at`: not before that it is asked about. */
export function createQuestion(at: number): Question {
  return {
    at,
    vain: 0,
    turn: 0,
    sources: new Set(),
    liars: new Set(),
    nones: new Map(),
    only: undefined,
    isStrict: false,
  };
}

/** The contact said so in this session, or sends other bytes. */
export function lacksIt({ nones, liars }: Question, link: OpenLink): boolean {
  const { address } = link;
  return liars.has(address) || (nones.has(address) && nones.get(address) === link.session());
}
