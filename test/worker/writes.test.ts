/** Writes happen once: whatever becomes of a reply, there is one record in the end, and the call returns it. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import type { Fault } from '../support/sandbox.ts';
import { probe } from './helpers.ts';

let haloflow: TestHaloflow;

beforeAll(async () => {
  haloflow = await startHaloflow();
});
afterAll(async () => {
  await haloflow.close();
});

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['its reply is dropped after the write', { kind: 'drop-after' }],
  ['the connection drops before the write', { kind: 'drop-before' }],
  ['Halo answers 500 and has done it', { kind: 'status', status: 500, commit: true }],
  ['Halo answers 500 and has not done it', { kind: 'status', status: 500 }],
];

test.each(FAULTS)('a ticket is created once when %s', async (summary, fault) => {
  await haloflow.northwind.fault({ ...fault, match: { method: 'POST', path: '/api/Tickets' } });
  const { output, failure, calls } = await probe(haloflow, {
    action: 'tickets.create',
    input: { summary, client_id: 12 },
  });
  expect(failure).toBeUndefined();
  const kept = await haloflow.northwind.records('Tickets', { summary });
  expect(kept.map(({ id }) => id)).toEqual([(output as { id: number }).id]);
  expect(calls).toMatchObject([{ status: 'ok' }]);
});

test.each(FAULTS)('a note is written once when %s', async (note, fault) => {
  await haloflow.northwind.fault({ ...fault, match: { method: 'POST', path: '/api/Actions' } });
  const { output, failure } = await probe(haloflow, {
    action: 'actions.create',
    input: { ticket_id: 1001, outcome: 'Internal Note', note, hiddenfromuser: true },
  });
  expect(failure).toBeUndefined();
  const kept = await haloflow.northwind.records('Actions', { ticket_id: 1001, note });
  expect(kept.map(({ id }) => id)).toEqual([(output as { id: number }).id]);
});
