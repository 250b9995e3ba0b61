import { defineConfig } from '@playwright/test';

import base from '../../tests/ui/playwright.config';

/** As the tests, but measuring: no traces, no reports, time enough. */
export default defineConfig({
  ...base,
  testDir: __dirname,
  projects: [{ name: 'bench', testMatch: /.*\.bench\.ts$/ }],
  timeout: 1_800_000,
  reporter: [['line']],
  use: { ...base.use, screenshot: 'off', trace: 'off' }
});
