/** Says which programs it would use. */
import { usableBinaries } from '../../../store/embedded/binaries.ts';

const [original = '', place = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify({ binaries: usableBinaries(original, null, [place]) })}\n`);
