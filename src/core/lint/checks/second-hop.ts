import { eachTarget } from "../each.ts";
import type { Check } from "../finding.ts";
import { canFollow } from "./bus-loop.ts";

export const secondHop: Check = {
  id: "second-hop",
  severity: "error",
  about: "events that came from one bus are sent on to a third, which EventBridge refuses",
  *find(subject) {
    const buses = [...subject.buses, ...subject.others];
    for (const { bus, rule, target } of eachTarget(subject)) {
      const next = buses.find(({ arn }) => arn === target.Arn && arn !== bus.arn);
      for (const onward of next?.rules ?? []) {
        const third = onward.targets.find(({ Arn }) => /:event-bus\//.test(Arn) && Arn !== bus.arn);
        if (third !== undefined && third.Arn !== next!.arn && canFollow(subject, rule, onward))
          yield {
            ...{ bus, rule, target },
            sentence: `rule ${rule.name} sends to bus ${next!.name}, where rule ${onward.name} sends on to another bus: EventBridge refuses the second hop, and the event becomes a dead letter of ${onward.name}, or is lost`,
            remedy: "send to the last bus at once",
          };
      }
    }
  },
};
