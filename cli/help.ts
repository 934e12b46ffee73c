/** What a command's help says below its options. */
export function example(...commandLines: readonly string[]): string {
  const lines = commandLines.map((line) => `  ${line}`);
  return `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.join('\n')}`;
}
