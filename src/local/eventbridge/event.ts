import { utf8Bytes } from "../../core/event/size.ts";
import { normalJson } from "../../core/transform/index.ts";
import { uuidFrom } from "../ids.ts";
import type { Site } from "../ports.ts";
import type { SavedEvent } from "./kept.ts";
import { renderTime } from "./time.ts";

/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** Milliseconds, whole seconds: the event's own `time`. */
  readonly time: number;
  /** The envelope as consumers see it. */
  readonly text: string;
  /** What an archive counts: source, detail type, detail and resources as they were sent, and a time. */
  readonly size: number;
  /** X-Ray trace header. It travels beside the event. */
  readonly trace: string | undefined;
  /** When this bus took it, in milliseconds. */
  readonly receivedAt: number;
  /** It came through a bus target: it may not go to another bus. */
  readonly forwarded: boolean;
  /** It comes from a replay: no archive takes it. */
  readonly replayed: boolean;
}

interface Content {
  readonly source: string;
  readonly detailType: string;
  /** Text of a JSON object. */
  readonly detail: string;
  readonly resources: readonly string[];
}

interface Parts extends Content {
  /** Milliseconds; the clock's time when absent. */
  readonly time: number | undefined;
  readonly trace?: string | undefined;
}

/** What of an entry counts as its size, apart from its time, in bytes. */
export function contentBytes({ source, detailType, detail, resources }: Content): number {
  let bytes = utf8Bytes(source) + utf8Bytes(detailType) + utf8Bytes(detail);
  for (const resource of resources) bytes += utf8Bytes(resource);
  return bytes;
}

/** Order of the keys as recorded on AWS. Numbers of the detail stay as they were written. */
export function openEvent(site: Site, parts: Parts, bytes = contentBytes(parts)): BusEvent {
  const id = uuidFrom(site.random);
  const now = site.clock.now();
  const time = Math.floor((parts.time ?? now) / 1000) * 1000;
  const rendered = renderTime(time);
  const [detailType, source] = [JSON.stringify(parts.detailType), JSON.stringify(parts.source)];
  const [account, region] = [JSON.stringify(site.account), JSON.stringify(site.region)];
  const resources = parts.resources.length === 0 ? "[]" : JSON.stringify(parts.resources);
  const text = `{"version":"0","id":"${id}","detail-type":${detailType},"source":${source},"account":${account},"time":"${rendered}","region":${region},"resources":${resources},"detail":${normalJson(parts.detail)}}`;
  return {
    id,
    source: parts.source,
    detailType: parts.detailType,
    time,
    text,
    // Fits the one recorded archive: 159 bytes for an event of 139 without its time.
    size: bytes + rendered.length,
    trace: parts.trace,
    receivedAt: now,
    forwarded: false,
    replayed: false,
  };
}

/** The event as a replay sends it: with the replay's name after the region, and all else as it was. */
export function replayedAs(event: BusEvent, replay: string, now: number): BusEvent {
  // No string can hold these characters unescaped, so the first are the envelope's own.
  const at = event.text.indexOf(',"resources":');
  const text = `${event.text.slice(0, at)},"replay-name":${JSON.stringify(replay)}${event.text.slice(at)}`;
  return { ...event, text, receivedAt: now, forwarded: false, replayed: true };
}

/** An event that was kept. */
export const restoreEvent = (event: SavedEvent): BusEvent => ({
  ...event,
  trace: event.trace,
});
