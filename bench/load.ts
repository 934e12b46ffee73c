/** A process that asks for URLs in turn, as told by one message, and answers with how long that took. */
import { Agent, request } from 'undici';
import { measure, summarize } from './measure.ts';
import type { Measurement } from './measure.ts';

export interface LoadRequest {
  readonly urls: readonly string[];
  readonly tokens: readonly string[];
  readonly seconds: number;
  readonly atATime: number;
}

export type LoadResult = Measurement;

process.once('message', (message) => {
  void answer(message as LoadRequest);
});

async function answer({ urls, tokens, seconds, atATime }: LoadRequest): Promise<void> {
  const agent = new Agent({ connections: atATime });
  let asked = 0;
  const ask = async (): Promise<void> => {
    const url = urls[asked % urls.length] ?? '';
    const token = tokens[asked % tokens.length] ?? '';
    asked += 1;
    const reply = await request(url, { dispatcher: agent, headers: { authorization: `Bearer ${token}` } });
    const text = await reply.body.text();
    if (reply.statusCode !== 200) throw new Error(`${url} answered ${reply.statusCode}: ${text}`);
  };
  await measure(ask, { atATime, seconds: 1 });
  const took = await measure(ask, { atATime, seconds });
  await agent.close();
  process.send?.(summarize(took, atATime));
}
