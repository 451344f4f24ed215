import type { Frame, Page } from "playwright-core";

/** What a keyboard gets to, by names that a failing test can show. */
export interface Reach {
  /** Stops of the Tab key in their order: a group whose members arrows reach is one stop. */
  readonly stops: readonly string[];
  /** The members of the groups, each as "group: member". */
  readonly members: readonly string[];
  /** What had the focus without an outline to see it by. */
  readonly unseen: readonly string[];
}

export interface TabWalk {
  /** All that a pointer could press. */
  readonly wanted: Reach;
  readonly reached: Reach;
}

/** Walks through a part of the page, from its start, with the Tab key, then with the arrows through each group. */
export async function walkByTab(page: Page, app: Page | Frame, part = "body"): Promise<TabWalk> {
  const walk = await app.evaluateHandle(startWalk, part);
  const { stops, members } = await walk.evaluate((each) => each.wanted);
  const press = async (key: string, times: number): Promise<void> => {
    // Not one by one: the browser takes them in their order.
    await Promise.all(Array.from({ length: times }, () => page.keyboard.press(key)));
  };
  await press("Tab", stops.length);
  const byTab = await walk.evaluate((each) => each.take());
  const groups = [...new Set(members.map((member) => member.split(": ")[0]!))];
  for (const group of groups) {
    const size = await walk.evaluate((each, name) => each.enter(name), group);
    // Once round: what was chosen is chosen again.
    await press("ArrowRight", size);
  }
  const byArrow = await walk.evaluate((each) => each.end());
  return {
    wanted: { stops, members, unseen: [] },
    reached: {
      stops: byTab.map(({ stop }) => stop),
      members: members.filter((member) => byArrow.some((each) => each.member === member)),
      unseen: [...byTab, ...byArrow].filter(({ isSeen }) => !isSeen).map(({ member }) => member),
    },
  };
}

interface Focused {
  readonly stop: string;
  readonly member: string;
  readonly isSeen: boolean;
}

/** Runs in the app's page: all of it in one function. */
function startWalk(part: string) {
  const root = document.querySelector<HTMLElement>(part)!;
  const groupOf = (control: Element): string | undefined => {
    if (control instanceof HTMLInputElement && control.type === "radio") return control.name;
    return control.closest('[role="toolbar"]')?.id;
  };
  const nameOf = ({ id, dataset, ariaLabel, textContent, className }: HTMLElement): string =>
    [id, dataset["command"], ariaLabel, textContent].find(Boolean) ?? className;
  const memberOf = (control: HTMLElement): string => {
    const group = groupOf(control);
    return (group === undefined ? "" : `${group}: `) + nameOf(control);
  };
  const stopOf = (control: HTMLElement): string => groupOf(control) ?? nameOf(control);
  const outlined = (painted: Element): boolean => {
    const { outlineStyle, outlineWidth, outlineColor, opacity } = getComputedStyle(painted);
    const isClear = outlineColor === "transparent" || outlineColor.endsWith(", 0)");
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && !isClear && opacity !== "0";
  };
  /** Of a radio button or a switch, what lies beside it in its label is seen. */
  const isSeen = (control: Element): boolean =>
    control.matches(":focus-visible") &&
    [control, ...(control.closest("label")?.children ?? [])].some(outlined);

  const controls = [
    ...root.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex]"),
  ].filter(
    (control) =>
      control.getClientRects().length > 0 &&
      getComputedStyle(control).visibility === "visible" &&
      !control.matches(":disabled"),
  );
  const grouped = controls.filter((control) => groupOf(control) !== undefined);

  let focused: Focused[] = [];
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    focused.push({ stop: stopOf(target), member: memberOf(target), isSeen: isSeen(target) });
  };
  document.addEventListener("focusin", onFocus);
  const take = (): readonly Focused[] => {
    const taken = focused;
    focused = [];
    return taken;
  };
  window.focus();
  root.tabIndex = -1;
  root.focus();
  root.removeAttribute("tabindex");
  take();

  return {
    wanted: { stops: [...new Set(controls.map(stopOf))], members: grouped.map(memberOf) },
    take,
    /** Goes to the chosen one of a group, or its first; returns how many there are. */
    enter(group: string): number {
      const members = grouped.filter((control) => groupOf(control) === group);
      const chosen = members.find((control) => control.matches(":checked"));
      (chosen ?? members[0]!).focus();
      return members.length;
    },
    end(): readonly Focused[] {
      document.removeEventListener("focusin", onFocus);
      return take();
    },
  };
}
