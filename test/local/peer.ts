import { randomBytes } from "node:crypto";
import { TestRunner } from "vitest";
import type { WindableClock } from "../../src/local/clock.ts";
import type { Local } from "../../src/local/start.ts";

/**
 * With `EVB_TEST_ENDPOINT` the behaviour tests run against that instead of the emulator: the URL of another
 * implementation, or `aws` for AWS itself, with credentials and `EVB_TEST_ACCOUNT` in the environment. What they need of
 * the emulator alone leaves a test out, with its reason.
 */
const endpoint = process.env.EVB_TEST_ENDPOINT;

/** What stands in for the emulator, and what its clients need. */
export interface Peer {
  /** None on AWS. */
  readonly endpoint: string | undefined;
  readonly local: Local;
  readonly clock: WindableClock;
  /** All names in it begin with this, so that a test never meets another one's resources. */
  readonly prefix: string;
  /** Twelve digits: of those whom the clients act for. */
  readonly account: string;
  /** How long an empty queue is asked for more. AWS delivers when it can. */
  readonly waitSeconds: number;
}

/** `undefined` means the emulator. `needs` says why this test can only run on the emulator. */
export function openPeer(needs?: string): Peer | undefined {
  if (endpoint === undefined) return undefined;
  if (needs !== undefined) leaveOut(needs);
  const onAws = endpoint === "aws";
  if (onAws && process.env.EVB_TEST_ACCOUNT === undefined)
    throw new Error("EVB_TEST_ACCOUNT has to name the account on AWS that the tests may use");
  return {
    endpoint: onAws ? undefined : endpoint,
    local: onlyOfEmulator("record of deliveries", {
      ...(!onAws && { url: endpoint.replace(/\/$/, "") }),
      region: process.env.AWS_REGION ?? "us-east-1",
      account: "000000000000",
    }) as Local,
    clock: onlyOfEmulator("clock", { now: Date.now }) as WindableClock,
    prefix: `t${randomBytes(4).toString("hex")}-`,
    account: process.env.EVB_TEST_ACCOUNT ?? "123456789012",
    waitSeconds: onAws ? 5 : 0,
  };
}

/** Where clients go, and as whom; on AWS both are the SDK's own business. */
export const clientSettings = (peer: Peer | undefined, emulator: Local) =>
  peer !== undefined && peer.endpoint === undefined
    ? {}
    : {
        endpoint: peer?.endpoint ?? emulator.url,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      };

/** Ends the test that runs as left out. */
export function leaveOut(reason: string): never {
  TestRunner.getCurrentTest()?.context.skip(`needs the emulator's ${reason}`);
  throw new Error(`needs the emulator's ${reason}`);
}

/** Gives what there is; whoever asks for more is left out. */
export const onlyOfEmulator = (what: string, has: object): object =>
  new Proxy(has, {
    get(target, name) {
      if (name in target || typeof name === "symbol" || name === "then") return Reflect.get(target, name);
      return leaveOut(what);
    },
  });
