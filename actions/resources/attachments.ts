/** Attachments: files on tickets and other records. Lists carry no bytes; the single one is the file itself. */
import { defineResource } from '../define.ts';

export const attachments = defineResource('attachments', {
  list: {
    title: 'List Attachments',
    description:
      'Which files there are, without their bytes: the Rewst page says base64, but Halo sends none in lists. attachments.get brings one down.',
    get: '/Attachment',
    items: 'attachments',
    input: 'AttachmentsListInput',
    output: 'AttachmentRow',
    needs: [['ticket_id', 'unique_id']],
  },
  get: {
    title: 'Get Attachment',
    description:
      'The file itself, in base64, with its name and media type; at most about 1.4 MB (a call carries 2 MB).',
    get: '/Attachment/{id}',
    download: true,
    input: 'AttachmentsGetInput',
    output: 'Download',
  },
  upsert: {
    title: 'Add or Update Attachments',
    description: 'The file goes up in base64; at most about 1.4 MB (a call carries 2 MB).',
    one: 'Attachment',
    post: '/Attachment',
    input: 'Attachment',
    output: 'Attachment',
    createNeeds: ['filename', 'data_base64', ['ticket_id', 'unique_id']],
    ticket: 'ticket_id',
    reconcile: {
      list: 'attachments.list',
      by: ['ticket_id', 'action_id', 'unique_id', 'type'],
      date: ['datecreated'],
      names: ['filename'],
      sizes: { data_base64: 'filesize' },
    },
  },
  delete: { title: 'Delete Attachment', delete: '/Attachment/{id}', input: 'RecordId', output: 'Attachment' },
});
