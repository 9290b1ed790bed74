// Buses with many rules, of which one takes what `putEvents` puts.
import { putRule } from "./loads.mjs";

/** What the other rules want: in turns another source, another detail type, another customer. */
const patterns = [
  (n) => ({ source: [`other-${n}`] }),
  (n) => ({ source: ["bench"], "detail-type": [`Kind ${n}`] }),
  (n) => ({ source: ["bench"], detail: { customer: [{ prefix: `x-${n}-` }] } }),
];

/** A bus with so many rules. */
export async function makeRules(pool, EventBusName, count) {
  await pool.call("AWSEvents.CreateEventBus", { Name: EventBusName });
  await pool.times(count - 1, (send, n) => {
    const EventPattern = JSON.stringify(patterns[n % patterns.length](n));
    return send(pool.request("AWSEvents.PutRule", { Name: `other-${n}`, EventBusName, EventPattern }));
  });
  await putRule(pool, EventBusName);
}
