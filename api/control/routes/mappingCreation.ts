/** Organizations made from Halo's clients, and Halo clients made from organizations. */
import { createClients } from '../../../organizations/mapping/createClients.ts';
import type { CreateClient } from '../../../organizations/mapping/createClients.ts';
import { createOrganizations } from '../../../organizations/mapping/createOrganizations.ts';
import type { Creating } from '../../../organizations/mapping/createOrganizations.ts';
import { createOnce } from '../../../triggers/createOnce.ts';
import { answer, flag, listOf, oneOf, orNull, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';
import { asking, haloId, onConnection } from './mappingShapes.ts';
import type { OnConnection } from './mappingShapes.ts';

/** Of one new client; the run goes on after that. */
const WAIT_MS = 60_000;
/** So many in one request. */
const MOST_CLIENTS = 100;

const someOf = (items: object, description: string) => ({
  type: 'array',
  maxItems: 10_000,
  items,
  description,
});

export const mappingCreationRoutes = [
  route<OnConnection, object, Creating>({
    id: 'mappings.create-organizations',
    method: 'POST',
    path: '/connections/{connection}/mappings/organizations',
    role: 'admin',
    summary: 'Make an organization of each unmapped client, and map it',
    description:
      'Committed 200 at a time: who is interrupted does the same again. A client that an organization seems to be already is skipped.',
    params: { properties: onConnection },
    body: {
      properties: {
        inactive: oneOf(['exclude', 'include', 'only'], 'what of inactive clients; default exclude'),
        type: text("only of this kind of customer, as Halo's list has it"),
        name: text('only with this in their names'),
        clients: someOf(haloId("Halo's id"), 'only these'),
        parent: slug("what they are below: the connection's owner (default), or one below it"),
        tags: someOf(text('a tag'), 'what they are tagged with'),
        anyway: flag('also where an organization seems to be the client already'),
        refresh: flag('ask Halo for its clients, even where the last list is younger than 15 minutes'),
        plan: flag('say what would be made, and change nothing'),
      },
      optional: 'all',
    },
    reply: answer({
      created: listOf(
        answer({
          organization: slug('of the new organization'),
          name: text("its name, which is the client's"),
          client: haloId("Halo's id of the client"),
        }),
      ),
      skipped: listOf(
        answer({
          client: haloId("Halo's id"),
          name: text('as Halo calls it'),
          organization: slug('what it seems to be'),
          score: { type: 'number', description: 'how well they fit' },
        }),
      ),
      unknown: listOf(haloId("Halo's id"), 'only there when `clients` names some that Halo does not list'),
    }),
    handle: async (control, asked) => await createOrganizations(asking(control, asked), asked.body),
  }),
  route<
    OnConnection,
    object,
    { organizations?: readonly string[]; tags?: readonly string[]; limit?: number; plan?: boolean }
  >({
    id: 'mappings.create-clients',
    method: 'POST',
    path: '/connections/{connection}/mappings/clients',
    role: 'editor',
    summary: 'Create a Halo client for each unmapped organization, and map it',
    description:
      'Each client is created by a run, through the write ledger, and once for each organization and connection, however often this is asked. Organizations of which Halo has a client of the same name are skipped.',
    params: { properties: onConnection },
    body: {
      properties: {
        organizations: someOf(slug('an organization'), 'only these'),
        tags: someOf(text('a tag'), 'only with one of these tags'),
        limit: whole('at most so many', { minimum: 1, maximum: MOST_CLIENTS, default: 25 }),
        plan: flag('say which would be created, and change nothing'),
      },
      optional: 'all',
    },
    reply: answer({
      created: listOf(
        answer({
          organization: slug('the organization'),
          name: text('its name'),
          client: orNull(haloId("Halo's id of the client; null in a plan")),
        }),
      ),
      skipped: listOf(
        answer({
          organization: slug('the organization'),
          client: haloId("Halo's id of a client that it seems to be"),
          name: text('as Halo calls it'),
        }),
      ),
      failed: listOf(answer({ organization: slug('the organization'), reason: text('why') })),
      remaining: whole('organizations beyond the limit: ask again'),
    }),
    handle: async (control, asked) => {
      const { connection } = asked.params;
      const creator = async (): Promise<CreateClient> => {
        const starter = await control.starter();
        return async (request) =>
          await createOnce(starter, await control.configuration.current(), {
            connection,
            action: 'clients.create',
            ...request,
            startedBy: 'mappings',
            waitMs: WAIT_MS,
          });
      };
      return await createClients(asking(control, asked), creator, { limit: 25, ...asked.body });
    },
  }),
];
