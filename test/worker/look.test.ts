/** What Halo does to text, dates and lists must not make a lost record look like another one. */
import { findAction } from '../../actions/index.ts';
import { differs, sameValue } from '../../worker/compare.ts';
import { judge } from '../../worker/judge.ts';
import type { Evidence } from '../../worker/judge.ts';
import { look } from '../../worker/look.ts';
import { marksOf, mayHaveMade } from '../../worker/marks.ts';

const action = findAction('users.create');
if (!action?.reconcile) throw new Error('users cannot be looked for');
const { reconcile } = action;
const SENT_AT = Date.UTC(2026, 2, 1, 12);
const evidence: Evidence = {
  action,
  reconcile,
  sent: { name: 'Kim Lark', client_id: 12 },
  stamp: null,
  stamps: 'unknown',
  since: () => SENT_AT - 300_000,
  agent: null,
};
const made = { datecreated: '2026-03-01T12:00:01', ulastupdate: '2026-03-01T12:00:01' };

describe('a value', () => {
  test.each<[unknown, unknown]>([
    ['two\nlines', 'two\r\nlines '],
    [21, '21.0'],
    ['2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000'],
    [true, 'true'],
    [{ id: 3 }, { id: 3, name: 'shown too' }],
  ])('%j is equal to %j', (sent, shown) => {
    expect(sameValue(sent, shown)).toBe(true);
  });

  test.each<[string, string]>([
    ['a < b', '<p>a &lt; b</p>'],
    ["Tom's", 'Tom&#x27;s'],
    ['Straße', 'STRAßE'],
    [`${'long '.repeat(60)}end`, 'long '.repeat(51)],
  ])('%j may be shown as %j', (sent, shown) => {
    expect(differs(sent, shown)).toBe(false);
  });

  test.each<[unknown, unknown]>([
    ['Step 1', 'Step 10'],
    ['007', '7'],
    ['Kim', 'Tim'],
  ])('%j is never shown as %j', (sent, shown) => {
    expect(differs(sent, shown)).toBe(true);
    expect(sameValue(sent, shown)).toBe(false);
  });
});

describe('a record', () => {
  test.each<[string, object, string]>([
    ['with all that was sent is equal', { name: 'Kim Lark', client_id: '12', ...made }, 'equal'],
    [
      'of before is another one',
      { name: 'Kim Lark', client_id: 12, datecreated: '2026-03-01T11:54:59' },
      'other',
    ],
    ['that says nothing of its time is unclear', { name: 'Kim Lark', client_id: 12 }, 'unclear'],
    ['of another name is another one', { name: 'Jo Wren', client_id: 12, ...made }, 'other'],
    [
      'of another name that was changed since may have been renamed',
      { name: 'Jo Wren', client_id: 12, ...made, ulastupdate: '2026-03-01T12:00:30' },
      'unclear',
    ],
    [
      'that was changed in more than its name is another one',
      { name: 'Jo Wren', client_id: 13, ...made, ulastupdate: '2026-03-01T12:00:30' },
      'other',
    ],
  ])('%s', (_what, record, verdict) => {
    expect(judge(evidence, record as Record<string, unknown>, true)).toBe(verdict);
  });

  const stamped: Evidence = { ...evidence, action: { ...action, stamp: 'other5' }, stamp: 'haloflow:1' };
  const alike = { name: 'Kim Lark', client_id: 12, ...made };
  test.each<[string, Evidence['stamps'], object, string]>([
    ['with its stamp is ours, whatever it is called', 'kept', { name: 'Jo', other5: 'haloflow:1' }, 'ours'],
    ['with another stamp is not', 'dropped', { ...alike, other5: 'haloflow:2' }, 'other'],
    ['without one is not, where stamps are kept', 'kept', alike, 'other'],
    [
      'whose stamp something else was written over is unclear',
      'kept',
      { ...alike, other5: 'CRM-1' },
      'unclear',
    ],
    ['without one is unclear, where nothing is known of stamps', 'unknown', alike, 'unclear'],
    ['without one is equal, where stamps are dropped', 'dropped', { ...alike, other5: null }, 'equal'],
  ])('%s', (_what, stamps, record, verdict) => {
    expect(judge({ ...stamped, stamps }, record as Record<string, unknown>, true)).toBe(verdict);
  });

  it('may be that of a write whose marks it shows, or hides', () => {
    const marks = marksOf(action, { name: 'Kim  LARK', emailaddress: 'kim@example.test', title: 'CEO' });
    expect(mayHaveMade(marks, { name: 'Kim Lark' })).toBe(true);
    expect(mayHaveMade(marks, { name: 'Kim Lark', emailaddress: 'jo@example.test' })).toBe(false);
    expect(mayHaveMade(null, { name: 'Anybody' })).toBe(true);
  });
});

describe('a look', () => {
  const row = (id: number, name = `User ${id}`) => ({ id, name, client_id: 12, ...made });
  const records = new Map(Array.from({ length: 300 }, (_, at) => [at + 1, row(at + 1)]));
  const old = { datecreated: '2020-01-01T00:00:00', ulastupdate: '2020-01-01T00:00:00' };
  for (let id = 1; id <= 120; id += 1) records.set(id, { ...row(id), ...old });
  let born = 0;

  const read = (isBusy: boolean) => async (id: string, input: Readonly<Record<string, unknown>>) => {
    await Promise.resolve();
    if (id === 'users.get') return records.get(Number(input['id']));
    const [page, size] = [Number(input['page_no']), Number(input['page_size'])];
    const sorted = [...records.values()].toSorted((a, b) => b.id - a.id);
    if (isBusy) {
      for (let more = 0; more < 3; more += 1) {
        born += 1;
        records.set(300 + born, row(300 + born));
      }
    }
    return sorted.slice((page - 1) * size, page * size);
  };
  const looking = (isBusy: boolean, sent: Evidence['sent']) => ({
    read: read(isBusy),
    evidence: { ...evidence, sent },
    claimed: () => Promise.resolve([]),
  });

  test('goes on to the rows of later pages, also while others are made', async () => {
    for (const isBusy of [false, true]) {
      const sight = await look(looking(isBusy, { name: 'User 150', client_id: 12 }));
      expect(sight).toMatchObject({ isComplete: true, ours: null, unclear: [] });
      expect(sight.equal.map(({ id }) => id)).toEqual([150]);
    }
  });

  test('ends with the first record of before', async () => {
    let pages = 0;
    const counted = looking(false, { name: 'Nobody', client_id: 12 });
    const sight = await look({
      ...counted,
      read: async (id, input) => {
        if (id === 'users.list') pages += 1;
        return await counted.read(id, input);
      },
    });
    expect(sight).toEqual({ isComplete: true, ours: null, equal: [], unclear: [], showsStamps: false });
    expect(pages).toBe(2);
  });

  test('reads no more records than were changed since, where none says when it was made', async () => {
    const assets = findAction('assets.create');
    if (!assets?.reconcile) throw new Error('assets cannot be looked for');
    // One of before has the same number.
    const sent = { inventory_number: 'NW-82', assettype_id: 1, client_id: 12 };
    const rows = Array.from({ length: 90 }, (_, at) => ({ id: 90 - at, client_id: 12 }));
    let opened = 0;
    const read = async (id: string, input: Readonly<Record<string, unknown>>): Promise<unknown> => {
      await Promise.resolve();
      if (id === 'assets.list') return input['page_no'] === 1 ? rows : [];
      opened += 1;
      const isNew = Number(input['id']) > 83;
      return {
        id: input['id'],
        inventory_number: `NW-${String(input['id'])}`,
        dlastupdate: isNew ? made.ulastupdate : old.ulastupdate,
      };
    };
    const asset = { ...evidence, action: assets, reconcile: assets.reconcile, sent };
    const sight = await look({ read, evidence: asset, claimed: () => Promise.resolve([]) });
    expect(sight).toMatchObject({ isComplete: true, ours: null, equal: [], unclear: [] });
    // Those seven, what is opened together with the last of them, and the last row of the page.
    expect(opened).toBeLessThanOrEqual(11);
  });
});
