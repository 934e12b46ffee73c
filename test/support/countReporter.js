import { writeFileSync } from 'node:fs';

/** Writes `N passed, N failed` where HALOFLOW_TEST_COUNT says, for CI's last line. */
export default class CountReporter {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const file = process.env['HALOFLOW_TEST_COUNT'];
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    if (file) writeFileSync(file, `${numPassedTests} passed, ${failed} failed\n`);
  }
}
