import { PAYLOADS } from '../payload.ts';
import { isText, is } from '../rest/filters.ts';
import { bareText, exception } from '../rest/refusal.ts';
import type { Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { live, need, words } from './shared.ts';

const pleaseUrl = bareText('Please enter a valid URL');

/** `events` is read-only: events are bound to a webhook by notifications. */
export const webhooks: Resource = {
  route: 'Webhook',
  area: 'webhooks',
  table: 'webhooks',
  tableOptions: { ids: 'guid' },
  guid: 400,
  list: {
    items: null,
    paging: 'none',
    filters: [is('type')],
    search: ['name', 'url'],
  },
  computed: {
    events: (row, context) =>
      live(context, 'notifications', (entry) => entry['webhook_id'] === row['id']).map((entry) => ({
        id: entry['eventno'],
        name: context.db.table('lookups').get(`64/${String(entry['eventno'])}`)?.['name'] ?? '',
      })),
  },
  write: {
    types: {
      id: 'text',
      url: 'text',
      type: 'integer',
      method: 'integer',
      active: 'boolean',
      payload_type: 'integer',
      custom_payload: 'text',
    },
    needs: [need('name', bareText('Please enter a name')), need('url', pleaseUrl)],
    defaults: () => ({
      type: 0,
      method: 0,
      content_type: 'application/json',
      active: true,
      authentication_type: 0,
      basic_username: '',
      payload_type: PAYLOADS.full,
      custom_payload: '',
      batch_method: 0,
      notify_on_failure: false,
      last_status: 0,
    }),
    finish: (row) => {
      if (!URL.canParse(String(row['url']))) throw pleaseUrl;
      return row;
    },
  },
  remove: {
    after: (row, context) => {
      const bound = live(context, 'notifications', (entry) => entry['webhook_id'] === row['id']);
      for (const entry of bound) context.db.table('notifications').remove(entry);
    },
  },
};

export const notifications: Resource = {
  route: 'Notification',
  area: 'webhooks',
  table: 'notifications',
  list: {
    items: null,
    paging: 'none',
    filters: [isText('webhook_id'), is('agent_id')],
  },
  write: {
    types: {
      eventno: 'integer',
      type: 'integer',
      delivery_method: 'integer',
      filter_type: 'integer',
      webhook_id: 'text',
    },
    needs: [need('eventno', exception('Please select an Event'))],
    defaults: (_input, context) => ({
      name: '',
      agent_id: context.agentId,
      type: -2,
      delivery_method: 6,
      filter_type: 2,
      conditions: [],
    }),
    finish: (row: Row, _before, _input, { db }) => {
      const webhook = row['webhook_id'];
      if (typeof webhook === 'string' && !db.table('webhooks').get(webhook)) {
        throw exception('The Webhook does not exist');
      }
      return row;
    },
  },
  remove: {},
};

/** Deliveries of webhooks, as they went. */
export const webhookEvents: Resource = {
  route: 'WebhookEvent',
  area: 'webhooks',
  table: 'webhookevents',
  tableOptions: { ids: 'guid' },
  guid: 400,
  list: {
    items: 'events',
    paging: 'paged',
    fields: words('id webhook_id notification_id timestamp status duration responsestatus entity_id error'),
    filters: [isText('webhook_id')],
    order: { field: 'timestamp', descending: true },
  },
  write: null,
  remove: null,
};
