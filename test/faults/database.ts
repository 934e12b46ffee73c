/** The database of the campaign's home, seen from outside: it is killed and comes back, so every look is a new one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { clusterIn, clusterUrl } from '../../store/embedded/cluster.ts';
import { readTextFile } from '../../home/files.ts';
import path from 'node:path';

const FOR_MS = 30_000;

/** The rows of a query; tries again while the server is away, for half a minute. */
export async function look<Row>(home: string, text: string): Promise<Row[]> {
  const deadline = Date.now() + FOR_MS;
  for (;;) {
    const client = new Client({ connectionString: urlOf(home), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(text)).rows as Row[];
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(250);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function urlOf(home: string): string {
  const port = Number(readTextFile(path.join(home, 'postgres.port')));
  return clusterUrl(clusterIn(home), port);
}
