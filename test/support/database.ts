/** A database of its own for each test file, on the one server that globalSetup.js started. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';

const template = 'template_haloflow';

/**
 * Makes the migrated database that the others are copies of; nobody may be connected to it afterwards.
 * @public globalSetup.js finds it at run time
 */
export async function makeTemplate(serverUrl: string): Promise<void> {
  await query(serverUrl, `create database ${template}`);
  const store = await openStore({ url: databaseUrl(serverUrl, template), embedded: true });
  await store.close();
}

/** A fresh database with all tables and no rows; `drop` closes its store and removes it. */
export async function createTestDatabase(): Promise<{
  store: Store;
  url: string;
  drop: () => Promise<void>;
}> {
  const serverUrl = process.env.HALOFLOW_TEST_DATABASE_URL;
  if (serverUrl === undefined)
    throw new Error('HALOFLOW_TEST_DATABASE_URL is not set: jest runs globalSetup.js');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(serverUrl, `create database ${name} template ${template}`);
  const url = databaseUrl(serverUrl, name);
  const store = await openStore({ url, embedded: true });
  return {
    store,
    url,
    drop: async () => {
      await store.close();
      await query(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function query(url: string, text: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
