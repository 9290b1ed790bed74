import { EvbError } from "../../core/errors.ts";
import type { Ahead } from "./ahead.ts";
import type { PutHappening } from "./happening.ts";

/** So many faults are told one by one. */
const shownFaults = 20;

/** Tells of every faulty event that was read before the first call, and ends the run if there is one. */
export async function* refuseFaulty({
  faulty,
  seen,
}: Pick<Ahead, "faulty" | "seen">): AsyncGenerator<PutHappening> {
  const [first] = faulty;
  if (first === undefined) return;
  const hints = first.faults.some((fault) => fault.includes("begins with aws."))
    ? ["for a test give another one, such as --source test.ec2, and let the pattern match it too"]
    : [];
  if (faulty.length === 1)
    throw new EvbError("BAD_EVENT", `${first.place}: ${first.faults.join("; ")}`, hints);
  for (const item of faulty.slice(0, shownFaults)) yield { kind: "faulty", ...item };
  const more = faulty.length > shownFaults ? ` (the first ${shownFaults} are shown)` : "";
  throw new EvbError(
    "BAD_EVENT",
    `${faulty.length} of ${seen} events cannot be sent${more}; nothing was sent`,
    hints,
  );
}
