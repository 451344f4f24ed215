/*
 * When something was, in words: how long ago it is for what is recent, else the day. Calendars of devices may be
 * wrong by years: words come out whatever they say.
 */
import type { Strings } from "./strings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Older things are told by their day. */
const RECENT_DAYS = 7;
/** What is to come by no more than this is now: two devices never agree on the minute. */
const AHEAD = 5 * MINUTE;
/** The longest time from 1970 that there are words for. */
const FARTHEST = 8.64e15;

/** `at`, `now`: milliseconds since 1970. */
export function timeWords(at: number, now: number, { language }: Pick<Strings, "language">): string {
  const tag = `${language}-u-nu-latn`;
  const ago = now - at;
  if (!(Math.abs(at) <= FARTHEST)) return "";
  if (ago < -AHEAD || ago >= RECENT_DAYS * DAY) return dayWords(at, now, tag);
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  if (ago < MINUTE) return relative.format(0, "second");
  if (ago < HOUR) return relative.format(-Math.floor(ago / MINUTE), "minute");
  const days = daysBetween(at, now);
  return days === 0 ? relative.format(-Math.floor(ago / HOUR), "hour") : relative.format(-days, "day");
}

function dayWords(at: number, now: number, tag: string): string {
  const year = new Intl.DateTimeFormat("en", { year: "numeric" });
  const isThisYear = year.format(at) === year.format(now);
  return new Intl.DateTimeFormat(tag, {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(at);
}

/** How many midnights lie between, by the clocks of this place. */
function daysBetween(at: number, now: number): number {
  const day = new Intl.DateTimeFormat("en", { year: "numeric", month: "numeric", day: "numeric" });
  const then = day.format(at);
  for (let days = 0; days <= RECENT_DAYS; days++) if (day.format(now - days * DAY) === then) return days;
  return Math.floor((now - at) / DAY);
}
