/** The database of the campaign's home, seen from outside: it is killed and comes back, so every look is a new one. */
import { Client } from 'pg';
import { clusterIn, clusterUrl } from '../../store/embedded/cluster.ts';
import { readTextFile } from '../../home/files.ts';
import path from 'node:path';
import { untilFound } from '../support/polling.ts';

/** The rows of a query; tries again while the server is away. */
export async function look<Row>(home: string, text: string): Promise<Row[]> {
  return await untilFound(async () => {
    const client = new Client({ connectionString: urlOf(home), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(text)).rows as Row[];
    } catch (error) {
      if (isOfTheQuery(error)) throw error;
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
}

/** A server that is away, going, coming or without room says so before the query (no severity, or FATAL), or by its class. */
function isOfTheQuery(error: unknown): boolean {
  const { code = '', severity } = error as { readonly code?: string; readonly severity?: string };
  return severity === 'ERROR' && !/^5[37]/.test(code);
}

function urlOf(home: string): string {
  const port = Number(readTextFile(path.join(home, 'postgres.port')));
  return clusterUrl(clusterIn(home), port);
}
