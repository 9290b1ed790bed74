/**
 * A type of the SDK as it is in this service's JSON: times are ISO 8601, the tags are called `tags`, and the SDK's own
 * `$metadata` is not there.
 */
export type Rest<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? Rest<E>[]
    : T extends object
      ? { [K in keyof T as K extends "$metadata" ? never : K extends "Tags" ? "tags" : K]: Rest<T[K]> }
      : T;

/** Milliseconds to the wire's time. */
export const renderTime = (ms: number): string => new Date(ms).toISOString();
