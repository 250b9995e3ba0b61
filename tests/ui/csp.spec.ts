/** A notebook full of payloads on a page with a strict Content-Security-Policy: nothing of ours offends it (T4). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { LOAD, ask, asked, chosen, sidebar } from './acting';
import { expect, test } from './lab';
import type { Lab } from './lab';
import { annotation, article, head, id, turn } from './law';
import { PROMPT, partner } from './partner';

const { payloads } = JSON.parse(readFileSync(join(__dirname, '../data/xss.json'), 'utf8')) as { payloads: string[] };

/** The corpus in parts that a field of an article takes. */
const PARTS = payloads.reduce<string[]>((parts, payload) => {
  const last = parts[parts.length - 1] ?? '';
  return last && last.length + payload.length < 1500
    ? [...parts.slice(0, -1), `${last} ${payload}`]
    : [...parts, payload];
}, []);

/** As strict as JupyterLab bears: it compiles schemas, and sets styles. Inline scripts and handlers run nowhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws://127.0.0.1:*",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'none'"
].join('; ');

interface IWatched {
  violations: string[];
  ran: number;
  PWN: () => void;
}

// As an operator would: the server sends it with everything.
test.use({
  config: `c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": ${JSON.stringify(POLICY)}}}`
});

/** Note what offends the policy, and what runs. */
async function watched(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const here = window as unknown as IWatched;
    Object.assign(here, { violations: [], ran: 0, PWN: () => void here.ran++ });
    document.addEventListener('securitypolicyviolation', event => {
      const place = event.sourceFile.replace(/.*\//, '').replace(/\w+\.ipynb.*/, 'page');
      here.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${place}:${event.lineNumber}`);
    });
  });
}

async function seen(page: Page): Promise<{ violations: string[]; ran: number }> {
  return page.evaluate(() => {
    const { violations, ran } = window as unknown as IWatched;
    return { violations, ran };
  });
}

/** Every panel that shows what the notebook or the model has written. */
async function walk(lab: Lab, page: Page): Promise<void> {
  const panel = await sidebar(lab, /Review/);
  await panel.getByRole('tab', { name: /Constitution/ }).click();
  await panel.getByRole('button', { name: 'Review', exact: true }).first().click();
  const reading = page.locator('#reconst-acceptance');
  await expect(reading.getByRole('checkbox').first()).toBeVisible();
  for (const box of await reading.getByRole('checkbox').all()) {
    await box.check();
  }
  await reading.getByRole('button', { name: /^Use \d+ article/ }).click();
  await expect(reading).toHaveCount(0);
  await panel.getByRole('button', { name: 'What is sent' }).click();
  await panel.locator('.jp-reconst-name').first().click();
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.locator('.jp-Activity[id^="reconst-article-"]')).toBeVisible();
  await lab.command('application:close');
  await lab.command('reconst:travels');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
  await lab.run(0);
  await asked(lab, 1);
  await panel.getByRole('tab', { name: /History/ }).click();
  await chosen(lab.outputs(1), 'Marchetti and Osei (2018)');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await expect(card.getByRole('radio').first()).toBeEnabled({ timeout: 20_000 });
  await page.keyboard.press('Escape');
}

test('test_csp_page', async ({ lab, page, endpoint }) => {
  test.setTimeout(180_000);
  await watched(page);
  endpoint.script = partner;
  await lab.notebook('plain.ipynb', [LOAD, ask(PROMPT)], {
    ...head(600),
    ...article(601, { title: 'Be brief', then: 'be brief' })
  });
  await walk(lab, page);
  const { violations: hosts } = await seen(page);

  const hostile = (part: string) => ({
    author: part.slice(0, 190),
    at: '2026-11-01T12:00:00Z',
    evidence: '',
    note: part
  });
  const law = PARTS.map((part, n) =>
    article(610 + n, {
      title: part.slice(0, 190),
      when: part,
      then: part,
      why: part,
      provenance: { ...hostile(part), words: [{ annotation: id(640 + n), cell: 'c2', quote: part, correction: part }] }
    })
  );
  const marks = PARTS.map((part, n) =>
    annotation(640 + n, 'c2', part, {
      body: [
        { type: 'TextualBody', purpose: 'editing', value: part, source: { by: 'model', name: part.slice(0, 190) } }
      ],
      creator: { type: 'Person', name: part.slice(0, 190) }
    })
  );
  const outputs = PARTS.map((part, n) =>
    turn(660 + n, part, { model: part.slice(0, 190), prompt: part, recording: true })
  );
  const shown = {
    cell_type: 'code',
    id: 'c2',
    source: ask('What holds?'),
    metadata: Object.assign({}, ...marks),
    outputs
  };
  endpoint.script = request => {
    const told = partner(request);
    const text = typeof told === 'string' ? told : told.text;
    if (text.startsWith('{')) {
      const all = PARTS.join(' ').slice(0, 3000);
      return JSON.stringify(
        JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? `${value} ${all}` : value))
      );
    }
    return [text, ...payloads].join('\n\n');
  };
  await lab.notebook('hostile.ipynb', [LOAD, ask(`${PROMPT} Once more.`), shown], Object.assign(head(602), ...law));
  await walk(lab, page);
  await expect(lab.outputs(1)).toContainText('pwn-beacon.example');
  const { violations, ran } = await seen(page);
  expect(ran).toBe(0);
  expect(violations.filter(violation => !hosts.includes(violation))).toEqual([]);
  expect(lab.strayed).toEqual([]);
  console.log(
    `${payloads.length} payloads under a strict policy: 0 scripts run, 0 violations beyond JupyterLab's own ${hosts.length}`
  );
});
