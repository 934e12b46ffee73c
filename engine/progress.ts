/** Tells a person, line by line, what takes long. */
export type Progress = (line: string) => void;

/** Where progress goes unless a caller says otherwise: standard error, so that `--json` output stays clean. */
export const toStandardError: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

/**
 * Repeats `describe(seconds)` every `everyMs` until the returned function is called. Does not keep the
 * process alive.
 */
export function repeatProgress(
  onProgress: Progress,
  describe: (seconds: number) => string,
  everyMs = 8_000,
): () => void {
  const began = Date.now();
  const timer = setInterval(() => {
    onProgress(describe(Math.round((Date.now() - began) / 1_000)));
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
