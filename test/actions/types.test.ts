/** What tsc says to an author. The calls below are compiled, never made. */
import { readFileSync } from 'node:fs';
import type { Actions } from '../../actions/generated/actions.ts';
import { catalogue } from '../../actions/index.ts';

type Calls = { readonly [Id in keyof Actions]: Actions[Id] };

export async function compiles(halo: Calls): Promise<readonly unknown[]> {
  const ticket = await halo['tickets.get']({ id: 7, includedetails: true });
  const id: number = ticket.id;
  const summary: string | null | undefined = ticket.summary;
  const value: unknown = ticket.customfields?.[0]?.value;
  const [row] = await halo['tickets.list']({ client_id: 12, status: '1,2' });
  const rowId: number | undefined = row?.id;
  await halo['tickets.create']({ summary: 'Blank pages', assets: [{ id: 902 }] });
  await halo['tickets.upsert']([{ id: 7, status_id: 9 }, { summary: 'Another' }]);
  const { data_base64: bytes } = await halo['attachments.get']({ id: 5 });
  const { rows } = await halo['reports.preview']({ sql: 'select 1 as One' });
  const one: unknown = rows[0]?.One;
  const reply: unknown = await halo['halo.request']({
    method: 'GET',
    path: '/Priority',
    query: { slaid: 1 },
  });

  // @ts-expect-error a misspelt filter
  await halo['tickets.list']({ clientid: 12 });
  // @ts-expect-error a create takes no id
  await halo['tickets.create']({ summary: 'Blank pages', id: 7 });
  // @ts-expect-error a create needs a summary
  await halo['tickets.create']({ client_id: 12 });
  // @ts-expect-error an update needs an id
  await halo['tickets.update']({ summary: 'Blank pages' });
  // @ts-expect-error actions are listed per ticket
  await halo['actions.list']({});
  // @ts-expect-error a property that no ticket has
  const nothing: unknown = ticket.sumary;
  return [id, summary, value, rowId, bytes, one, reply, nothing];
}

test('every action of the catalogue has a type, and no type lacks its action', () => {
  const text = readFileSync(new URL('../../actions/generated/actions.ts', import.meta.url), 'utf8');
  const typed = [...text.matchAll(/^ {2}'([\w.]+)': \(input/gm)].map((match) => match[1]);
  expect(typed).toEqual([...catalogue.keys()]);
});
