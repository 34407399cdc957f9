import { defineConfig } from 'vitest/config';

/** Everything that runs in the test's own process, on a database of its own. */
const domain = {
  name: 'domain',
  include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
  exclude: ['tests/e2e/**', 'tests/process/**', 'tests/**/*.http.test.ts'],
  globalSetup: ['tests/support/start-postgres.ts'],
  setupFiles: ['tests/support/database.ts', 'tests/support/quiet-console.ts'],
};

/** Over HTTP against the production build, and the process itself: starting, stopping, dying. */
const built = {
  name: 'built',
  include: ['tests/process/**/*.test.ts', 'tests/**/*.http.test.ts'],
  globalSetup: ['tests/support/start-postgres.ts', 'tests/support/start-built-server.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  // the web app's components are JSX for React's automatic runtime
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: domain },
      { extends: true, test: built },
    ],
  },
});
