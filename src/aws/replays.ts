import {
  type Archive,
  CancelReplayCommand,
  DescribeArchiveCommand,
  type DescribeArchiveResponse,
  DescribeReplayCommand,
  type DescribeReplayResponse,
  type EventBridgeClient,
  ListArchivesCommand,
  ListReplaysCommand,
  type Replay,
  StartReplayCommand,
  type StartReplayRequest,
} from "@aws-sdk/client-eventbridge";
import { orMissing, pages } from "./answers.ts";
import { answered } from "./patience.ts";

export type { DescribeArchiveResponse, DescribeReplayResponse, StartReplayRequest };

/** All replays of the account and region, page by page; of one archive, by its ARN. */
export async function* listReplays(events: EventBridgeClient, archiveArn?: string): AsyncGenerator<Replay> {
  const about = archiveArn === undefined ? {} : { EventSourceArn: archiveArn };
  for await (const page of pages((token) =>
    answered((how) => events.send(new ListReplaysCommand({ ...about, ...token }), how)),
  ))
    yield* page.Replays ?? [];
}

/** All archives of the account and region, page by page. */
export async function* listAllArchives(events: EventBridgeClient): AsyncGenerator<Archive> {
  for await (const page of pages((token) =>
    answered((how) => events.send(new ListArchivesCommand(token), how)),
  ))
    yield* page.Archives ?? [];
}

/** The archive, or undefined when there is none of that name. */
export const describeArchive = (
  events: EventBridgeClient,
  name: string,
): Promise<DescribeArchiveResponse | undefined> =>
  orMissing("ResourceNotFoundException", () =>
    answered((how) => events.send(new DescribeArchiveCommand({ ArchiveName: name }), how)),
  );

/** The replay, or undefined when there is none of that name. */
export const describeReplay = (
  events: EventBridgeClient,
  name: string,
): Promise<DescribeReplayResponse | undefined> =>
  orMissing("ResourceNotFoundException", () =>
    answered((how) => events.send(new DescribeReplayCommand({ ReplayName: name }), how)),
  );

export async function startReplay(events: EventBridgeClient, request: StartReplayRequest): Promise<void> {
  await answered((how) => events.send(new StartReplayCommand(request), how));
}

export async function cancelReplay(events: EventBridgeClient, name: string): Promise<void> {
  await answered((how) => events.send(new CancelReplayCommand({ ReplayName: name }), how));
}
