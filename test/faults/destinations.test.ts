import type { Target } from "@aws-sdk/client-eventbridge";
import { beforeAll, describe, expect, it } from "vitest";
import type { Handler } from "../../src/local/eventbridge/options.ts";
import type { FaultKind } from "../../src/local/faults.ts";
import { event, failure, type Lab } from "../commands/dlq/lab.ts";
import { doubtful, failEveryCall, faultKinds, hasty, type Trial, twice } from "./every-call.ts";

const at = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const RoleArn = "arn:aws:iam::000000000000:role/r";

/** One of each kind that is called directly. */
const direct: Target[] = [
  { Id: "function", Arn: at("lambda", "function:bill") },
  { Id: "topic", Arn: at("sns", "news") },
  { Id: "machine", Arn: at("states", "stateMachine:flow"), RoleArn },
  { Id: "stream", Arn: at("kinesis", "stream/s"), RoleArn },
];
/** And one that only EventBridge itself can call. */
const relayed: Target[] = [{ Id: "lake", Arn: at("firehose", "deliverystream/lake"), RoleArn }];

// A throttled call and a reset connection end in the same place as an error.
const kinds = faultKinds.filter(([, { kind }]) => kind === "error" || kind === "lose-answer");

/** Everything has arrived, once; twice only where one of the runs has said so. Returns how many calls there were. */
async function failEach(kind: FaultKind, targets: readonly Target[]): Promise<number> {
  const ids = targets.map(({ Id }) => Id!);
  const arrived: string[] = [];
  const note: Handler = (event) => void arrived.push((event as { id: string }).id);
  const handlers = { lambda: note, sns: note, states: note, kinesis: note, firehose: note };
  const fill = async (lab: Lab) => {
    arrived.length = 0;
    await lab.queue("dlq");
    await lab.rule("shop", "bill", "shop", [...targets]);
    for (const { Id, Arn } of targets) await lab.send("dlq", event(Id!), failure("shop/bill", Arn!));
  };
  const check = async ({ lab, broken, again, told }: Trial) => {
    expect([0, 3, 4], told).toContain(broken.code);
    expect(again.code, told).toBe(0);
    expect(await lab.counts("dlq"), told).toEqual({ visible: 0, hidden: 0 });
    expect([...new Set(arrived)].sort(), told).toEqual([...ids].sort());
    const said = new Set([...doubtful(broken), ...doubtful(again)]);
    for (const id of twice(arrived)) expect(said, `${id} is there twice unannounced; ${told}`).toContain(id);
    // By its name a state machine knows the second try.
    expect(twice(arrived), told).not.toContain("machine");
  };
  return await failEveryCall(kind, fill, redrive, check, { events: { handlers } });
}

const redrive = (lab: Lab) =>
  lab.dlq(["redrive", "dlq", "--yes", "--json", "--concurrency", "1", "--watch", "1ms"], {
    clock: hasty,
    random: Math.random,
  });

beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});

describe("one call of a redrive", () => {
  it.each(kinds)("to functions, topics, state machines and streams %s: nothing is lost", async (_, kind) => {
    expect(await failEach(kind, direct)).toBeGreaterThan(8);
  });

  it.each(kinds.filter(([, kind]) => !("status" in kind) || kind.status !== 500))(
    "through a temporary bus %s: nothing is lost",
    async (_, kind) => {
      expect(await failEach(kind, relayed)).toBeGreaterThan(15);
    },
  );
});
