// An archive of shop events, one a line, from a fixed seed: node archive.mjs FILE [MEGABYTES]
import { closeSync, openSync, writeSync } from "node:fs";

const words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "juniper"];
const kinds = [
  ["shop.orders", "Order Placed", ["PENDING", "ACTIVE", "ACTIVE", "SHIPPED", "CLOSED"]],
  ["shop.payments", "Payment Settled", ["SETTLED", "SETTLED", "SETTLED", "REFUSED"]],
  ["shop.stock", "Stock Changed", ["LOW", "OK", "OK", "OK"]],
];

/** Writes whole lines until the file has `megabytes`; gives the number of lines. */
export function writeArchive(file, megabytes, seed = 7) {
  const random = generator(seed);
  const handle = openSync(file, "w");
  let size = 0;
  let count = 0;
  while (size < megabytes * 1e6) {
    const lines = Array.from({ length: 500 }, () => JSON.stringify(makeEvent(random, count++)));
    size += writeSync(handle, `${lines.join("\n")}\n`);
  }
  closeSync(handle);
  return count;
}

function makeEvent(random, n) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
  const [source, type, states] = pick(kinds);
  const items = Array.from({ length: 1 + Math.floor(random() * 8) }, () => ({
    sku: `${pick(words)}-${hex(6)}`,
    title: `${pick(words)} ${pick(words)} ${pick(words)}`,
    quantity: 1 + Math.floor(random() * 4),
    price: Math.round(random() * 20_000) / 100,
    weight: random() * 3,
  }));
  return {
    version: "0",
    id: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
    "detail-type": type,
    source,
    account: "123456789012",
    time: new Date(1_700_000_000_000 + n * 1000).toISOString(),
    region: "eu-west-1",
    resources: [`arn:aws:dynamodb:eu-west-1:123456789012:table/${pick(words)}`],
    detail: {
      orderId: `o-${hex(10)}`,
      state: pick(states),
      // One in some two thousand: what somebody looks for.
      customer: random() < 0.0005 ? "c-4711" : `c-${hex(8)}`,
      total: Math.round(items.reduce((sum, item) => sum + item.price * item.quantity, 0) * 100) / 100,
      items,
      address: {
        street: `${pick(words)} street ${Math.floor(random() * 200)}`,
        city: pick(words),
        zip: hex(5),
      },
      note: random() < 0.1 ? 'left at the "back" door' : null,
    },
  };
}

/** Numbers in [0, 1), the same for the same seed: xorshift of 32 bits. */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === import.meta.filename) {
  const [file, megabytes = "190"] = process.argv.slice(2);
  console.log(`${writeArchive(file, Number(megabytes))} events`);
}
