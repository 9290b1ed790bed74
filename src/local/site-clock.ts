import type { Clock } from "../core/clock.ts";

/**
 * A clock whose time goes on from `least`, where the given one is behind: an emulator may have run faster than the
 * machine's clock, and what it kept must not lie in the future.
 */
export function notBefore(clock: Clock, least: number): Clock {
  const ahead = least - clock.now();
  if (ahead <= 0) return clock;
  return {
    now: () => clock.now() + ahead,
    after: (ms, task) => clock.after(ms, task),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** A clock whose tasks end nothing but themselves: `tell` hears of what one throws. */
export const outliving = (clock: Clock, tell: (error: unknown) => void): Clock => ({
  now: () => clock.now(),
  after: (ms, task) =>
    clock.after(ms, () => {
      try {
        task();
      } catch (error) {
        tell(error);
      }
    }),
  sleep: (ms, signal) => clock.sleep(ms, signal),
});

/** A clock whose tasks are no longer run once `isOver`: what is closed does nothing more, whatever it had planned. */
export const until = (clock: Clock, isOver: () => boolean): Clock => ({
  now: () => clock.now(),
  after: (ms, task) =>
    clock.after(ms, () => {
      if (!isOver()) task();
    }),
  sleep: (ms, signal) => clock.sleep(ms, signal),
});
