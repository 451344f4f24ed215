/*
 * What a person does to a phone on its card, as data: so it can be written down, and done again.
 */
import type { PhoneModel } from "./phone-model.ts";
import type { PhoneAction } from "./run/run-file.ts";

/** The phone as its card has it: whatever is done to it goes to `act`. */
export function asActions(phone: PhoneModel, act: (action: PhoneAction) => void): PhoneModel {
  return {
    ...phone,
    open: () => act({ what: "open" }),
    back: () => act({ what: "back" }),
    killPage: () => act({ what: "killPage" }),
    kill: () => act({ what: "kill" }),
    damageStorage: () => act({ what: "damageStorage" }),
    rollBack: (seconds) => act({ what: "rollBack", seconds }),
    setOnline: (on) => act({ what: "setOnline", on }),
    setHidden: (on) => act({ what: "setHidden", on }),
    setScreen: (screen, ratio) => act({ what: "setScreen", screen, ratio }),
    setAppearance: (appearance) => act({ what: "setAppearance", appearance }),
  };
}

export function performOn(phone: PhoneModel, action: PhoneAction): void {
  switch (action.what) {
    case "rollBack":
      return phone.rollBack(action.seconds);
    case "setOnline":
    case "setHidden":
      return phone[action.what](action.on);
    case "setScreen":
      return phone.setScreen(action.screen, action.ratio);
    case "setAppearance":
      return phone.setAppearance(action.appearance);
    case "reopen":
      Object.assign(phone.settings, action.change);
      return phone.open();
    default:
      return phone[action.what]();
  }
}
