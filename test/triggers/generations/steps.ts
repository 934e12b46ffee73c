import { PRODUCTION } from './stack.ts';
import type { GenerationStack } from './stack.ts';

interface Steps {
  /** Polls a connection and dispatches what it found. */
  readonly look: (connection?: string) => Promise<void>;
  /** Creates tickets called `word 1`, `word 2`, …; returns their ids. */
  readonly tickets: (word: string, count: number, halo?: 'production' | 'uat') => Promise<number[]>;
  /** The generations that are stored, oldest first. */
  readonly generations: () => Promise<unknown[]>;
}

/** What tests do with a stack, which is there when they begin. */
export function stepsOf(stack: () => GenerationStack): Steps {
  return {
    async look(connection = PRODUCTION) {
      await stack().poll(connection);
      await stack().dispatch();
    },
    async tickets(word, count, halo = 'production') {
      const ids = [];
      for (const summary of names(word, count)) ids.push(await stack().ticket(stack()[halo], { summary }));
      return ids;
    },
    async generations() {
      const { pool } = stack().haloflow.store;
      const { rows } = await pool.query(
        'select generation, first_id from halo_generations order by generation',
      );
      return rows as unknown[];
    },
  };
}

/** The summaries of such tickets. */
export const names = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
