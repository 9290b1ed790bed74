/** What a server said to a POST. */
export interface PostAnswer {
  readonly status: number;
  /** The first characters of the body, on one line. */
  readonly text: string;
}

/**
 * Posts a JSON text. A redirect is an answer like any other: following it would turn the POST into a GET. Rejects when
 * no answer came.
 */
export async function postJson(
  url: string,
  body: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<PostAnswer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "evb", ...headers },
    body,
    redirect: "manual",
    signal,
  });
  const text = (await answer.text()).slice(0, 200).replace(/\s+/g, " ").trim();
  return { status: answer.status, text };
}
