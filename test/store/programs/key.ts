/** Says which key it got. */
import { loadSealingKey } from '../../../store/seal.ts';

process.stdout.write(`${JSON.stringify({ id: (await loadSealingKey()).keys[0].id })}\n`);
