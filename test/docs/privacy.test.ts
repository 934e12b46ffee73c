import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { readPage, ROOT, tableRows } from './markdown.ts';

test('docs/privacy.md names every column that holds text, once, and no other', async () => {
  const schema = join(ROOT, 'store/schema');
  const modules: Record<string, unknown>[] = [];
  // One after the other: jest loads what they share once.
  for (const file of readdirSync(schema)) {
    modules.push((await import(join(schema, file))) as Record<string, unknown>);
  }
  const tables = modules.flatMap((module) => Object.values(module)).filter((value) => is(value, PgTable));
  const held = tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    const texts = columns.filter((column) => /text|json/.test(column.getSQLType()));
    return texts.map((column) => `${name}.${column.name}`);
  });
  const said = tableRows(readPage('docs/privacy.md')).flatMap(([table = '', columns = '']) =>
    [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => `${table.replaceAll('`', '')}.${column}`),
  );
  expect(held.length).toBeGreaterThan(100);
  expect(said.toSorted()).toEqual(held.toSorted());
});
