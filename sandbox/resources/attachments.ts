import { asText } from '../rest/text.ts';
import { empty } from '../http/reply.ts';
import { haloDate } from '../rest/dates.ts';
import { checkedId } from '../rest/dispatch.ts';
import { findRecord } from '../rest/read.ts';
import { is } from '../rest/filters.ts';
import { exception, Refusal } from '../rest/refusal.ts';
import type { Context, Resource } from '../rest/resource.ts';
import { BYTES, CHANGED, type Row } from '../rest/table.ts';
import { asNumber, change, need, words } from './shared.ts';

/** Attachment types: what `unique_id` points to. */
const TICKET_TYPE = 0;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const extension = (filename: unknown): string => String(filename).toLowerCase().split('.').at(-1) ?? '';

/** The bytes of `data_base64`: base64, or a data URL. Throws a 400 for anything else and 413 over the cap. */
function decode(data: unknown, context: Context): Buffer {
  const base64 = asText(data)
    .replace(/^data:[^,]*,/, '')
    .replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(base64)) {
    throw exception('The input is not a valid Base-64 string as it contains a non-base 64 character');
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > context.settings.attachmentCapBytes) throw new Refusal(empty(413));
  return bytes;
}

function contentType(data: unknown, filename: unknown): string {
  const named = /^data:([\w.+-]+\/[\w.+-]+)[;,]/.exec(asText(data))?.[1];
  return named ?? CONTENT_TYPES[extension(filename)] ?? 'application/octet-stream';
}

function finish(row: Row, before: Row | null, input: Row, context: Context): Row {
  const { data_base64: data, ...metadata } = row;
  const ticketId =
    asNumber(row['ticket_id']) || (asNumber(row['type']) === TICKET_TYPE ? asNumber(row['unique_id']) : 0);
  if (before === null && ticketId > 0 && !context.db.table('tickets').get(ticketId)) {
    throw exception(`Ticket ${ticketId} does not exist`);
  }
  if (data === undefined || data === null) return metadata;
  const bytes = decode(data, context);
  return {
    ...metadata,
    ticket_id: ticketId,
    unique_id: ticketId || asNumber(row['unique_id']),
    filesize: bytes.length,
    content_type: input['content_type'] ?? contentType(data, row['filename']),
    isimage: /^(png|jpe?g|gif)$/.test(extension(row['filename'])),
    [BYTES]: bytes,
  };
}

function countOnTicket(row: Row, by: number, context: Context): void {
  const ticket = context.db.table('tickets').get(row['ticket_id']);
  if (!ticket) return;
  change(context, 'tickets', ticket, {
    attachment_count: asNumber(ticket['attachment_count']) + by,
    last_update: haloDate(context.now),
  });
}

const defaults = (_input: Row, context: Context): Row => ({
  ticket_id: 0,
  action_id: 0,
  type: TICKET_TYPE,
  unique_id: 0,
  note: '',
  desc: '',
  isimage: false,
  showforusers: true,
  datecreated: haloDate(context.now),
  agent_id: context.agentId,
});

/** Stores the files that a ticket or an action was written with. */
export function storeAttachments(files: unknown, owner: Row, context: Context): void {
  if (!Array.isArray(files)) return;
  const table = context.db.table('attachments');
  for (const file of files as Row[]) {
    if (asNumber(file['id']) > 0) continue;
    const input = { ...file, ...owner };
    const row = { ...defaults(input, context), ...input, id: table.nextId(), [CHANGED]: context.now };
    countOnTicket(table.put(finish(row, null, input, context)), 1, context);
  }
}

export const attachments: Resource = {
  route: 'Attachment',
  area: 'tickets',
  table: 'attachments',
  list: {
    items: 'attachments',
    paging: 'none',
    fields:
      words(`id filename datecreated note filesize type unique_id ticket_id action_id desc isimage showforusers
      third_party_id`),
    filters: [is('ticket_id'), is('action_id'), is('type'), is('unique_id')],
    order: { field: 'id', descending: false },
    envelope: (query) => ({
      type: query.integer('type') ?? 0,
      unique_id: query.integer('unique_id') ?? 0,
      ticket_id: query.integer('ticket_id') ?? 0,
      action_id: query.integer('action_id') ?? 0,
      folders: [],
    }),
  },
  write: {
    types: { third_party_id: 'text', type: 'integer', data_base64: 'text' },
    needs: [
      need('filename', exception('Please enter a Filename')),
      need('data_base64 link', exception('The attachment has no content')),
      need('ticket_id unique_id', exception('Please specify what to attach this file to')),
    ],
    defaults,
    finish,
    after: (after, before, _input, context) => {
      if (before === null) countOnTicket(after, 1, context);
    },
  },
  remove: { after: (row, context) => countOnTicket(row, -1, context) },
  special: {
    'GET {id}': ({ id, query, context }) => {
      const row = findRecord(attachments, checkedId(attachments, id), query, context);
      const filename = encodeURIComponent(String(row['filename']));
      return {
        status: 200,
        body: row[BYTES] ?? Buffer.alloc(0),
        headers: {
          'content-type': asText(row['content_type']) || 'application/octet-stream',
          'content-disposition': `attachment; filename="${filename}"; filename*=UTF-8''${filename}`,
        },
      };
    },
  },
};
