/** Reports by hand that a Halo was restored from a backup. */
import { audit } from '../../../access/audit.ts';
import type { Principal } from '../../../access/principal.ts';
import { ForbiddenError } from '../../../errors.ts';
import { getConnection } from '../../../organizations/connections.ts';
import { isAtOrBelow } from '../../../organizations/tree.ts';
import type { Configuration } from '../../../organizations/types.ts';
import { askingTheSame } from '../../../triggers/feeds/generation.ts';
import { planRestored, sayRestored } from '../../../triggers/feeds/sayRestored.ts';
import type { RestoredPlan } from '../../../triggers/feeds/sayRestored.ts';
import { answer, flag, listOf, moment, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

interface Body {
  readonly since?: string;
  readonly firstId?: number;
  readonly otherDatabase: boolean;
  readonly plan: boolean;
}

export const connectionRestoredRoutes = [
  route<{ id: string }, object, Body>({
    id: 'connections.restored',
    method: 'POST',
    path: '/connections/{id}/restored',
    role: 'admin',
    summary: 'Report that the Halo of a connection was restored from a backup',
    description:
      'A feed detects this by itself. From the first id on, records belong to a new generation: they start runs even if ' +
      'their numbers have run before. This applies to every connection to that Halo in the organization tree, so a token ' +
      'that does not reach all of them is refused (403).',
    params: { properties: { id: slug('its name in commands and files') } },
    body: {
      properties: {
        since: moment(
          'records created in Halo after this are new; default: the last successful poll of a feed',
        ),
        firstId: whole('the first new id; default: the smallest id created since', {
          minimum: 1,
          maximum: 2 ** 31 - 1,
        }),
        otherDatabase: {
          ...flag('it is a different database, as when a test Halo was refreshed'),
          default: false,
        },
        plan: { ...flag('only return what it would do'), default: false },
      },
      optional: 'all',
    },
    reply: answer({
      done: flag('false with `plan`'),
      halo: text('the Halo'),
      connections: listOf(slug('a connection to it')),
      generation: whole('the number of the new generation'),
      firstId: whole('the first id that belongs to it'),
      otherDatabase: flag('whether it is a different database'),
      since: moment('records created after this are new'),
      wentBack: orNull(
        answer({
          generation: whole('its number; the same as `generation` if this report is about the same restore'),
          firstId: whole('the first id that belongs to it'),
          at: moment('when a feed noticed it, or an admin reported it'),
        }),
      ),
      records: whole('tickets, projects and opportunities that already belong to it'),
    }),
    handle: async (control, { principal, params, body }) => {
      const { organization } = await getConnection(control.store.db, principal, params.id);
      demandAll(await control.configuration.current(), principal, params.id);
      const request = {
        connection: params.id,
        since: body.since === undefined ? undefined : new Date(body.since),
        firstId: body.firstId,
        isOther: body.otherDatabase,
        by: principal.actor,
      };
      if (body.plan) return shown(await planRestored(control, request), false);
      const said = await sayRestored(control, {
        ...request,
        onSaid: (tx, plan) =>
          audit(tx, principal, {
            action: 'connections.restored',
            object: `connection ${params.id}`,
            organization,
            after: shown(plan, true),
          }),
      });
      return shown(said, true);
    },
  }),
];

const shown = ({ isOther, since, wentBack, ...plan }: RestoredPlan, done: boolean) => ({
  ...plan,
  wentBack: wentBack && {
    generation: wentBack.generation,
    firstId: wentBack.firstId,
    at: wentBack.noticedAt.toISOString(),
  },
  done,
  otherDatabase: isOther,
  since: since.toISOString(),
});

/** A new generation affects every connection to that Halo in the tree, so the principal must reach them all. */
function demandAll(configuration: Configuration, { actor, organization }: Principal, id: string): void {
  const connection = configuration.connections.find((one) => one.id === id);
  if (organization === null || !connection) return;
  const ids = new Set(askingTheSame(configuration, connection));
  const beyond = configuration.connections.filter(
    (one) => ids.has(one.id) && !isAtOrBelow(configuration, one.organization, organization),
  );
  if (beyond.length === 0) return;
  throw new ForbiddenError(
    `other connections to the Halo of ${id} are out of reach of ${actor}: use a token for an organization above all of them`,
  );
}
