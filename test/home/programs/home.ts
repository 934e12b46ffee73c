/** Says where the home is, or why there is none. */
import { homeDirectory } from '../../../home/home.ts';

try {
  process.stdout.write(`${JSON.stringify({ home: homeDirectory() })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: (error as Error).message })}\n`);
  process.exitCode = 1;
}
