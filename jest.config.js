import os from 'node:os';
import { withServers, withoutServers } from './test/support/needsServers.js';

/** Tests run as native ES modules; swc only strips the types (tsc is the type gate). */
const project = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^haloflow/sdk$': '<rootDir>/sdk/index.ts' },
  setupFilesAfterEnv: ['<rootDir>/test/support/endPolls.ts'],
  globalTeardown: '<rootDir>/test/support/globalTeardown.js',
};

/** jest does the setup of a project only when one of its tests is asked for. */
export default {
  projects: [
    { ...project, testMatch: withServers, globalSetup: '<rootDir>/test/support/globalSetup.js' },
    { ...project, testMatch: withoutServers, globalSetup: '<rootDir>/test/support/homeSetup.js' },
  ],
  reporters: ['default', '<rootDir>/test/support/countReporter.js'],
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // A test file waits most of its time for what it started: three keep two cores busy, with commands and servers.
  maxWorkers: Math.max(3, os.availableParallelism() - 1),
  testTimeout: 60_000,
};
