import type { Clock, Random } from "../core/clock.ts";
import { systemClock } from "../shell/clock.ts";
import { renderBug } from "./bug.ts";
import type { Data } from "./data/data.ts";
import { dispatcher } from "./dispatch.ts";
import type { DeliveryRecord } from "./eventbridge/delivery/record.ts";
import type { EventBridgeOptions } from "./eventbridge/options.ts";
import { openEventBridgeService } from "./eventbridge/service.ts";
import { FaultPlan, type Faults } from "./faults.ts";
import { openKinesisService } from "./kinesis/service.ts";
import { openLambdaService } from "./lambda/service.ts";
import type { Service, Site } from "./ports.ts";
import { openSchemasService } from "./schemas/service.ts";
import { type Answer, openServer } from "./server.ts";
import { notBefore, outliving, until } from "./site-clock.ts";
import { openSnsService } from "./sns/service.ts";
import { openSqsService } from "./sqs/service.ts";
import { openStandIns } from "./stand-ins.ts";
import { openStatesService, type StatesOptions } from "./states/service.ts";
import { openStsService } from "./sts.ts";

export interface LocalOptions {
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /**
   * What to listen on; default 127.0.0.1. Anything but a loopback address lets others drive it: it asks for no
   * credentials.
   */
  readonly host?: string | undefined;
  /** Default: the machine's. A `windableClock` lets a test pass hours in a millisecond. */
  readonly clock?: Clock | undefined;
  readonly region?: string | undefined;
  /** Twelve digits. */
  readonly account?: string | undefined;
  /** Told in one line what a person may wonder about, such as why a delivery was refused. */
  readonly log?: ((line: string) => void) | undefined;
  /** Deliver to queues whose policy does not let EventBridge in. */
  readonly lenient?: boolean | undefined;
  /** Default `Math.random`. A seeded one makes ids the same each time. */
  readonly random?: Random | undefined;
  /** A directory where state is kept, so that the next emulator goes on with it. Without one all is in memory. */
  readonly data?: string | undefined;
  /** With `data`: answer when a change is on the disk, and not just with the operating system. */
  readonly fsync?: boolean | undefined;
  /** Handlers for targets that are not emulated, and the like. */
  readonly events?: EventBridgeOptions | undefined;
  /** State machines are handlers as well; what a handler cannot say of itself. */
  readonly states?: StatesOptions | undefined;
}

/** An emulator that runs. */
export interface Local extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for any SDK's `endpoint`. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  /** What came of the last deliveries of events to targets, oldest first. */
  deliveries(): readonly DeliveryRecord[];
  /** Names of all operations that are emulated, such as `PutEvents`. */
  readonly operations: ReadonlySet<string>;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Forgets every bus, rule, queue and message, and the faults. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts an emulator in this process. Rejects with Node's error when the port cannot be had. */
export async function startLocal(options: LocalOptions = {}): Promise<Local> {
  const region = options.region ?? "us-east-1";
  const account = options.account ?? "000000000000";
  const log = options.log ?? (() => {});
  const data = await dataOf(options, { region, account, log });
  try {
    return await startWith(options, { region, account, log }, data);
  } catch (error) {
    await data?.close();
    throw error;
  }
}

/** Loaded only where state is kept. */
async function dataOf({ data, fsync }: LocalOptions, home: Home): Promise<Data | undefined> {
  if (data === undefined) return undefined;
  const { openData } = await import("./data/data.ts");
  return openData({ directory: data, fsync: fsync ?? false, ...home });
}

type Home = Pick<Site, "region" | "account" | "log">;

async function startWith(options: LocalOptions, home: Home, data: Data | undefined): Promise<Local> {
  const host = options.host ?? "127.0.0.1";
  let closing: Promise<void> | undefined;
  let answer: Answer = (_request, response) => response.destroy();
  const server = await openServer(host, options.port ?? 0, (request, response) => answer(request, response));
  const site: Site = {
    ...home,
    partition: "aws",
    clock: outliving(
      until(notBefore(options.clock ?? systemClock, data?.lastAt ?? 0), () => closing !== undefined),
      (error) => home.log(renderBug(error)),
    ),
    random: options.random ?? Math.random,
    host,
    url: `http://${callable(host)}:${server.port}`,
    ledger: data?.ledger,
  };
  const { events, services } = openServices(site, options);
  const faults = new FaultPlan();
  try {
    const keepers = services.flatMap(({ keeper }) => keeper ?? []);
    data?.begin(keepers, () => site.clock.now());
  } catch (error) {
    await server.close();
    throw error;
  }
  answer = dispatcher(site, services, faults, () => data?.commit(), events);
  const close = () => {
    events.stop();
    closing ??= server.close().then(() => data?.close());
    return closing;
  };
  return {
    url: site.url,
    port: server.port,
    region: site.region,
    account: site.account,
    clock: site.clock,
    deliveries: events.deliveries,
    operations: new Set(services.flatMap(({ actions }) => [...actions.keys()])),
    faults,
    reset() {
      faults.clear();
      for (const service of services) service.reset();
      data?.rewrite();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** All services that are emulated; EventBridge by its name too. */
function openServices(site: Site, options: LocalOptions) {
  const sqs = openSqsService(site, { lenient: options.lenient ?? false });
  const schemas = openSchemasService(site, (arn) => events.hasBus(arn));
  const standIns = openStandIns(site, options.events?.handlers);
  const sns = openSnsService(site, standIns, sqs);
  const events = openEventBridgeService(site, sqs, sns, {
    ...options.events,
    onEvent(event, bus) {
      schemas.observe(bus, event);
      options.events?.onEvent?.(event, bus);
    },
  });
  const services: readonly Service[] = [
    events,
    sqs,
    schemas,
    sns,
    openLambdaService(site, standIns),
    openStatesService(site, standIns, options.states),
    openKinesisService(site, standIns),
    openStsService(site),
  ];
  return { events, services };
}

/** Where one that listens everywhere can be called from here. */
const callable = (host: string): string =>
  host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
