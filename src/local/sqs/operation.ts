import { isLoopback } from "../guard.ts";
import type { Call, Site } from "../ports.ts";
import type { Wire } from "../wire.ts";
import { demand, queueMissing } from "./faults.ts";
import type { Queue } from "./queue.ts";
import type { Store } from "./store.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly store: Store;
}

/** One operation of the API. `In` and `Out` are the SDK's types. */
export interface Operation<In = never, Out extends object = object> {
  readonly name: string;
  run(context: Context, input: Wire<In>, call: Call): Wire<Out> | undefined | Promise<Wire<Out> | undefined>;
}

/**
 * A queue's URL as the caller can use it: one that came from another machine, or out of a container, knows the
 * emulator by the name that it called.
 */
export function urlOf({ site }: Context, { origin }: Queue, { headers }: Call): string {
  const { host } = headers;
  if (site.host === undefined || isLoopback(site.host) || typeof host !== "string") return origin.url;
  return `http://${host}/${site.account}/${origin.name}`;
}

/** The queue that a request is about, or the error that there is none. */
export function queueAt({ store }: Context, url: string | undefined): Queue {
  const queue = store.byUrl(demand(url, "QueueUrl"));
  if (queue === undefined) throw queueMissing();
  return queue;
}
