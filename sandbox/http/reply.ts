/** An answer before it is written to the socket. */
export interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: JSON.stringify(value), headers: { ...JSON_TYPE, ...headers } };
}

/** Halo's own answer to most refusals: a status and nothing else. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: '', headers };
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } };
}
