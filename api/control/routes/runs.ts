/** Runs: what happened, cancel, start again. */
import { sql } from 'drizzle-orm';
import { within } from '../../../access/principal.ts';
import type { Principal } from '../../../access/principal.ts';
import { ForbiddenError, NotFoundError, SchemaError } from '../../../errors.ts';
import { runs } from '../../../store/schema/runs.ts';
import type { Store } from '../../../store/store.ts';
import { showRun } from '../../../triggers/runDetails.ts';
import { asItIs, findRuns, listRuns, severalRuns } from '../../../triggers/runs.ts';
import type { FoundRun, RunRow } from '../../../triggers/runs.ts';
import { runDetailsDocument, runDocument } from '../../../triggers/show/runs.ts';
import { asNumber, asUuid, onePage, positionOf } from '../cursor.ts';
import { repeatRun, stopRun } from '../operations.ts';
import { maskFor } from '../mask.ts';
import { checkNames } from '../names.ts';
import { spanOf } from '../span.ts';
import { reachOf } from '../reach.ts';
import {
  anything,
  answer,
  failure,
  listOf,
  moment,
  next,
  oneOf,
  orNull,
  paging,
  slug,
  text,
  whole,
} from '../schema.ts';
import { route } from '../types.ts';

const runFields = {
  id: text('its id'),
  workflow: text('what ran'),
  workflowId: orNull(text("Temporal's id of it; null if it names a trigger above")),
  organization: slug('for whom'),
  owner: text('the organization whose authority it used'),
  trigger: orNull(text('what started it')),
  event: orNull(whole('id of the event that started it')),
  startedBy: text('trigger, rerun, cli, …'),
  rerunOf: orNull(text('the run that it repeats')),
  status: oneOf(runs.status.enumValues, 'how it stands'),
  startedAt: moment('when'),
  closedAt: orNull(moment('when it ended')),
  durationMs: orNull(whole('how long it took; null while it is under way')),
  error: failure,
};

const call = {
  action: text('id of the action'),
  organization: slug('for whom'),
  connection: orNull(text('the connection that was decided on')),
  because: orNull(text('why that one')),
  attempts: whole('tries that reached Halo'),
};

const details = answer({
  run: answer({
    ...runFields,
    eventKey: orNull(text('key of the event that started it')),
    firedBy: orNull(text('the run that fired that event')),
    reruns: listOf(text('a run that repeats it')),
    overrides: anything('connections chosen instead of the default'),
    input: anything("the workflow's arguments"),
    result: anything('what the workflow returned'),
    resultKnown: { type: 'boolean', description: 'whether Temporal still had the result' },
  }),
  actions: listOf(
    answer({
      ...call,
      calls: whole('how many calls are alike'),
      statuses: anything('how many calls there are of each status'),
      errors: listOf(answer({ type: text('class'), message: text('message'), calls: whole('how many') })),
    }),
    'calls by action, organization and connection, with their errors',
  ),
  calls: listOf(
    answer({
      ...call,
      status: text('running, waiting, ok or failed'),
      startedAt: moment('when'),
      durationMs: orNull(whole('how long it took')),
      result: anything('what the action answered'),
      error: failure,
    }),
    'in the order in which they began',
  ),
  pending: listOf(
    answer({
      action: text('id of the action'),
      attempt: whole('which try, by Temporal'),
      nextAttemptAt: orNull(moment('when the next one begins; null: now')),
      lastError: orNull(text('why the last one failed')),
    }),
    'calls under way',
  ),
});

const one = { properties: { id: text("the run's id, the beginning of it, or its workflow id") } };

interface Filters {
  readonly organization?: string;
  readonly workflow?: string;
  readonly trigger?: string;
  readonly status?: RunRow['status'];
  readonly ticket?: number;
  readonly since?: string;
  readonly until?: string;
  readonly before?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export const runRoutes = [
  route<object, Filters>({
    id: 'runs.list',
    method: 'GET',
    path: '/runs',
    role: 'viewer',
    summary: 'Runs, newest first',
    query: {
      properties: {
        organization: slug('only for this organization and those below it'),
        workflow: text('only of this workflow'),
        trigger: text('only started by this trigger'),
        status: oneOf(runs.status.enumValues, 'only with this status'),
        ticket: whole('only started by an event about the ticket with this id', { maximum: 2 ** 31 - 1 }),
        since: moment('only started then or later'),
        until: moment('only started before then'),
        before: text('only started before this run: its id, or the beginning of it'),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({ runs: listOf(answer(runFields)), next }),
    handle: async ({ store }, { principal, query }) => {
      const { cursor, before, since, until, limit, ...filters } = query;
      await checkNames(store, principal, filters);
      const found = await listRuns(store, {
        ...filters,
        reach: reachOf(principal),
        ...spanOf({ since, until }),
        before: before === undefined ? undefined : (await runOf(store, principal, before)).id,
        behind: positionOf(cursor, asPlace),
        limit: limit + 1,
      });
      const { page, next } = onePage(found, limit, ({ startedAtMicros, id: last }) => [
        startedAtMicros,
        last,
      ]);
      const mask = await maskFor(store, principal);
      return { runs: page.map((run) => mask.run(runDocument(run))), next };
    },
  }),
  route<{ id: string }>({
    id: 'runs.show',
    method: 'GET',
    path: '/runs/{id}',
    role: 'viewer',
    summary: 'One run: its input, its actions and which connections they used, its errors, its result',
    params: one,
    reply: details,
    handle: async ({ store, starter }, { principal, params }) => {
      const { id } = await runOf(store, principal, params.id);
      const shown = runDetailsDocument(await showRun(store, (await starter()).client, id));
      return (await maskFor(store, principal)).details(shown);
    },
  }),
  route<{ id: string }>({
    id: 'runs.cancel',
    method: 'POST',
    path: '/runs/{id}/cancel',
    role: 'operator',
    summary: 'Ask a run to stop; what it has done stays done',
    params: one,
    reply: answer({ run: answer(runFields) }),
    handle: async ({ store, starter }, { principal, params }) => {
      const { id } = await runOf(store, principal, params.id);
      const running = await starter();
      const run = await stopRun(running, principal, id);
      const mask = await maskFor(store, principal);
      return { run: mask.run(runDocument(await asItIs(running.client, run))) };
    },
  }),
  route<{ id: string }>({
    id: 'runs.rerun',
    method: 'POST',
    path: '/runs/{id}/rerun',
    role: 'operator',
    summary: 'Start a run with the same input again, under a new id that points to the first',
    description: "It spends the authority of the run's owner, which the token has to reach.",
    params: one,
    status: 201,
    reply: answer({
      run: text('id of the new run'),
      workflowId: text("Temporal's id of it"),
      rerunOf: text('the first one'),
    }),
    handle: async ({ store, starter }, { principal, params }) => {
      const first = await runOf(store, principal, params.id);
      await demandOwner(store, principal, first);
      const { run, workflowId } = await repeatRun(await starter(), principal, first);
      return { run, workflowId, rerunOf: first.rerunOf ?? first.id };
    },
  }),
];

/** @throws NotFoundError when the principal can see no such run, SchemaError when several begin so. */
async function runOf(store: Store, principal: Principal, id: string): Promise<RunRow> {
  const found = (await findRuns(store, id, reachOf(principal))).slice();
  // Its workflow id is not told to who does not reach its owner, and so not confirmed either.
  if (id.includes('/') && found[0] && !(await reachesOwner(store, principal, found[0]))) found.pop();
  const [run] = found;
  if (!run) throw new NotFoundError(`there is no run ${id}: \`haloflow runs list\` shows the latest ones`);
  if (found.length > 1) throw new SchemaError(severalRuns(id, found), { details: { field: 'params.id' } });
  return run;
}

/** A client may not spend what belongs to those above it, also where that was spent for it before. */
async function demandOwner(
  { db }: Pick<Store, 'db'>,
  principal: Principal,
  { id, owner }: RunRow,
): Promise<void> {
  if (await reachesOwner({ db }, principal, { owner })) return;
  throw new ForbiddenError(
    `run ${id} spends the authority of an organization above yours: ask somebody there to start it again`,
  );
}

async function reachesOwner(
  { db }: Pick<Store, 'db'>,
  principal: Principal,
  { owner }: Pick<RunRow, 'owner'>,
): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 where ${within(principal, sql`${owner}::text`)}`);
  return rows.length > 0;
}

const asPlace = (value: unknown): Pick<FoundRun, 'startedAtMicros' | 'id'> | null => {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [startedAtMicros, id] = [asNumber(value[0]), asUuid(value[1])];
  return startedAtMicros === null || id === null ? null : { startedAtMicros, id };
};
