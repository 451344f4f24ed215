import { LARGE_KINDS } from "./large-costs.ts";
import { createLargeStage } from "./large-stage.ts";
export function main(words: readonly string[]): boolean {
  const rounds = 6;
  for (let r = 0; r < rounds; r++) {
    const on = createLargeStage();
    on.stage.honest();
    for (const word of words) {
      const [name, size] = word.split(":");
      const kind = LARGE_KINDS.find((k) => k.name.includes(name!))!;
      const costs = [...kind.messages(on, Number(size ?? 1))].map((f) => on.tell(f).toFixed(0)).join(" ");
      const h = on.stage.honest();
      if (r === rounds - 1 || words.length === 1)
        console.log(`${kind.name}: ${costs}; ${h.update.toFixed(1)} ${h.own.toFixed(1)}`);
    }
    on.stage.close();
  }
  return true;
}
