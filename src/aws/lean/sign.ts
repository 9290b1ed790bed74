import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What a signature is good for: `us-east-1`, `sqs`. */
export interface Scope {
  readonly region: string;
  readonly service: string;
}

/** Signs requests with AWS Signature Version 4; the key of a day is made once. */
export class Signer {
  readonly #scope: Scope;
  #key: { readonly for: string; readonly bytes: Buffer } | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Adds date, token and authorization to the headers of a POST. Names are in lower case; `now` in milliseconds. */
  sign(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    credentials: Credentials,
    now: number,
  ): Record<string, string> {
    const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, "");
    const day = time.slice(0, 8);
    const { sessionToken } = credentials;
    const all: Record<string, string> = {
      ...headers,
      "x-amz-date": time,
      ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
    };
    const names = Object.keys(all).sort();
    const canonical = names.map((name) => `${name}:${all[name]}\n`).join("");
    const signed = names.join(";");
    const request = `POST\n${path}\n\n${canonical}\n${signed}\n${sha256(body)}`;
    const { region, service } = this.#scope;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = createHmac("sha256", this.#keyOf(credentials, day))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(request)}`)
      .digest("hex");
    all.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return all;
  }

  #keyOf({ accessKeyId, secretAccessKey }: Credentials, day: string): Buffer {
    const about = `${accessKeyId} ${day}`;
    if (this.#key?.for !== about) {
      const { region, service } = this.#scope;
      let bytes = hmac(`AWS4${secretAccessKey}`, day);
      for (const part of [region, service, "aws4_request"]) bytes = hmac(bytes, part);
      this.#key = { for: about, bytes };
    }
    return this.#key.bytes;
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
