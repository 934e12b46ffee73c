import { useTemporaryHome } from './testHome.js';

/** For the test files that need no server. */
// oxlint-disable-next-line import/no-default-export -- what jest calls
export default async function homeSetup() {
  await useTemporaryHome();
}
