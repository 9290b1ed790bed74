import { ruleArn } from "../../../core/arn.ts";
import type { Site } from "../../ports.ts";
import type { Bus, Rule } from "../store.ts";
import type { Archive } from "./archive.ts";

/** As AWS names the rule of an archive, which ListRules shows. */
export const archiveRuleName = (archive: string): string => `Events-Archive-${archive}`;

/** The rule that feeds an archive: it takes what the archive's pattern takes, but nothing that is replayed. */
export function archiveRule(site: Site, bus: Bus, archive: Archive): Rule {
  const name = archiveRuleName(archive.name);
  return {
    name,
    arn: ruleArn(site, bus.name, name),
    bus: bus.name,
    pattern: withoutReplays(archive.pattern),
    // The archive itself looks at events: its pattern alone would take replayed ones.
    compiled: undefined,
    schedule: undefined,
    state: "ENABLED",
    description: undefined,
    roleArn: undefined,
    managedBy: "prod.vhs.events.aws.internal",
    tags: new Map(),
    targets: new Map([[name, { Id: name, Arn: archive.arn }]]),
    archive,
  };
}

function withoutReplays(pattern = "{}"): string {
  const inner = pattern.trim().slice(1, -1).trim();
  return `{${inner}${inner === "" ? "" : ","}"replay-name":[{"exists":false}]}`;
}
