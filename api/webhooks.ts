/** `/webhooks/<trigger>/<secret>`: the URLs of `webhook` and `always-pass` triggers. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isAtOrBelow } from '../organizations/tree.ts';
import type { Configuration } from '../organizations/types.ts';
import type { Trigger, WebhookParameters } from '../triggers/types.ts';
import { retrying } from '../store/store.ts';
import { PATIENCE, storeEvents } from '../triggers/webhooks/store.ts';
import { webhookEvent, webhookKey } from '../triggers/webhooks/delivery.ts';
import { hasUrl } from '../triggers/webhooks/urls.ts';
import { acceptBodies, checkEncoding, checkLength, LARGEST_BODY_BYTES, limited } from './bodies.ts';
import { createDeciding } from './deciding.ts';
import { createGate } from './gate.ts';
import { Problem, unauthorized } from './problem.ts';
import { answerOf, decided, resultsOf } from './outcome.ts';
import { noteRefusals } from './refusals.ts';
import { RECORD_PARAMETERS, recordOf } from './record.ts';
import { answerLooks, withSlashes } from './looks.ts';
import { offeredSecret, secretCheck } from './secrets.ts';
import { createSharers } from './sharers.ts';
import type { Serving } from './types.ts';

const PATHS = withSlashes(['/webhooks/:trigger', '/webhooks/:trigger/:secret']);

const parametersOf = ({ type, parameters }: Trigger): WebhookParameters =>
  type === 'webhook' ? (parameters as unknown as WebhookParameters) : RECORD_PARAMETERS;

/** Deliveries that touch the database at the same time, whose pool has 10 connections; and those that may wait for it. */
const ROOM = { active: 8, waiting: 500 };

export async function webhookRoutes(server: FastifyInstance, serving: Serving): Promise<void> {
  const { store, configuration } = serving;
  const check = await secretCheck(store.key);
  const gate = createGate(ROOM);
  const starts = createGate(ROOM);
  const deciding = createDeciding(serving);
  const sharers = createSharers();
  const callers = new WeakMap<FastifyRequest, Trigger>();
  const triggerOf = (request: FastifyRequest): Trigger => {
    const trigger = callers.get(request);
    if (!trigger) throw unauthorized();
    return trigger;
  };

  async function authenticate(request: FastifyRequest): Promise<Trigger> {
    const { trigger: id } = request.params as { readonly trigger: string };
    const current = await configuration.current();
    const triggers = await serving.triggers.at(current.version);
    sharers.learn(current, triggers);
    const trigger = triggers.find((candidate) => candidate.id === id && hasUrl(candidate.type));
    const knows = await check.matches(trigger?.sealedSecret ?? null, offeredSecret(request));
    if (!knows || !trigger) throw unauthorized();
    return trigger;
  }

  const enter = (request: FastifyRequest): Promise<Trigger> =>
    gate.run(sharers.of(namedTrigger(request)), () => retrying(() => authenticate(request), PATIENCE));

  async function checkEnabled(trigger: Trigger): Promise<void> {
    const { organizations } = await configuration.current();
    const owner = organizations.find(({ slug }) => slug === trigger.organization);
    if (trigger.enabled && owner?.enabled === true) return;
    const what = trigger.enabled ? `organization ${trigger.organization}` : `trigger ${trigger.id}`;
    throw new Problem(409, 'Conflict', `${what} is disabled: nothing was stored, and nothing will run`);
  }

  const bodies = acceptBodies(server);
  noteRefusals(server, serving, (request) => callers.get(request)?.id);
  for (const url of PATHS) {
    server.route({
      method: 'POST',
      url,
      bodyLimit: LARGEST_BODY_BYTES,
      onRequest: async (request) => {
        const trigger = await enter(request);
        callers.set(request, trigger);
        await checkEnabled(trigger);
        checkEncoding(request);
        checkLength(request, parametersOf(trigger).maxBodyBytes);
      },
      preParsing: async (request, _reply, payload) =>
        limited(payload, parametersOf(triggerOf(request)).maxBodyBytes),
      handler: async (request, reply) => {
        const trigger = triggerOf(request);
        const { wait, waitSeconds, deliveryKey } = parametersOf(trigger);
        const { method, headers, query, body } = request;
        const call = { method, headers, query, body, loss: bodies.lossOf(request) };
        const organization = namedOrganization(await configuration.current(), trigger, query);
        const payload =
          trigger.type === 'webhook' ? webhookEvent(call) : recordOf(headers['content-type'], body);
        const sharer = sharers.of(trigger.id);
        const row = await gate.run(sharer, async () => {
          const [stored] = await storeEvents(store, [
            {
              trigger: trigger.id,
              key: webhookKey(call, deliveryKey),
              source: 'webhook',
              payload,
              ...(organization === null ? {} : { organization }),
            },
          ]);
          if (!stored) throw new Error(`the event of trigger ${trigger.id} is neither new nor there`);
          return stored;
        });
        const waiting: Serving = {
          ...serving,
          dispatch: (ids) => starts.run(sharer, () => serving.dispatch(ids)),
        };
        const answer = answerOf(wait ? await decided(waiting, row) : await deciding.rowsOf(sharer, row));
        const results = wait && answer.runs.length > 0 ? await resultsOf(serving, answer, waitSeconds) : null;
        return results ? reply.code(200).send(results) : reply.code(202).send(answer);
      },
    });
    answerLooks(server, url, enter);
  }
}

/** Before anybody knows whether there is such a trigger. */
const namedTrigger = (request: FastifyRequest): string =>
  (request.params as { readonly trigger: string }).trigger;

/** Whom the caller wants it to run for: who is beside the trigger's owner would see the event. Throws a 400. */
function namedOrganization(configuration: Configuration, trigger: Trigger, query: unknown): string | null {
  const { organization } = query as { readonly organization?: unknown };
  if (organization === undefined || organization === '') return null;
  const isOne = typeof organization === 'string';
  if (isOne && isAtOrBelow(configuration, organization, trigger.organization)) return organization;
  const detail = isOne
    ? 'this trigger cannot run for the organization in the URL: name its owner or an organization below it'
    : 'the query parameter organization must be the slug of one organization';
  throw new Problem(400, 'Bad Request', detail);
}
