/** Milliseconds to the wire's seconds since the epoch. */
export const seconds = (ms: number): number => ms / 1000;

/** `2026-11-23T19:00:00Z`: whole seconds, as in an event. */
export const renderTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
