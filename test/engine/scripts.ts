/** Shell scripts that stand in for the programs that engine/ runs where the real ones cannot be used in a test. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes an executable script `name` into `directory` and returns its path. */
export async function script(directory: string, name: string, body: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

/** The body of a `temporal` that answers `--version` as the CLI with that server does. */
export function temporalWith(server: string): string {
  return `echo "temporal version 0.0.0-DEV (Server ${server}, UI 2.50.1)"`;
}

/**
 * The body of a `go` that "builds" such a `temporal` in `seconds`, and adds a line to `log` when it begins and when
 * it is done. The real one takes minutes.
 */
export function goThatBuilds(server: string, seconds: number, log: string): string {
  return `
echo "began $PWD $GOWORK $CGO_ENABLED $*" >> '${log}'
output=; previous=
for word in "$@"; do [ "$previous" = -o ] && output="$word"; previous="$word"; done
echo "go: downloading go.temporal.io/server v1.31.2" >&2
printf '#!/bin/sh\\n' > "$output"
chmod +x "$output"
echo "go.temporal.io/server/temporal" >&2
sleep ${seconds}
cat >> "$output" <<'END'
${temporalWith(server)}
END
echo "done" >> '${log}'`;
}
