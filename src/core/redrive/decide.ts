import { decideBus } from "./decide-bus.ts";
import { sendDirectly } from "./decide-direct.ts";
import { decideTarget } from "./decide-origin.ts";
import { sendToQueue } from "./decide-queue.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";

/** Decides where a dead letter goes, or asks for a fact that it cannot do without. */
export function decide(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  if (letter.kind === "eventbridge-v2")
    return skip(
      "it is a record of the newer event bus, which holds no event",
      "replay the event on that bus with a subscriber that starts at a point in time",
    );
  if (about.redrives >= about.maxRedrives)
    return skip(
      `it has been redriven ${about.redrives === 1 ? "once" : `${about.redrives} times`} already`,
      `--max-redrives ${about.redrives + 1} lets it pass once more`,
    );
  const { to } = about;
  if (to.kind === "target") return decideTarget(letter, message, about);
  if (to.kind === "bus") return decideBus(letter, message, about, to.bus);
  if (to.kind === "queue") return sendToQueue(message, about, to.queue, {});
  if (to.kind === "arn") return decideArn(letter, message, about, to.arn);
  const source = message.system.DeadLetterQueueSourceArn;
  if (source === undefined)
    return skip(
      "no redrive policy put it here, so there is no source queue",
      "--to target, bus or queue:NAME",
    );
  return sendToQueue(message, about, source, {});
}

/** A function, topic, state machine or stream gets what was to be delivered, without any rule's input transformer. */
function decideArn(letter: DeadLetter, message: Message, about: Case, arn: string): Decision | Need {
  if (letter.payload === undefined)
    return skip("it holds nothing that could be delivered", "--to queue:NAME moves it as it is");
  const goods = { body: letter.payload, attributes: {} };
  return sendDirectly(letter, message, about, arn, goods) ?? skip(`${arn} cannot be sent to directly`);
}
