/** Has tables of the campaign's database take no rows, and take them again. */
import { look } from '../database.ts';

const NAME = 'campaign_refuses';

/** All tables, quoted. */
export async function tablesOf(home: string): Promise<readonly string[]> {
  const rows = await look<{ name: string }>(
    home,
    `select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** With this SQLSTATE; what was to be written is in what PostgreSQL answers. */
export async function refuse(home: string, tables: readonly string[], code: string): Promise<void> {
  await look(
    home,
    `create or replace function ${NAME}() returns trigger language plpgsql as
      $$ begin raise exception using message = 'no room', detail = new::text, hint = new::text, errcode = tg_argv[0]; end $$`,
  );
  for (const table of tables) {
    await look(
      home,
      `create or replace trigger ${NAME} before insert or update on ${table}
        for each row execute function ${NAME}('${code}')`,
    );
  }
}

export async function accept(home: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) await look(home, `drop trigger if exists ${NAME} on ${table}`);
}
