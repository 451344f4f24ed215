import type { PastStep } from "../../board/document/past.ts";
import type { Strings } from "../words/strings.ts";

/** What a step of the past is called: "Ann drew, Tuesday 14:02"; undefined: there is none yet. */
export type StepWords = (step: PastStep | undefined) => string;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Up to so long ago the day of the week says which day it was. */
const WEEK_MS = 6 * DAY_MS;

/** `now`: milliseconds since 1970; `authorOf`: whoever did something in a session. */
export function createStepWords(
  strings: Strings,
  now: number,
  authorOf: (session: number) => { readonly isOwn: boolean; readonly name: string },
): StepWords {
  const { lookBack } = strings;
  const momentOf = createMomentWords(strings.language, now);

  function deedOf({ by, deed }: PastStep): string {
    const { isOwn, name } = authorOf(by);
    if (isOwn) return lookBack.own[deed];
    switch (deed) {
      case "drew":
        return strings.drew(name);
      case "erased":
        return strings.erasedSomething(name);
      case "changed":
        return strings.changedSomething(name);
      case "wrote":
        return lookBack.wrote(name);
      case "broughtBack":
        return lookBack.broughtSomethingBack(name);
    }
  }

  return (step) => {
    if (!step) return lookBack.start;
    return step.moment === undefined ? deedOf(step) : lookBack.when(deedOf(step), momentOf(step.moment));
  };
}

/** A moment of the last days by the day of the week, another one by its date, of another year with that. */
export function createMomentWords(language: string, now: number): (moment: number) => string {
  const locale = `${language}-u-nu-latn`;
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const date = { day: "numeric", month: "long" } as const;
  const lately = new Intl.DateTimeFormat(locale, { weekday: "long", ...time });
  const thisYear = new Intl.DateTimeFormat(locale, { ...date, ...time });
  const everElse = new Intl.DateTimeFormat(locale, { ...date, year: "numeric", ...time });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric" });
  return (moment) => {
    // A calendar that is a little ahead means today.
    if (moment > now - WEEK_MS && moment < now + DAY_MS) return lately.format(moment);
    return (year.format(moment) === year.format(now) ? thisYear : everElse).format(moment);
  };
}
