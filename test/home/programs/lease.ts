/** Takes a lease and keeps it. */
import { takeLease } from '../../../home/leases.ts';

await takeLease(process.argv[2] ?? '', 'postgres');
process.stdout.write(`${JSON.stringify({ held: true })}\n`);
setInterval(() => {}, 1_000);
