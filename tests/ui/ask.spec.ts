/** Asking, in the browser: what streams, what it costs to run again, what stops it, what it may fetch. */
import type { Page } from '@playwright/test';

import { Lab, expect, test } from './lab';

const LOAD = '%load_ext jupyter_reconst';
const WORDS = Array.from({ length: 30 }, (_, n) =>
  [
    `Paragraph ${n}: the switch stays on while \\(p_{${n}} > 0\\).`,
    ...Array(3).fill('It follows from the lemma.')
  ].join(' ')
);
const LONG = ['Then \\(\\Delta > 0\\) and', '\\[\\Delta = p\\,U_a\\]', ...WORDS].join('\n\n');

interface IWatched {
  jupyterapp: {
    shell: {
      currentWidget: {
        sessionContext: {
          session: { kernel: { iopubMessage: { connect(slot: (_: unknown, m: IMessage) => void): void } } };
        };
      };
    };
  };
  told: [string, number][];
  moved: number[];
}

interface IMessage {
  header: { msg_type: string; date: string };
}

/** Record every message that shows something, with the time at which the kernel sent it. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const exposed = window as unknown as IWatched;
    exposed.told = [];
    exposed.jupyterapp.shell.currentWidget.sessionContext.session.kernel.iopubMessage.connect((_, message) => {
      exposed.told.push([message.header.msg_type, Date.parse(message.header.date)]);
    });
  });
}

const told = (page: Page): Promise<[string, number][]> =>
  page.evaluate(() => (window as unknown as IWatched).told.filter(([type]) => /display_data/.test(type)));

/** Follow, frame by frame, where the line lies that is now at the top of the viewport. */
async function holdTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    const exposed = window as unknown as IWatched;
    const outer = document.querySelector('.jp-WindowedPanel-outer')!;
    const frame = outer.getBoundingClientRect();
    const line = document.elementFromPoint(frame.left + 260, frame.top + 8)!;
    const at = line.getBoundingClientRect().top;
    const moved: number[] = (exposed.moved = []);
    const look = (): void => {
      moved.push(line.isConnected ? Math.abs(line.getBoundingClientRect().top - at) : 9999);
      requestAnimationFrame(look);
    };
    look();
  });
}

const moved = (page: Page): Promise<number> => page.evaluate(() => Math.max(...(window as unknown as IWatched).moved));

const outer = (page: Page) => page.locator('.jp-WindowedPanel-outer').first();
const own = (lab: Lab) => lab.endpoint.requests.map(request => request.messages.filter(m => m.role !== 'system'));
const figure = (name: string, value: unknown) =>
  test.info().annotations.push({ type: name, description: String(value) });

/** What these tests reach of the application. */
interface IExposed {
  jupyterapp: {
    shell: {
      currentWidget: {
        content: { widgets: { model: { sharedModel: { setSource(source: string): void } } }[] };
        sessionContext: { restartKernel(): Promise<void> };
      };
    };
  };
}

async function prompts(lab: Lab, index: number, source: string): Promise<void> {
  await lab.page.evaluate(
    ([index, source]) => {
      const panel = (window as unknown as IExposed).jupyterapp.shell.currentWidget;
      panel.content.widgets[index].model.sharedModel.setSource(source);
    },
    [index, source] as const
  );
}

test.beforeEach(({ endpoint }) => {
  endpoint.script = request => `You said: ${request.last}`;
});

test(
  'a reply streams: its first words at once, at most twenty updates a second, and the page stands still',
  { tag: '@measured' },
  async ({ lab, page, endpoint }) => {
    endpoint.script = () => ({ text: LONG, pace: 12 });
    const before = Array.from({ length: 12 }, (_, n) => ({
      cell_type: 'markdown',
      source: `# Part ${n}\n\nSome words.`
    }));
    await lab.notebook('stream.ipynb', [...before, LOAD, '%%reconst\nDoes the result survive?']);
    await lab.command('reconst:open');
    const sidebar = page.locator('#reconst-sidebar');
    await expect(sidebar.locator('.jp-reconst-pfoot')).toContainText('scripted');
    await expect(sidebar.getByRole('textbox', { name: 'Prompt' })).toBeVisible();

    await lab.run(12);
    await listen(page);
    await lab.select(13);
    await outer(page).evaluate(node => node.scrollTo({ top: node.scrollHeight }));
    await page.waitForTimeout(500);
    // JupyterLab itself scrolls to the cell that is run; from then on nothing may.
    const running = lab.command('notebook:run-cell');
    const reply = lab.outputs(13);
    await expect(reply).toContainText('Paragraph 0', { timeout: 30_000 });
    await holdTop(page);
    await expect(reply).toContainText('Paragraph 12', { timeout: 30_000 });
    expect(await reply.locator('.jp-mod-streaming').count(), 'still streaming').toBe(1);
    expect(await moved(page), 'px, reading above the reply').toBeLessThanOrEqual(4);
    figure('px, reading above', await moved(page));

    // Now the reader goes into the reply while it grows.
    await reply.getByText('Paragraph 3:').evaluate(node => node.scrollIntoView({ block: 'start' }));
    await page.waitForTimeout(300);
    await holdTop(page);
    await expect(reply.locator('.jp-reconst-turn')).toContainText(/\d s/, { timeout: 60_000 });
    await running;
    figure('px, reading inside', await moved(page));
    expect(await moved(page), 'px, reading inside the reply').toBeLessThanOrEqual(4);

    await expect(reply.locator('mjx-container').first()).toBeVisible();
    await expect(reply.locator('.jp-reconst-turn')).toContainText('scripted');
    await expect(reply.locator('.jp-reconst-turn')).toContainText('0 articles in force');
    const times = (await told(page)).map(([, at]) => at);
    const most = Math.max(...times.map(at => times.filter(other => other >= at && other < at + 1_000).length));
    figure('updates', `${times.length}, at most ${most} in a second`);
    // The first drawing and the last are not held back.
    expect(most).toBeLessThanOrEqual(22);

    await lab.save();
    const [output] = (lab.saved('stream.ipynb').cells[13] as unknown as { outputs: ISaved[] }).outputs;
    expect(output.metadata.reconst).toMatchObject({ model: 'scripted', parent: null });
    expect(output.metadata.reconst.turn).toMatch(/^[0-9A-Z]{26}$/);
    expect(output.metadata.reconst.digest).toMatch(/^[0-9a-f]{64}$/);
    expect([output.data['text/plain']].flat().join('')).toBe(LONG);
  }
);

interface ISaved {
  data: Record<string, string | string[]>;
  metadata: { reconst: { turn: string; parent: string | null; model: string; digest: string } };
}

test('running again is free, keeps highlights, and asks anew only when told to', async ({ lab, page, endpoint }) => {
  endpoint.script = request => `Answer to ${request.last} It survives mild irrationality.`;
  await lab.notebook('again.ipynb', [LOAD, '%%reconst\nFirst?', '%%reconst\nSecond?', 'print("done")']);
  await lab.runAll();
  await expect(lab.outputs(2)).toContainText('Answer to Second?');
  await expect(lab.outputs(3)).toContainText('done');
  expect(own(lab)).toHaveLength(2);
  expect(own(lab)[1].map(m => m.content)).toEqual(['First?', expect.stringContaining('Answer to First?'), 'Second?']);

  await lab.drag(lab.outputs(1), 'mild irrationality');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Keep' }).click();
  const painted = () => page.evaluate(() => [...CSS.highlights.values()].reduce((sum, paint) => sum + paint.size, 0));
  await expect.poll(painted).toBeGreaterThan(0);
  const texts = async () => [1, 2].map(n => lab.outputs(n).locator('.jp-reconst-words').innerText());
  const first = await Promise.all(await texts());

  await lab.runAll();
  await expect(lab.outputs(2)).toContainText('recorded reply');
  await lab.idle();
  expect(await Promise.all(await texts())).toEqual(first);
  await expect.poll(painted).toBeGreaterThan(0);

  await page.evaluate(() =>
    (window as unknown as IExposed).jupyterapp.shell.currentWidget.sessionContext.restartKernel()
  );
  await lab.idle();
  await lab.runAll();
  await expect(lab.outputs(3)).toContainText('done');
  await lab.idle();
  await expect(lab.outputs(1)).toContainText('recorded reply');
  expect(await Promise.all(await texts())).toEqual(first);
  await expect.poll(painted).toBeGreaterThan(0);
  expect(own(lab), 'calls in all').toHaveLength(2);

  await prompts(lab, 2, '%%reconst --again\nSecond?');
  await lab.run(2);
  await expect.poll(() => own(lab).length).toBe(3);
  expect(own(lab)[2]).toHaveLength(3);
  await lab.idle();
  await prompts(lab, 2, '%%reconst --new\nSecond?');
  await lab.run(2);
  await expect.poll(() => own(lab).length).toBe(4);
  expect(own(lab)[3].map(m => m.content)).toEqual(['Second?']);
  await lab.idle();
  await prompts(lab, 1, '%%reconst\nFirst, edited?');
  await lab.run(1);
  await expect.poll(() => own(lab).length).toBe(5);
  await expect(lab.outputs(1)).toContainText('Answer to First, edited?');
});

test(
  'the stop button and Cancel end the call within a second and keep what came',
  { tag: '@measured' },
  async ({ lab, page, endpoint }) => {
    endpoint.script = () => ({ text: LONG, pace: 40 });
    await lab.notebook('stop.ipynb', [LOAD, '%%reconst\nStop me', 'print("after")', '%%reconst --new\nCancel me']);
    await lab.command('reconst:open');
    await lab.run(0);
    const stopped = async (index: number, act: () => Promise<unknown>): Promise<void> => {
      await expect(lab.outputs(index)).toContainText('Paragraph 1', { timeout: 30_000 });
      const closed = endpoint.closed;
      const at = Date.now();
      await act();
      await expect.poll(() => endpoint.closed, { intervals: [20] }).toBe(closed + 1);
      figure('ms until the call was closed', Date.now() - at);
      expect(Date.now() - at).toBeLessThan(1_000);
      await expect(lab.outputs(index)).toContainText('stopped; what had arrived is kept');
      await expect(lab.outputs(index)).toContainText('Paragraph 0');
      await expect(lab.outputs(index).getByRole('button', { name: 'Ask again' })).toBeVisible();
    };
    const first = lab.run(1);
    await stopped(1, () =>
      page
        .locator(
          '.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"], .jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"]'
        )
        .first()
        .click()
    );
    await expect(lab.outputs(1)).toContainText('Stopped. What had arrived is kept above.');
    await first;
    await lab.idle();
    const second = lab.run(3);
    await stopped(3, () => page.locator('#reconst-sidebar').getByRole('button', { name: 'Cancel' }).click());
    await second;
    await lab.idle();

    // A model that says nothing: stopped before its first word.
    endpoint.script = () => ({ text: 'late', wait: 20_000 });
    await prompts(lab, 1, '%%reconst --new\nSay nothing');
    const third = lab.run(1);
    await expect(lab.outputs(1)).toContainText('scripted');
    await expect.poll(() => endpoint.requests.length).toBe(3);
    const closed = endpoint.closed;
    await lab.command('notebook:interrupt-kernel');
    await expect.poll(() => endpoint.closed, { timeout: 1_000, intervals: [20] }).toBe(closed + 1);
    await third;
    await expect(lab.outputs(1)).toContainText('Stopped.');
  }
);

test('what goes wrong is said in three plain lines', async ({ lab, endpoint }) => {
  await lab.notebook('errors.ipynb', [LOAD, '%%reconst\nWhy?', '%%reconst\n\n']);
  await lab.run(0);
  for (const status of [401, 429, 500]) {
    endpoint.script = () => ({ text: 'no <b>luck</b> sk-scripted', status });
    await lab.run(1);
    await lab.idle();
    const error = lab
      .outputs(1)
      .locator('[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]');
    await expect(error).toBeVisible();
    const lines = (await error.innerText()).trim().split('\n');
    figure(String(status), lines.join(' / '));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^\([a-z_]+\)$/);
    expect(lines.join(' ')).not.toContain('sk-scripted');
    expect(lines.join(' ')).not.toMatch(/Traceback|File "/);
  }
  await lab.run(2);
  await lab.idle();
  await expect(lab.outputs(2)).toContainText('(empty_prompt)');
});

const EVIL = 'https://evil.example';
const LURES = [
  `![image](${EVIL}/a.png)`,
  `![by reference][r] and [a link](${EVIL}/b) and [again][r]`,
  `<img src="${EVIL}/c.png"> <iframe src="${EVIL}/d"></iframe> <link rel="stylesheet" href="${EVIL}/e.css">`,
  `<style>@import url(${EVIL}/f.css); body { background: url(${EVIL}/g.png) }</style>`,
  `<div style="background-image: url('${EVIL}/h.png')">styled</div> <svg><image href="${EVIL}/i.png"/></svg>`,
  `<video poster="${EVIL}/j.png"></video> <audio src="${EVIL}/k.mp3" autoplay></audio> <object data="${EVIL}/l"></object>`,
  `$\\style{background-image: url(${EVIL}/m.png)}{x}$ and $\\href{${EVIL}/n}{y}$ and $\\class{z}{\\unicode[url(${EVIL}/o)]{65}}$`,
  `\\(\\require{html}\\style{background:url(${EVIL}/p.png)}{w}\\)`,
  `${EVIL}/q.png www.evil.example/r <${EVIL}/s>`,
  '```html\n<img src="' + EVIL + '/t.png">\n```',
  '```mermaid\ngraph TD; A-->B; click A "' + EVIL + '/u"; style A fill:url(' + EVIL + '/v.svg)\n```',
  `| a |\n|---|\n| ![in a table](${EVIL}/w.png) |`,
  `[r]: ${EVIL}/x.png`
];

test('a reply fetches nothing, live, saved and reopened', async ({ lab, page, endpoint }) => {
  const outside: string[] = [];
  await page.context().route(/evil\.example/, route => {
    outside.push(route.request().url());
    return route.abort();
  });
  endpoint.script = () => ({ text: LURES.join('\n\n'), pace: 4 });
  await lab.notebook('lures.ipynb', [LOAD, '%%reconst\nTempt me']);
  await lab.run(0);
  await lab.run(1);
  const inertly = async (): Promise<void> => {
    const reply = lab.outputs(1);
    await expect(reply.locator('.jp-reconst-turn')).toContainText(/\d s/, { timeout: 30_000 });
    await page.waitForTimeout(1_000);
    await expect(reply).toContainText(`![image](${EVIL}/a.png)`);
    for (const tag of [
      'img',
      'iframe',
      'a[href]',
      'style:not(mjx-container style)',
      'link',
      'video',
      'audio',
      'object'
    ]) {
      expect(await reply.locator(`.jp-reconst-words ${tag}`).count(), tag).toBe(0);
    }
    const styled = await reply.evaluate(node =>
      [...node.querySelectorAll('*')]
        .filter(e => /(background|image|mask|content|src|cursor|filter)[^;]*url\(/.test(e.getAttribute('style') ?? ''))
        .map(e => e.outerHTML.slice(0, 200))
    );
    expect(styled).toEqual([]);
    await page.mouse.move(700, 400);
    expect(outside).toEqual([]);
    expect(lab.strayed).toEqual([]);
  };
  await inertly();
  await lab.shot('ask-lures');
  await lab.save();
  await lab.reload();
  await inertly();
  await lab.open('lures.ipynb');
  await inertly();
});

test('the composer loads the magics, asks, and sends the cells it shows', async ({ lab, page }) => {
  await lab.notebook('composer.ipynb', ['print("the lemma holds")', '# the last cell']);
  await lab.run(0);
  await expect(lab.outputs(0)).toContainText('the lemma holds');
  await lab.select(0);
  await lab.command('reconst:open');
  const composer = page.locator('#reconst-sidebar').getByRole('group', { name: 'Ask' });
  await composer.getByRole('textbox', { name: 'Prompt' }).fill('What holds?');
  await composer.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(lab.cell(1)).toContainText('%load_ext jupyter_reconst');
  await expect(lab.cell(2)).toContainText('What holds?');
  await expect(lab.outputs(2)).toContainText('You said: What holds?', { timeout: 30_000 });
  await expect(composer.getByRole('textbox', { name: 'Prompt' })).toHaveValue('');
  expect(own(lab)).toHaveLength(1);

  // From the top of the notebook: nothing is above, so nothing is continued; the cell that is there is attached.
  await lab.select(0);
  await composer.getByRole('button', { name: 'Attach' }).click();
  await composer
    .getByRole('checkbox', { name: /with output/ })
    .first()
    .check();
  await composer.getByRole('textbox', { name: 'Prompt' }).fill('Does this follow?');
  await composer.getByRole('button', { name: 'Ask', exact: true }).click();
  const sent = composer.getByRole('region', { name: 'What is sent' });
  await expect(sent).toContainText('the lemma holds');
  expect(own(lab), 'nothing is sent before it was shown').toHaveLength(1);
  await lab.shot('ask-what-is-sent');
  await composer.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => own(lab).length).toBe(2);
  expect(own(lab)[1]).toHaveLength(1);
  expect(own(lab)[1][0].content).toContain('the lemma holds');
  await expect(lab.cell(1)).toContainText('--attach c0');
  await expect(lab.outputs(1)).toContainText('Does this follow?', { timeout: 30_000 });

  await lab.idle();
  await lab.runAll();
  await expect(lab.outputs(1)).toContainText('recorded reply', { timeout: 30_000 });
  await lab.idle();
  expect(own(lab), 'running all is free').toHaveLength(2);
  await prompts(lab, 0, 'print("the lemma fails")');
  await lab.runAll();
  await expect.poll(() => own(lab).length).toBe(3);
  expect(own(lab)[2][0].content).toContain('the lemma fails');
  await lab.idle();
});

test('the magic says what is in force, which model, and what it costs', async ({ lab }) => {
  await lab.notebook('says.ipynb', [LOAD, '%reconst', '%reconst use nowhere.ipynb']);
  await lab.runAll();
  await expect(lab.outputs(1)).toContainText('0 articles in force');
  await expect(lab.outputs(1)).toContainText('scripted (environment): its price is not known.');
  await expect(lab.outputs(2)).toContainText('(notebook_unknown)');
});
