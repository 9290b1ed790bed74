import type { Service, Site } from "../ports.ts";
import type { StandIns } from "../stand-ins.ts";
import { putRecord } from "./actions/put-record.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly standIns: StandIns;
  /** Of the records so far; it only rises. */
  nextSequence(): bigint;
}

/** Amazon Kinesis Data Streams, as far as records are put; handlers stand for streams. AWS JSON 1.1. */
export function openKinesisService(site: Site, standIns: StandIns): Service {
  const first = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898n;
  let sequence = first;
  const context: Context = { site, standIns, nextSequence: () => sequence++ };
  return {
    target: "Kinesis_20131202",
    contentType: "application/x-amz-json-1.1",
    errorPrefix: () => "",
    actions: new Map([[putRecord.name, (input) => putRecord.run(context, input)]]),
    reset() {
      sequence = first;
    },
  };
}
