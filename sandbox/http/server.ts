import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerControl } from '../control.ts';
import { answerHalo, isMetered, type HaloRequest } from '../halo.ts';
import { Refusal } from '../rest/refusal.ts';
import type { Tenant } from '../tenant.ts';
import type { Fault } from './faults.ts';
import { empty, json, text, type Reply } from './reply.ts';
import { loggableBody } from './requestLog.ts';

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };
/** base64 of the largest attachment, and some JSON around it. */
const BODY_FACTOR = 1.4;
const BODY_BASE = 4_000_000;

/** The HTTP server of one tenant: Halo's API, its token endpoint and the control surface. */
export function createTenantServer(tenant: Tenant): Server {
  const server = createServer((request, response) => {
    serve(tenant, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, text(500, error instanceof Error ? (error.stack ?? error.message) : String(error)));
    });
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

async function serve(tenant: Tenant, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrival = { clock: performance.now(), time: Date.now() };
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const method = request.method ?? 'GET';
  if (url.pathname.startsWith('/_control')) {
    const body = await readBody(request, Number.POSITIVE_INFINITY);
    return send(response, answerControl(tenant, { method, url, body: body ?? '' }));
  }

  const wait = isMetered(url.pathname, tenant.settings)
    ? tenant.limiter.arrive(arrival.clock, tenant.settings.rateLimit)
    : null;
  const cap = tenant.settings.attachmentCapBytes * BODY_FACTOR + BODY_BASE;
  const body = await readBody(request, cap);
  const halo = haloRequest(tenant, request, url, body ?? '');
  const fault = wait === null ? tenant.faults.take(halo) : null;
  const id = tenant.log.add({
    time: arrival.time,
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    authorized: request.headers.authorization !== undefined,
    clientId: halo.clientId,
    body: halo.logBody,
    status: null,
    fault: fault?.kind ?? null,
  });
  if (fault?.kind === 'drop-before') return drop(request);
  if (fault?.kind === 'expire-tokens') tenant.tokens.expireAll();
  const work = (): Reply => (body === null ? empty(413) : answer(tenant, halo));
  const early = fault?.commit === true ? work() : null;
  if (fault?.kind === 'delay') await tenant.faults.hold(fault.delayMs ?? 1000);
  if (tenant.settings.latencyMs > 0) await pause(tenant.settings.latencyMs);

  response.setHeader('date', new Date(tenant.now()).toUTCString());
  const reply = wait === null ? (replacement(fault) ?? early ?? work()) : tooMany(tenant, wait);
  if (halo.slow) await pause(tenant.settings.unfilteredActionsLatencyMs);
  if (fault?.kind === 'drop-after') return drop(request);
  tenant.log.update(id, { status: reply.status });
  if (fault?.kind === 'truncate') return truncate(response, reply);
  send(response, reply);
}

/** A reply that is still to come keeps nobody's process from ending: the sandbox may be closed by then. */
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

function haloRequest(tenant: Tenant, request: IncomingMessage, url: URL, body: string): HaloRequest {
  const isToken = url.pathname.toLowerCase().startsWith('/auth');
  const form = isToken ? new URLSearchParams(body) : null;
  const token = tenant.tokens.find(request.headers.authorization);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    url,
    body,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    clientId: form?.get('client_id') ?? token?.clientId ?? null,
    logBody: form
      ? Object.fromEntries([...form].filter(([name]) => name !== 'client_secret'))
      : loggableBody(body),
    slow: /^\/api\/actions\/?$/i.test(url.pathname) && !url.searchParams.has('ticket_id'),
  };
}

function answer(tenant: Tenant, request: HaloRequest): Reply {
  try {
    return answerHalo(tenant, request);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function tooMany({ settings }: Tenant, waitMs: number): Reply {
  const { requests, perSeconds } = settings.rateLimit;
  const window = perSeconds % 60 === 0 ? `${perSeconds / 60} minute` : `${perSeconds} second`;
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
  const message = `Rate Limit Reached - ${requests} Requests per rolling ${window} window`;
  return text(429, message, settings.retryAfter ? headers : {});
}

/** The answer of a fault that keeps the request from being handled. */
function replacement(fault: Fault | null): Reply | null {
  if (fault?.kind === 'empty') return empty(200);
  if (fault?.kind !== 'html' && fault?.kind !== 'status') return null;
  const { body = fault.kind === 'html' ? HTML : '', headers = {} } = fault;
  if (fault.kind === 'html')
    return { status: 200, body: String(body), headers: { ...HTML_TYPE, ...headers } };
  const status = fault.status ?? 500;
  return typeof body === 'string' ? { status, body, headers } : json(status, body, headers);
}

/** The whole body as text; null when it is longer than allowed. */
async function readBody(request: IncomingMessage, cap: number): Promise<string | null> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    request.resume();
    return '';
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= cap) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > cap ? null : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, { ...headers, 'content-length': length });
  response.end(body);
}

/** Promises the whole body, sends half of it and hangs up. */
function truncate(response: ServerResponse, { status, body, headers }: Reply): void {
  const bytes = Buffer.from(body as string);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function drop(request: IncomingMessage): void {
  request.socket.destroy();
}
