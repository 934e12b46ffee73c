import { permits } from '../auth/scopes.ts';
import { empty, type Reply } from '../http/reply.ts';
import { findRecord, listRecords, readRecord } from './read.ts';
import { invalidValue, notFound, Refusal } from './refusal.ts';
import { removeRecord } from './remove.ts';
import { writeRecords } from './write.ts';
import type { Query } from './query.ts';
import type { Context, Resource } from './resource.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const JSON_BODY =
  /^\s*(application\/json|application\/json-patch\+json|application\/[\w.-]+\+json|text\/json)\s*(;|$)/i;

/** A request to one resource, as far as HTTP is concerned. */
export interface ResourceRequest {
  readonly method: string;
  /** What follows the route, without slashes at the ends; empty for the resource itself. */
  readonly rest: string;
  readonly query: Query;
  readonly contentType: string;
  readonly body: string;
  readonly scopes: readonly string[];
}

/** Answers one authorized request to a resource. Throws Refusal. */
export function dispatch(resource: Resource, request: ResourceRequest, context: Context): Reply {
  const { method, rest, query, body } = request;
  if (!['GET', 'POST', 'DELETE'].includes(method)) return empty(405, { allow: 'GET, POST, DELETE' });
  checkRights(resource, request, context);
  if (method === 'POST' && !JSON_BODY.test(request.contentType)) return empty(415);

  const special = specialHandler(resource, method, rest);
  const answer = special?.({ query, id: rest, body, context });
  if (answer) return answer;

  if (method === 'POST') {
    if (rest !== '' || !resource.write) return empty(rest === '' ? 405 : 404);
    return writeRecords(resource, body, query, context);
  }
  if (rest === '') return method === 'GET' ? listRecords(resource, query, context) : empty(405);
  const row = findRecord(resource, checkedId(resource, rest), query, context);
  return method === 'GET' ? readRecord(resource, row, query, context) : removeRecord(resource, row, context);
}

function specialHandler(resource: Resource, method: string, rest: string) {
  const special = resource.special ?? {};
  const exact = special[`${method} ${rest.toLowerCase()}`.trim()];
  return exact ?? (rest === '' ? undefined : special[`${method} {id}`]);
}

function checkRights(resource: Resource, { method, rest, scopes }: ResourceRequest, context: Context): void {
  if (!permits(scopes, resource.area, method === 'GET' ? 'read' : 'edit')) throw new Refusal(empty(403));
  if (!context.settings.missingModules.includes(resource.area)) return;
  // Seen on a live tenant: single records of a module that is switched off answer 401, not 403.
  const single = method === 'GET' && rest !== '';
  throw new Refusal(empty(single ? context.settings.missingModuleStatus : 403));
}

/** The id of a path, or the refusal that the resource has for one of another kind. */
export function checkedId(resource: Resource, id: string): string {
  const valid = resource.guid === undefined ? /^-?\d{1,10}$/.test(id) : GUID.test(id);
  if (valid) return resource.guid === undefined ? String(Number(id)) : id.toLowerCase();
  if (resource.guid === 404) throw notFound();
  throw invalidValue('id', id);
}
