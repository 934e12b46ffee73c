/** A Halo that was restored from a backup, said by hand. */
import { audit } from '../../../access/audit.ts';
import type { Principal } from '../../../access/principal.ts';
import { ForbiddenError } from '../../../errors.ts';
import { getConnection } from '../../../organizations/connections.ts';
import { isAtOrBelow } from '../../../organizations/tree.ts';
import type { Configuration } from '../../../organizations/types.ts';
import { askingTheSame } from '../../../triggers/feeds/generation.ts';
import { planRestored, sayRestored } from '../../../triggers/feeds/sayRestored.ts';
import type { RestoredPlan } from '../../../triggers/feeds/sayRestored.ts';
import { answer, flag, listOf, moment, slug, text, whole } from '../schema.ts';
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
    summary: 'Say that the Halo of a connection went back, as after a restore from a backup',
    description:
      'A feed notices it by itself. From the first id on, records are of a new generation: they start runs although ' +
      'their numbers were there before. It holds for every connection of the tree of organizations that asks that Halo, ' +
      'so a token that does not reach all of them is refused (403).',
    params: { properties: { id: slug('its name in commands and files') } },
    body: {
      properties: {
        since: moment('what was made in Halo after this is new; left out: the last good poll of a feed'),
        firstId: whole('the first id that is new; left out: the smallest of what was made since', {
          minimum: 1,
          maximum: 2 ** 31 - 1,
        }),
        otherDatabase: {
          ...flag('it is another database, as of a test Halo that was refreshed'),
          default: false,
        },
        plan: { ...flag('only say what it would do'), default: false },
      },
      optional: 'all',
    },
    reply: answer({
      done: flag('false with `plan`'),
      halo: text('the Halo'),
      connections: listOf(slug('one that asks it')),
      generation: whole('the number of the new generation'),
      firstId: whole('from which id on records are of it'),
      otherDatabase: flag('whether it is another database'),
      since: moment('what was made after this is new'),
      records: whole('tickets, projects and opportunities that are of it already'),
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

const shown = ({ isOther, since, ...plan }: RestoredPlan, done: boolean) => ({
  ...plan,
  done,
  otherDatabase: isOther,
  since: since.toISOString(),
});

/** Nobody moves the generation of a Halo under connections that they do not reach. */
function demandAll(configuration: Configuration, { actor, organization }: Principal, id: string): void {
  const connection = configuration.connections.find((one) => one.id === id);
  if (organization === null || !connection) return;
  const ids = new Set(askingTheSame(configuration, connection));
  const beyond = configuration.connections.filter(
    (one) => ids.has(one.id) && !isAtOrBelow(configuration, one.organization, organization),
  );
  if (beyond.length === 0) return;
  throw new ForbiddenError(
    `the Halo of ${id} is asked by connections that ${actor} does not reach: an admin of an organization above them says it`,
  );
}
