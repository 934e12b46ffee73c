/** As tables show a run's id: enough of it to name the run. */
export const shortId = (run: string): string => run.slice(0, 8);
