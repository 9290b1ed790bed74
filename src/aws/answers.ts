/** What `ask` answers, or undefined when the service says by this error name that there is no such thing. */
export async function orMissing<T>(missing: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === missing) return undefined;
    throw error;
  }
}

/** Page after page, to the end. An empty token, as some services send on the last page, is none. */
export async function* pages<P extends { readonly NextToken?: string | undefined }>(
  ask: (token: { NextToken?: string }) => Promise<P>,
): AsyncGenerator<P> {
  let NextToken: string | undefined;
  do {
    const page = await ask(NextToken ? { NextToken } : {});
    yield page;
    NextToken = page.NextToken;
  } while (NextToken);
}
