/** `/webhooks/<trigger>/<secret>`: the URLs of webhook triggers. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Trigger } from '../triggers/types.ts';
import { storeEvents } from '../triggers/webhooks/store.ts';
import { webhookEvent, webhookKey } from '../triggers/webhooks/delivery.ts';
import { acceptBodies, checkLength, LARGEST_BODY_BYTES, limited } from './bodies.ts';
import { createGate } from './gate.ts';
import { Problem, unauthorized } from './problem.ts';
import { answerOf, decided, resultOf } from './outcome.ts';
import { offeredSecret, secretCheck } from './secrets.ts';
import type { Serving } from './types.ts';

/** Parameters of `webhook`, defaults put in. */
interface WebhookParameters {
  readonly wait: boolean;
  readonly waitSeconds: number;
  readonly maxBodyBytes: number;
  /** Header that holds the delivery key; null: the usual ones. */
  readonly deliveryKey: string | null;
}

const PATHS = ['/webhooks/:trigger', '/webhooks/:trigger/:secret'];

const parametersOf = ({ parameters }: Trigger): WebhookParameters =>
  parameters as unknown as WebhookParameters;

/** Deliveries that touch the database at the same time, which has 10 connections; and those that may wait for it. */
const ROOM = { active: 8, waiting: 500 };

export async function webhookRoutes(server: FastifyInstance, serving: Serving): Promise<void> {
  const { store, configuration } = serving;
  const check = await secretCheck(store.key);
  const gate = createGate(ROOM);
  const callers = new WeakMap<FastifyRequest, Trigger>();
  const triggerOf = (request: FastifyRequest): Trigger => {
    const trigger = callers.get(request);
    if (!trigger) throw unauthorized();
    return trigger;
  };

  async function authenticate(request: FastifyRequest): Promise<Trigger> {
    const { trigger: id } = request.params as { readonly trigger: string };
    const { version } = await configuration.current();
    const triggers = await serving.triggers.at(version);
    const trigger = triggers.find((candidate) => candidate.id === id && candidate.type === 'webhook');
    const knows = await check.matches(trigger?.sealedSecret ?? null, offeredSecret(request));
    if (!knows || !trigger) throw unauthorized();
    return trigger;
  }

  async function checkEnabled(trigger: Trigger): Promise<void> {
    const { organizations } = await configuration.current();
    const owner = organizations.find(({ slug }) => slug === trigger.organization);
    if (trigger.enabled && owner?.enabled === true) return;
    const what = trigger.enabled ? `organization ${trigger.organization}` : `trigger ${trigger.id}`;
    throw new Problem(409, 'Conflict', `${what} is disabled: nothing was stored, and nothing will run`);
  }

  await acceptBodies(server);
  for (const url of PATHS) {
    server.route({
      method: 'POST',
      url,
      bodyLimit: LARGEST_BODY_BYTES,
      onRequest: async (request) => {
        const trigger = await gate.run(() => authenticate(request));
        await checkEnabled(trigger);
        checkLength(request, parametersOf(trigger).maxBodyBytes);
        callers.set(request, trigger);
      },
      preParsing: async (request, _reply, payload) =>
        limited(payload, parametersOf(triggerOf(request)).maxBodyBytes),
      handler: async (request, reply) => {
        const trigger = triggerOf(request);
        const { wait, waitSeconds, deliveryKey } = parametersOf(trigger);
        const { method, headers, query, body } = request;
        const { organization } = query as { readonly organization?: unknown };
        const row = await gate.run(async () => {
          const [stored] = await storeEvents(store, [
            {
              trigger: trigger.id,
              key: webhookKey(headers, deliveryKey),
              source: 'webhook',
              payload: webhookEvent({ method, headers, query, body }),
              ...(typeof organization === 'string' && organization !== '' ? { organization } : {}),
            },
          ]);
          if (!stored) throw new Error(`the event of trigger ${trigger.id} is neither new nor there`);
          return await decided(serving, stored);
        });
        if (!wait || row.status !== 'accepted' || row.workflowId === null) {
          return reply.code(202).send(answerOf(row));
        }
        const answer = answerOf(row);
        const result = await resultOf(serving, row.workflowId, waitSeconds);
        if (!result) return reply.code(202).send(answer);
        return reply.code(200).send({ event: row.id, run: answer.runs[0], result: result.value ?? null });
      },
    });
    server.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      // Nothing of it is looked at.
      onRequest: async () => {
        throw new Problem(405, 'Method Not Allowed', 'webhooks are called with POST', {
          headers: { allow: 'POST' },
        });
      },
      handler: async () => undefined,
    });
  }
}
