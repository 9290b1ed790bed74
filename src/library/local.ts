import type { Clock } from "../core/clock.ts";
import { windableClock as openWindableClock, type WindableClock } from "../local/clock.ts";
import type { EventBridgeOptions } from "../local/eventbridge/options.ts";
import {
  type Local as Emulator,
  type LocalOptions as EmulatorOptions,
  startLocal as startEmulator,
} from "../local/start.ts";
import { systemClock } from "../shell/clock.ts";
import { openSpy, type Spy } from "./spy.ts";

export interface LocalOptions<C extends Clock = Clock>
  extends Omit<EmulatorOptions, "clock" | "events">,
    EventBridgeOptions {
  /** Default: the machine's. With `windableClock()` a test lets hours pass in a millisecond. */
  readonly clock?: C | undefined;
}

/** An emulator that runs, and what was seen in it. `await using` closes it. */
export interface Local<C extends Clock = Clock> extends Omit<Emulator, "clock"> {
  readonly clock: C;
  /** Waits for events and deliveries. */
  readonly spy: Spy;
  /** What a client of the AWS SDK is made with: `new SQSClient(local.client)`. The credentials mean nothing. */
  readonly client: ClientConfig;
}

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Starts an EventBridge and SQS emulator in this process, on a free port of the loopback interface unless `port` says
 * otherwise. Rejects with Node's error when the port cannot be had.
 */
export async function startLocal<C extends Clock = Clock>(options: LocalOptions<C> = {}): Promise<Local<C>> {
  const { port, host, region, account, log, lenient, random, data, fsync, states, ...events } = options;
  const clock = options.clock ?? systemClock;
  const spy = openSpy(clock, systemClock);
  const emulator = await startEmulator({
    ...{ port, host, clock, region, account, log, lenient, random, data, fsync, states },
    events: {
      ...events,
      onEvent(event, bus) {
        spy.onEvent(event, bus);
        options.onEvent?.(event, bus);
      },
      onDelivery(record, event) {
        spy.onDelivery(record, event);
        options.onDelivery?.(record, event);
      },
    },
  });
  const close = () => {
    spy.close();
    return emulator.close();
  };
  return {
    ...emulator,
    // Where none is given, `C` is `Clock`.
    clock: clock as C,
    spy,
    client: {
      endpoint: emulator.url,
      region: emulator.region,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    },
    reset() {
      emulator.reset();
      spy.clear();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A clock that stands still until `advance` winds it; begins at `startMs` (since the epoch), by default now. */
export const windableClock = (startMs: number = systemClock.now()): WindableClock =>
  openWindableClock(startMs);
