/** Connections to Halo: their secrets go in and never come out. */
import { unbroken } from '../../../configuration/apply/unbroken.ts';
import {
  changeConnection,
  createConnection,
  deleteConnection,
} from '../../../organizations/changeConnections.ts';
import { connectionAfter } from '../../../organizations/connectionAfter.ts';
import type { ConnectionChanges, NewConnection } from '../../../organizations/connectionInput.ts';
import { getConnection, listConnections } from '../../../organizations/connections.ts';
import { LONGEST_WINDOW_SECONDS, MOST_REQUESTS } from '../../../organizations/rateLimit.ts';
import { STEPS } from '../../../organizations/checkReport.ts';
import { SchemaError } from '../../../errors.ts';
import { demandSameHalo } from '../../../triggers/feeds/recognise.ts';
import { asName, onePage, positionOf } from '../cursor.ts';
import { checkNames } from '../names.ts';
import {
  answer,
  flag,
  listOf,
  moment,
  next,
  object,
  oneOf,
  orNull,
  origin,
  paging,
  slug,
  text,
  whole,
} from '../schema.ts';
import { route } from '../types.ts';

const positive = (description: string, maximum: number) => whole(description, { minimum: 1, maximum });

const fields = {
  organization: slug('whose it is'),
  default: flag('whether it is what its organization uses; the first one always is'),
  enabled: flag('whether runs use it and feeds are polled; default true'),
  resourceServer: text('the address of Halo, in any form: northwind.halopsa.com', { maxLength: 2000 }),
  authServer: orNull(
    text('the address of its authorization server; null: as Halo says', { maxLength: 2000, minLength: 0 }),
  ),
  tenant: orNull(text('the tenant of a hosted Halo; null: as Halo says', { minLength: 0 })),
  onPremise: flag('an own Halo: private addresses, short names and plain http are allowed'),
  clientId: text('of the application in Halo'),
  scope: text('scopes to ask for, separated by spaces', { maxLength: 2000 }),
  writeSettleSeconds: orNull(
    positive('how long a write whose reply was lost is waited for; null: the default', 3600),
  ),
} as const;

const limits = {
  requests: positive('number of requests, at least one in 10 seconds', MOST_REQUESTS),
  perSeconds: positive('the window of that number, in seconds', LONGEST_WINDOW_SECONDS),
} as const;

const secret = text('the secret of the application; never shown again', { maxLength: 4000 });
const id = slug('its name in commands and files');
const params = { properties: { id } };

const connection = answer({
  id,
  ...fields,
  rateLimit: answer(limits),
  catchAll: orNull(slug('the organization that stands for clients without a mapping')),
  origin,
  createdAt: moment('when'),
});

const changeable = {
  ...fields,
  clientSecret: secret,
  rateLimit: object({ properties: limits, optional: 'all' }),
} as const;

const sameHalo = flag(
  'about a new resourceServer: true, it is the same Halo under another name, so feeds and keys continue; false, it is a different Halo',
);

const report = answer({
  connection: id,
  organization: slug('whose it is'),
  host: text('host and port of Halo'),
  ok: flag('whether no step failed'),
  steps: listOf(
    answer({
      step: oneOf(STEPS, 'what was looked at'),
      verdict: oneOf(['pass', 'warn', 'fail'], 'how it is'),
      seen: text('what was seen'),
      remedy: orNull(text('what to do')),
    }),
  ),
  skipped: listOf(text('a step that could not be taken, because one before it failed')),
  needs: answer({
    scopes: listOf(
      answer({
        scope: text('to tick in Halo'),
        granted: { type: ['boolean', 'null'], description: 'null: Halo did not say' },
        because: listOf(text('what needs it')),
      }),
    ),
    rights: listOf(text('of the agent behind the application')),
    triggers: listOf(answer({ trigger: text('an enabled one'), workflow: text('what it starts') })),
    unseen: listOf(text('what of the workflows cannot be seen without running them')),
  }),
});

export const connectionRoutes = [
  route<object, { organization?: string; limit: number; cursor?: string }>({
    id: 'connections.list',
    method: 'GET',
    path: '/connections',
    role: 'viewer',
    summary: 'The connections of your organizations, by id',
    query: {
      properties: {
        organization: slug(
          'only those of this organization and the ones below it, and those it is mapped on',
        ),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({ connections: listOf(connection), next }),
    handle: async ({ store }, { principal, query: { cursor, limit, ...filters } }) => {
      await checkNames(store, principal, filters);
      const after = positionOf(cursor, asName);
      const found = await listConnections(store, principal, { ...filters, after, limit: limit + 1 });
      const { page, next } = onePage(found, limit, ({ id }) => id);
      return { connections: page, next };
    },
  }),
  route<{ id: string }>({
    id: 'connections.get',
    method: 'GET',
    path: '/connections/{id}',
    role: 'viewer',
    summary: 'One connection',
    params,
    reply: answer({ connection }),
    handle: async ({ store }, { principal, params: asked }) => ({
      connection: await getConnection(store.db, principal, asked.id),
    }),
  }),
  route<object, object, NewConnection>({
    id: 'connections.create',
    method: 'POST',
    path: '/connections',
    role: 'admin',
    summary: 'Make a connection; the reply has its addresses as they are stored',
    body: {
      properties: { id, ...changeable },
      optional: [
        'default',
        'enabled',
        'authServer',
        'tenant',
        'onPremise',
        'scope',
        'rateLimit',
        'writeSettleSeconds',
      ],
    },
    status: 201,
    reply: answer({ connection }),
    handle: async ({ store, connector }, { principal, body }) => ({
      connection: await createConnection({ store, principal, connector }, body),
    }),
  }),
  route<{ id: string }, object, ConnectionChanges>({
    id: 'connections.change',
    method: 'PATCH',
    path: '/connections/{id}',
    role: 'admin',
    summary: 'Change a connection',
    description:
      'It cannot pass to another organization while triggers or mappings use it (409). With `enabled: false` calls fail ' +
      'with a ConfigurationError, feeds rest and events wait; with `enabled: true` they continue where they were. ' +
      'A new `resourceServer` is a different Halo, unless `sameHalo: true` says that it is the same under another name: ' +
      'then haloflow reads up to three known records there, and refuses the change (409) if they are different ones.',
    params,
    body: { properties: { ...changeable, sameHalo }, optional: 'all' },
    reply: answer({ connection }),
    handle: async (control, { principal, params: asked, body }) => {
      const { store, connector } = control;
      if (body.sameHalo !== undefined && body.resourceServer === undefined) {
        throw new SchemaError(
          'body.sameHalo: it applies only to a new resourceServer; pass body.resourceServer too, or leave it out',
          {
            details: { field: 'body.sameHalo' },
          },
        );
      }
      if (body.sameHalo === true) {
        await demandSameHalo(control, await connectionAfter({ store, principal, connector }, asked.id, body));
      }
      return {
        connection: await changeConnection(
          { store, principal, connector, guarded: unbroken },
          asked.id,
          body,
        ),
      };
    },
  }),
  route<{ id: string }, { withMappings: boolean }>({
    id: 'connections.delete',
    method: 'DELETE',
    path: '/connections/{id}',
    role: 'admin',
    summary: 'Delete a connection that nothing uses',
    description: 'Refused (409) with `triggers` and `mappings` while some use it.',
    params,
    query: {
      properties: { withMappings: { ...flag('delete its mappings, too'), default: false } },
      optional: 'all',
    },
    reply: answer({ connection }),
    handle: async ({ store }, { principal, params: asked, query }) => ({
      connection: await deleteConnection({ store, principal, guarded: unbroken }, asked.id, query),
    }),
  }),
  route<{ id: string }>({
    id: 'connections.check',
    method: 'POST',
    path: '/connections/{id}/check',
    role: 'operator',
    summary: 'Look at a connection step by step, and say what is wrong and what to do',
    description: 'Asks Halo within the rate budget and writes nothing there.',
    params,
    reply: answer({ report }),
    handle: async ({ store, connector }, { principal, params: asked, signal }) => {
      const found = await getConnection(store.db, principal, asked.id);
      return { report: await connector.check(found.id, { signal, reach: principal.organization }) };
    },
  }),
];
