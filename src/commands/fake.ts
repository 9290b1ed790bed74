import type { Random } from "../core/clock.ts";
import type { Fake } from "../core/event/template/functions.ts";
import { nearNames } from "../core/near.ts";

/**
 * Loads faker and gives the function behind `fake("person.fullName")`. It is a large package: only templates that
 * call it pay for it. Its values repeat when `random` does.
 */
export async function openFake(random: Random, now: () => number): Promise<Fake> {
  const { faker } = await import("@faker-js/faker/locale/en");
  faker.seed(Math.floor(random() * 2 ** 32));
  const makers = new Map<string, (...options: unknown[]) => unknown>();
  for (const [group, methods] of Object.entries(faker as unknown as Record<string, object>)) {
    if (group === "fakerCore" || group === "helpers") continue;
    for (const [name, method] of Object.entries(methods))
      if (typeof method === "function") makers.set(`${group}.${name}`, method);
  }
  return (name, options) => {
    const make = makers.get(name);
    if (make === undefined) throw new Error(unknownFake(name, [...makers.keys()]));
    faker.setDefaultRefDate(now());
    return plain(make(...options));
  };
}

function unknownFake(name: string, known: readonly string[]): string {
  const near = nearNames(name, known);
  const method = name.split(".").at(-1)!.toLowerCase();
  const same = known.filter((other) => other.toLowerCase().endsWith(`.${method}`));
  const meant = [...new Set([...same, ...near])].slice(0, 3);
  return `fake knows no ${JSON.stringify(name)}${meant.length > 0 ? `: is ${meant.join(" or ")} meant?` : ""}`;
}

/** What JSON can hold: times as ISO text, large integers as text, the rest through JSON. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return value.toString();
  return typeof value === "object" && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
