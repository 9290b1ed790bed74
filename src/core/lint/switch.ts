import type { Finding } from "./finding.ts";

/** Whether a finding is switched off. */
export type Switch = (finding: Finding) => boolean;

/** Ids, divided by commas or blanks. What follows two dashes is the reason, for people. */
export const parseIds = (text: string): string[] =>
  text
    .split(/\s--(\s|$)/)[0]!
    .split(/[\s,]+/)
    .filter((id) => /^[a-z][a-z-]*[a-z]$/.test(id));

/** `--disable`: everywhere. */
export const switchOf =
  (ids: readonly string[]): Switch =>
  ({ id }) =>
    ids.includes(id);

const inDescription = /\bevb-lint-disable\s+([^\n.;()]*)/;

/** A description of a rule or bus that says `evb-lint-disable ID`: the one way that every kind of source has. */
export const descriptionSwitch: Switch = ({ id, rule, bus }) =>
  [rule?.description, bus.description].some((text) => {
    const found = inDescription.exec(text ?? "");
    return found !== null && parseIds(found[1]!).includes(id);
  });
