import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { defineConfig } from '@playwright/test';

const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const artefacts = resolve(__dirname, '..', '..', 'artefacts');

/** The tag of tests that hold times against a limit, or need the whole machine. */
const MEASURED = /@measured/;

/**
 * `lab` drives JupyterLab, two files side by side; `measured` too, but with times in mind, one at a time. `gallery`
 * looks at pages that nobody serves, side by side. The browser is the system's, never downloaded.
 */
export default defineConfig({
  testDir: __dirname,
  outputDir: join(artefacts, 'failures'),
  workers: 1,
  forbidOnly: !!process.env.CI,
  // A whole machine, a server and a browser take part: in CI a failure counts when it comes twice, and `run.py` says so.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  projects: [
    { name: 'lab', testIgnore: /gallery/, grepInvert: MEASURED },
    { name: 'measured', testIgnore: /gallery/, grep: MEASURED },
    { name: 'bundle', testMatch: /gallery\/bundle\.ts$/ },
    { name: 'gallery', testMatch: /gallery\.spec\.ts$/, fullyParallel: true, dependencies: ['bundle'] }
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: process.env.CHROMIUM || found },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    // Recording takes about a third of a small machine: `TRACE=1` where a failure is looked into.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off'
  }
});
