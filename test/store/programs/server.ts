/** Opens the Postgres of HALOFLOW_HOME, says so, and obeys: `watch`, `query <sql>`, `close`. */
import readline from 'node:readline';
import { Client } from 'pg';
import { openPostgres } from '../../../store/postgres.ts';

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
const progress: string[] = [];
const server = await openPostgres({ onProgress: (line) => progress.push(line) }).catch((error: Error) => {
  say({ error: { type: error.name, message: error.message } });
  process.exit(1);
});
say({ url: server.url, embedded: server.embedded, progress });
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line === 'watch') {
    server.watch((info) => say(info));
    say({ watching: true });
  }
  if (line.startsWith('query ')) {
    const client = new Client(server.url);
    await client.connect();
    say({ rows: (await client.query(line.slice(6))).rows });
    await client.end();
  }
  if (line === 'close') {
    await server.close();
    say({ closed: true });
    break;
  }
}
// An open standard input would keep the process.
process.stdin.destroy();
