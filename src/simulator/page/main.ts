/*
 * The simulator's page: reads the address, builds the controls around the phones, and starts a world.
 */
import { createBrowserRandom } from "../../spixi/browser-random.ts";
import type { MiniAppDescription } from "../../package/server.ts";
import { createChatPanel } from "./chat-panel.ts";
import { byId, el } from "./dom.ts";
import { compareBoards, createEqualLight } from "./equal-light.ts";
import { describeEvent } from "./event-text.ts";
import { fittingScale } from "./fitting-scale.ts";
import { createLogView } from "./log-view.ts";
import { createNetworkPanel } from "./network-panel.ts";
import type { PhoneSettings } from "./phone-model.ts";
import { perform, type ForAll } from "./perform.ts";
import { openRun } from "./run/open-run.ts";
import { parseSettings } from "./settings.ts";
import { createSimulation, type Simulation } from "./simulation.ts";

const LIGHT_INTERVAL = 200;

await start();

async function start(): Promise<void> {
  const app = (await (await fetch("mini-app.json")).json()) as MiniAppDescription;
  introduce(app);
  if (!("navigation" in window)) {
    complain([
      "This browser has no Navigation API, by which the simulator sees what an app does: no phone can open one here. Chromium has it, and so have the browsers that are made from it.",
    ]);
    return;
  }
  const random = createBrowserRandom(window);
  const newSeed = (): number => random.uint32() % 1_000_000;
  const seedOf = (search: string): number => parseSettings(search, newSeed()).seed;
  const opened = await openRun(app, seedOf, byId("run", HTMLElement)).catch((error: unknown) => {
    complain([error instanceof Error ? error.message : String(error)]);
    throw error;
  });
  const { run } = opened;
  const settings = parseSettings(opened.search, opened.seed ?? newSeed());
  const stage = byId("stage", HTMLElement);
  const seed = byId("seed", HTMLInputElement);
  const scale = byId("scale", HTMLSelectElement);
  const log = createLogView(byId("log", HTMLElement));
  const networkPanel = createNetworkPanel(byId("network", HTMLElement));
  const light = createEqualLight();
  if (app.isOwnApp) byId("light", HTMLElement).append(light.element);
  seed.value = String(settings.seed);
  scale.value = String(settings.scale);
  // A factor out of the address may be none of those offered.
  if (scale.value === "")
    scale.add(new Option(`${Number(settings.scale) * 100} %`, String(settings.scale), true, true));

  let simulation: Simulation | undefined;
  const forAll: ForAll = { host: settings.host, chat: settings.chat };
  const chatPanel = createChatPanel(byId("chat", HTMLElement), {
    chat: forAll.chat,
    onHost: (chosen) => run.act({ to: "all", what: "host", host: chosen }),
    onChat: (chosen) => run.act({ to: "all", what: "chat", chat: chosen }),
  });

  const layOut = (): void => {
    const screens = simulation?.phones().map((phone) => phone.settings.screen) ?? [];
    simulation?.setScale(scale.value === "fit" ? fittingScale(stage, screens) : Number(scale.value));
  };

  /** A new world; phones keep what was chosen for them. Without phones: as the address says. */
  const restart = (): void => {
    const kept: PhoneSettings[] = simulation?.phones().map((phone) => phone.settings) ?? [];
    const network = simulation?.world.network.settings() ?? settings.network;
    simulation?.close();
    const next = createSimulation({
      run,
      seed: Number(seed.value) >>> 0,
      network,
      appId: app.id,
      stage,
      defaults: () => ({
        screen: settings.screen,
        ratio: settings.ratio,
        platform: settings.platform,
        hostVersion: forAll.host,
        chat: forAll.chat,
      }),
      onEvent(event) {
        run.heard(event);
        log.add(describeEvent(event));
      },
      onProblem: (person, title) =>
        log.add({ at: run.clock.now(), group: "problems", phone: person.address, title, detail: "" }),
      onAlert: (person, text) =>
        log.add({
          at: run.clock.now(),
          group: "alerts",
          phone: person.address,
          title: `alert of the page: ${text}`,
          detail: "",
        }),
      onLayout: layOut,
      onAction: (phone, action) => run.act({ to: "phone", phone, ...action }),
      onSettings: () => chatPanel.show(simulation?.phones().map((phone) => phone.settings.hostVersion) ?? []),
    });
    simulation = next;
    networkPanel.connect({
      settings: next.world.network.settings,
      configure: (change) => run.act({ to: "network", change }),
    });
    if (kept.length > 0) for (const phone of kept) next.add(phone);
    else for (let i = 0; i < settings.phones; i++) next.add();
    layOut();
    // Phones that were kept know with whom; new ones of a group must learn it.
    if (kept.length === 0 && forAll.chat !== "chat") next.gather();
    else for (const phone of next.phones()) phone.open();
  };

  const onClick = (id: string, action: () => void): void =>
    byId(id, HTMLButtonElement).addEventListener("click", action);
  onClick("restart", restart);
  onClick("new-seed", () => {
    seed.value = String(newSeed());
    restart();
  });
  // A file has one run.
  for (const id of ["restart", "new-seed"]) byId(id, HTMLButtonElement).disabled = app.run !== undefined;
  for (const what of ["gather", "add"] as const) onClick(what, () => run.act({ to: "all", what }));
  onClick("theme", switchTheme);
  scale.addEventListener("change", layOut);
  addEventListener("resize", layOut);

  restart();
  run.begin((action) => {
    const addButton = byId("add", HTMLButtonElement);
    if (simulation) perform(action, { simulation, forAll, networkPanel, addButton });
  });
  setInterval(() => simulation?.tick(), 1000);
  if (app.isOwnApp) setInterval(() => light.show(compareBoards(simulation?.phones() ?? [])), LIGHT_INTERVAL);
  new EventSource("builds").addEventListener("message", () => {
    for (const phone of simulation?.phones() ?? []) if (phone.state() === "open") phone.open();
  });
}

function switchTheme(): void {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark";
  document.documentElement.dataset["theme"] = isDark ? "light" : "dark";
}

/** Says which app it is, and what it lacks. */
function introduce(app: MiniAppDescription): void {
  byId("app-name", HTMLElement).textContent = `${app.name} ${app.version}`;
  document.title = `${app.name} · simulated Spixi`;
  complain(app.problems);
  if (!app.hasIcon) return;
  const icon = byId("icon", HTMLImageElement);
  icon.src = "icon.png";
  icon.hidden = false;
  document.querySelector<HTMLLinkElement>("link[rel=icon]")!.href = "icon.png";
}

/** Says why something cannot be as it should. */
function complain(texts: readonly string[]): void {
  const problems = byId("problems", HTMLElement);
  problems.append(...texts.map((text) => el("p", {}, text)));
  problems.hidden &&= texts.length === 0;
}
