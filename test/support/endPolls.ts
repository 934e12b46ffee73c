/** What a test or hook was still waiting for when its time was up is told, and not waited for any longer. */
import { endPolls } from './polling.ts';

function end(): void {
  for (const unmet of endPolls()) {
    const text = unmet instanceof Error ? unmet.message : String(unmet);
    process.stderr.write(`Waited in vain for a test whose time is up: ${text}\n`);
  }
}

afterEach(end);
afterAll(end);
