/** `/halo/<connection>/<secret>`: where Halo's own webhooks deliver. */
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { haloWebhooks } from '../store/schema/triggers.ts';
import { retrying } from '../store/store.ts';
import { storable } from '../store/text.ts';
import { deliveriesIn } from '../triggers/webhooks/haloDelivery.ts';
import { takeDeliveries } from '../triggers/webhooks/haloIntake.ts';
import type { Taken } from '../triggers/webhooks/haloIntake.ts';
import { haloCaller } from '../triggers/webhooks/refusals.ts';
import { PATIENCE } from '../triggers/webhooks/store.ts';
import { parseHaloBody } from '../triggers/webhooks/parse.ts';
import { createTicketKinds } from '../triggers/webhooks/ticketKind.ts';
import { checkEncoding } from './bodies.ts';
import { charsetOf, textIn } from './charset.ts';
import { createGate } from './gate.ts';
import { Problem, unauthorized } from './problem.ts';
import { noteRefusals } from './refusals.ts';
import { answerLooks, withSlashes } from './looks.ts';
import { offeredSecret, secretCheck } from './secrets.ts';
import { createSharers } from './sharers.ts';
import type { Serving } from './types.ts';

/** Tickets with their texts, and batches of them. */
const LARGEST_BODY_BYTES = 5_000_000;
const ROOM = { active: 8, waiting: 500 };
const PATHS = withSlashes(['/halo/:connection', '/halo/:connection/:secret']);

export async function haloWebhookRoutes(server: FastifyInstance, serving: Serving): Promise<void> {
  const { store } = serving;
  const check = await secretCheck(store.key);
  const gate = createGate(ROOM);
  const sharers = createSharers();
  const kinds = createTicketKinds(serving.halo);
  const callers = new WeakMap<FastifyRequest, string>();
  noteRefusals(server, serving, (request) => callers.get(request));
  // Templates come under any content type, JSON's most of all.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => haloText(request.headers['content-type'] ?? '', body),
  );

  async function authenticate(request: FastifyRequest): Promise<void> {
    const { connection } = request.params as { readonly connection: string };
    // Postgres' text has no U+0000.
    const named = eq(haloWebhooks.connection, storable(connection));
    const [row] = await gate.run(sharers.of(connection), () =>
      retrying(() => store.db.select().from(haloWebhooks).where(named), PATIENCE),
    );
    const knows = await check.matches(row?.sealedSecret ?? null, offeredSecret(request));
    if (!knows) throw unauthorized();
  }

  for (const url of PATHS) {
    server.route<{ Params: { connection: string }; Querystring: { event?: string | string[] } }>({
      method: 'POST',
      url,
      bodyLimit: LARGEST_BODY_BYTES,
      onRequest: async (request) => {
        await authenticate(request);
        callers.set(request, haloCaller(request.params.connection));
        checkEncoding(request);
      },
      handler: async (request, reply) => {
        const parsed = parseHaloBody(typeof request.body === 'string' ? request.body : '');
        if ('problem' in parsed) {
          const brief = 'the body is neither JSON nor a template';
          throw new Problem(400, 'Bad Request', parsed.problem, { brief });
        }
        const deliveries = deliveriesIn(parsed.value, [request.query.event ?? []].flat()[0] ?? null);
        if ('problem' in deliveries) throw new Problem(400, 'Bad Request', deliveries.problem);
        const { connection } = request.params;
        const take = async (): Promise<Taken> => {
          const configuration = await serving.configuration.current();
          sharers.learn(configuration, configuration.connections);
          const triggers = await serving.triggers.at(configuration.version);
          return await takeDeliveries({ store, configuration, triggers, connection, kinds }, deliveries);
        };
        const taken = await gate.run(sharers.of(connection), () => retrying(take, PATIENCE));
        return reply.code(202).send(taken);
      },
    });
    answerLooks(server, url, authenticate);
  }
}

/** Halo sends nothing twice: a charset that nobody knows is no reason to refuse what it sends. */
function haloText(contentType: string, body: Buffer): string {
  try {
    return textIn(charsetOf(contentType, body), body);
  } catch {
    return textIn('utf-8', body);
  }
}
