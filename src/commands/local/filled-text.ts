import { parseArn } from "../../core/arn.ts";
import type { ApplyPlan, ApplyStep, LeftOut } from "../../core/route/index.ts";

/** How many of each kind a plan makes, in words. */
export function countSteps(steps: readonly ApplyStep[]): string {
  const of = (kind: ApplyStep["kind"]) => steps.filter((step) => step.kind === kind).length;
  const counts = [
    many(of("bus"), "bus", "buses"),
    many(of("rule"), "rule", "rules"),
    many(of("queue"), "queue", "queues"),
  ];
  for (const [type, one, more] of others) {
    const count = steps.filter((step) => step.kind === "other" && step.resource.type === type).length;
    if (count > 0) counts.push(many(count, one, more));
  }
  if (of("archive") > 0) counts.push(many(of("archive"), "archive", "archives"));
  return counts.join(", ");
}

const others = [
  ["AWS::SNS::Topic", "topic", "topics"],
  ["AWS::EventSchemas::Schema", "schema", "schemas"],
  ["AWS::EventSchemas::Discoverer", "discoverer", "discoverers"],
] as const;

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

/** What a person must know of a plan before it surprises them, a sentence each. */
export function renderGaps({ steps, leftOut, notMade }: ApplyPlan, handled: readonly string[]): string[] {
  const topics = steps.flatMap((step) => (step.kind === "other" ? [step.resource.arn] : []));
  const isTaken = (arn: string): boolean =>
    [...topics, ...handled].includes(arn) || handled.includes(parseArn(arn)?.service ?? "");
  const sentences = [
    ...leftOut.map(renderLeftOut),
    ...notMade
      .filter(({ resource }) => !handled.includes(resource.arn))
      .map(({ resource, why }) => `${resource.logicalId} (${resource.type}) is left out: ${why}`),
  ];
  const strange = steps.flatMap((step) =>
    step.kind !== "targets"
      ? []
      : step.targets
          .filter(({ Arn }) => !isEmulated(Arn) && !isTaken(Arn))
          .map(({ Id, Arn }) => `${step.rule}/${Id} (${Arn})`),
  );
  if (strange.length > 0)
    sentences.push(
      `${many(strange.length, "target is", "targets are")} no queue, bus or API destination; deliveries fail unless --handler names what takes them: ${strange.join(", ")}`,
    );
  return sentences;
}

function renderLeftOut({ rule, target, unknowns }: LeftOut): string {
  const what = target === undefined ? `rule ${rule.name}` : `target ${target.Id} of rule ${rule.name}`;
  const names = [...new Set(unknowns.map(({ name }) => name))];
  const flags = names
    .filter((name) => !name.startsWith("Condition "))
    .map((name) => `--parameter ${quote(name)}=…`);
  const mend = flags.length > 0 ? `; give it with ${flags.join(" ")}` : "";
  return `${what} is left out: it depends on ${names.join(" and ")}, which only the deploy decides${mend}`;
}

const quote = (name: string): string => (/^[\w:./-]+$/.test(name) ? name : `'${name}'`);

/** The emulator delivers there by itself. */
function isEmulated(text: string): boolean {
  const arn = parseArn(text);
  return (
    arn?.service === "sqs" ||
    (arn?.service === "events" && /^(event-bus|api-destination)\//.test(arn.resource))
  );
}
