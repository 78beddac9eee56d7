import { defineConfig } from '@playwright/test';

// Debian's Chromium; every test has its own program and profile.
export default defineConfig({
  testDir: 'tests',
  // Times are measured alone on the machine (`cargo xtask budgets`), never beside other tests.
  testIgnore: process.env.TASKWRIGHT_BUDGETS ? [] : ['**/budgets.spec.ts'],
  outputDir: '.cache/results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  use: {
    acceptDownloads: true,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
