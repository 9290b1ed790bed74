// What a process has taken of the machine, as Linux counts it.
import { readFileSync } from "node:fs";

/** Milliseconds of CPU, those of threads that have ended too; `undefined` where there is no /proc. */
export function cpuOf(pid) {
  try {
    // What is between the brackets is the name, which may hold anything. Ticks are hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Bytes of memory in use; `undefined` where there is no /proc. */
export function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** Runs a load that counts what it did; gives how many a second, and what one cost its server in microseconds of CPU. */
export async function measure({ pid }, load) {
  const before = cpuOf(pid);
  const { done, seconds } = await load();
  const after = cpuOf(pid);
  const cpu = before === undefined || after === undefined ? undefined : ((after - before) * 1000) / done;
  return { rate: done / seconds, cpu };
}

/** By CPU, which a busy machine does not distort; by the clock where it cannot be had. */
export const costOf = ({ rate, cpu }) => cpu ?? 1e6 / rate;
