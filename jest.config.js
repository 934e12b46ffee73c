/** Tests run as native ES modules; swc only strips the types (tsc is the type gate). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
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
  globalSetup: '<rootDir>/test/support/globalSetup.js',
  globalTeardown: '<rootDir>/test/support/globalTeardown.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/endPolls.ts'],
  reporters: ['default', '<rootDir>/test/support/countReporter.js'],
  testSequencer: '<rootDir>/test/support/sequencer.js',
  maxWorkers: 3,
  testTimeout: 60_000,
};
