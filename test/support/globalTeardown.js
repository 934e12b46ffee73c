/** Stops what globalSetup.js started; runs after failed tests too. */
// oxlint-disable-next-line import/no-default-export -- what jest calls
export default async function globalTeardown() {
  await globalThis.stopTestServers?.();
}
