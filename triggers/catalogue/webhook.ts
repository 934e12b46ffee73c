import type { TriggerDeclaration } from './types.ts';
import { eventSchema } from './eventSchema.ts';

/** What common senders put the key of a delivery into, so that a delivery that they repeat is known. */
const KEY_HEADERS = [
  'idempotency-key',
  'x-idempotency-key',
  'x-delivery-id',
  'webhook-id',
  'x-webhook-id',
  'x-github-delivery',
];

const event = eventSchema(
  'WebhookDelivery',
  {
    method: { description: 'The HTTP method.', type: 'string' },
    headers: {
      description: 'The headers by lower-case name, without those that hold credentials.',
      type: 'object',
      additionalProperties: true,
    },
    query: { description: 'The query parameters.', type: 'object', additionalProperties: true },
    body: { description: 'The body: JSON as it was sent, or the fields of a form.' },
  },
  { required: ['method', 'headers', 'query', 'body'] },
);

export const webhook: TriggerDeclaration = {
  type: 'webhook',
  title: 'Webhook',
  description: 'Starts when a JSON or form body is sent to its URL, which holds a secret.',
  source: 'webhook',
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      wait: {
        description: "Answer with the workflow's result instead of 202 and the ids of the runs.",
        type: 'boolean',
        default: false,
      },
      waitSeconds: {
        description: 'With `wait`: how long; then the answer is 202 and the run goes on.',
        type: 'integer',
        minimum: 1,
        maximum: 300,
        default: 30,
      },
      maxBodyBytes: {
        description:
          'The largest body that is taken. A run can be started with 2 MB, the event around it included.',
        type: 'integer',
        minimum: 1,
        maximum: 1_572_864,
        default: 1_048_576,
      },
      deliveryKey: {
        description: "Where the sender's key of a delivery is: the same key twice starts nothing new.",
        type: 'object',
        additionalProperties: false,
        properties: {
          headers: {
            description: 'Names of headers; the first that is there counts.',
            type: 'array',
            items: { type: 'string', pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" },
            default: KEY_HEADERS,
          },
          body: {
            description: 'Without such a header: a dot path in the body, such as `alert.id`.',
            type: ['string', 'null'],
            default: null,
          },
        },
      },
    },
  },
  normalise: (parameters) => {
    const deliveryKey = parameters['deliveryKey'] as { readonly headers: readonly string[] };
    const headers = deliveryKey.headers.map((header) => header.toLowerCase());
    return { ...parameters, deliveryKey: { ...deliveryKey, headers } };
  },
  event: () => event,
};
