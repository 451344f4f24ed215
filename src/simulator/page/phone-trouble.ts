import { button, el } from "./dom.ts";
import type { PhoneModel } from "./phone-model.ts";

/**
 * What a phone can do to an app: rarely, and at the worst moment. Returns what makes the controls anew for
 * the state in which the phone is; the number of seconds stays as it was chosen.
 */
export function createPhoneTrouble(): (phone: PhoneModel) => HTMLElement {
  let rollBackSeconds = "5";
  return (phone) => {
    const killPage = button("Kill the page", "The app's page dies without a word, the messenger lives", () =>
      phone.killPage(),
    );
    killPage.disabled = phone.state() !== "open";
    const seconds = el("input", {
      type: "number",
      min: "0",
      max: "60",
      step: "any",
      value: rollBackSeconds,
      "aria-label": "Seconds to roll back",
    });
    seconds.addEventListener("change", () => {
      rollBackSeconds = seconds.value;
    });
    const rollBack = button(
      "Roll storage back",
      "The messenger is killed, and what was stored in the last seconds is gone",
      () => phone.rollBack(seconds.valueAsNumber || 0),
    );
    const damage = button(
      "Damage storage",
      "The messenger is killed, and the last value of each table is damaged",
      () => phone.damageStorage(),
    );
    return el(
      "fieldset",
      { class: "trouble" },
      el("legend", {}, "Trouble"),
      killPage,
      damage,
      rollBack,
      el("label", { class: "seconds" }, seconds, "s"),
    );
  };
}
