import { callerIdentity } from "../../aws/identity.ts";
import { type Probe, probes, unprobed } from "../../aws/probes.ts";
import { Exit } from "../../core/exit.ts";
import { awsFault } from "../aws-fault.ts";
import { findBus } from "../bus.ts";
import type { Connection } from "../connect.ts";
import { eachOf } from "../few.ts";
import type { Stage } from "../stage.ts";
import type { DoctorOptions } from "./command.ts";
import { findSettings, type Setting } from "./settings.ts";

export type DoctorHappening =
  | ({ readonly kind: "setting" } & Setting)
  | ({ readonly kind: "finding" } & Finding)
  | { readonly kind: "unprobed"; readonly verbs: string; readonly actions: readonly string[] }
  | { readonly kind: "summary"; readonly missing: readonly string[]; readonly works: boolean };

export interface Finding {
  /** `identity`, `bus`, or an IAM action. */
  readonly check: string;
  readonly status: "ok" | "missing" | "failed";
  readonly detail: string;
  readonly hints: readonly string[];
}

/** Looks at everything, whatever is found: the first thing that is wrong is seldom the only one. */
export async function* runDoctor(
  { bus }: DoctorOptions,
  stage: Stage,
): AsyncGenerator<DoctorHappening, number> {
  for (const setting of await findSettings(stage.world, stage.global)) yield { kind: "setting", ...setting };
  const connection = await stage.connect();
  const findings: Finding[] = [];
  const identity = await attempt("identity", () => identify(connection, stage));
  findings.push(identity);
  yield { kind: "finding", ...identity };
  // Without credentials or a region, or where nobody answers, every further question has the same answer.
  const works = identity.status === "ok";
  if (works)
    for (const finding of await examine(connection, bus)) {
      findings.push(finding);
      yield { kind: "finding", ...finding };
    }
  if (works) for (const one of unprobed) yield { kind: "unprobed", ...one };
  const missing = findings.filter(({ status }) => status !== "ok").map(({ check }) => check);
  yield { kind: "summary", missing, works };
  return works ? (missing.length > 0 ? Exit.negative : Exit.done) : Exit.aws;
}

async function identify(connection: Connection, { world, global }: Stage): Promise<string> {
  const events = await connection.events({ maxAttempts: 2 });
  const { env } = world;
  const own = global.endpointUrl ?? env.AWS_ENDPOINT_URL_STS ?? env.AWS_ENDPOINT_URL;
  // What is local stays local.
  const endpoint = connection.local ? connection.where : own || undefined;
  const { account, arn } = await callerIdentity(events, endpoint, world.clock.now());
  return `account ${account}, region ${await events.config.region()}, as ${arn}`;
}

async function examine(connection: Connection, bus: string): Promise<Finding[]> {
  const findings = await eachOf(probes, (probe) => examineOne(probe, connection, bus));
  const found = await attempt("bus", async () => {
    const { name, home } = await findBus(connection, bus);
    return `${name} in ${home.region}`;
  });
  return [found, ...findings];
}

const examineOne = ({ action, verbs, ask }: Probe, connection: Connection, bus: string): Promise<Finding> =>
  attempt(action, async () => {
    await ask(connection, bus).catch((error: Error) => {
      // That there is no such bus is told once; who is told so had the permission.
      if (error.name !== "ResourceNotFoundException") throw error;
    });
    return `for ${verbs}`;
  });

async function attempt(check: string, ask: () => Promise<string>): Promise<Finding> {
  try {
    return { check, status: "ok", detail: await ask(), hints: [] };
  } catch (error) {
    const known = awsFault(error);
    const status = known?.code === "ACCESS_DENIED" ? "missing" : "failed";
    const { message, hints = [] } = (known ?? error) as Error & { hints?: readonly string[] };
    return { check, status, detail: known === undefined ? wordsOf(error as Error) : message, hints };
  }
}

const wordsOf = ({ name, message }: Error): string =>
  name === "Error" || name === "EvbError" || name === "NotReached" ? message : `${name}: ${message}`;
