/** Two people in one notebook on a collaborative server, each in a browser of their own: Ana and Ben. */
import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { LOAD, articlesIn, ask, chosen, enact, inForce, sidebar } from './acting';
import { Cell, Lab, expect as expecting, test } from './lab';
import { partner } from './partner';
import { COLLABORATIVE } from './server';

/** What one page does reaches the other when the server comes to it. */
const expect = expecting.configure({ timeout: 30_000 });

/** A server that knows who is who: each has a token of their own. */
const PEOPLE = `
from jupyter_server.auth import IdentityProvider, User

class People(IdentityProvider):
    async def get_user_token(self, handler):
        name = {"of-ana": "Ana", "of-ben": "Ben"}.get(self.get_token(handler))
        return User(name.lower(), name, name) if name else await super().get_user_token(handler)

c.ServerApp.identity_provider_class = People
c.Reconst.per_user = True
`;

test.use({ config: PEOPLE, python: COLLABORATIVE });
test.skip(!existsSync(COLLABORATIVE), 'jupyter-collaboration is not there: `python3 run.py test` installs it');

let ana: Lab;
let ben: Lab;

test.beforeAll(async ({ browser, server, endpoint }) => {
  endpoint.script = partner;
  const signed = async (token: string): Promise<Lab> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    // That loading takes long, or that the server is out of reach, is said in dialogs that stay until they are answered.
    const told = page.locator('.jp-Dialog .jp-mod-accept');
    await page.addLocatorHandler(told, () => told.click());
    await page.goto(`${server.url}/lab?reset&token=${token}`);
    await started(page);
    return new Lab(page, server, endpoint, 'lab');
  };
  [ana, ben] = await Promise.all([signed('of-ana'), signed('of-ben')]);
});

test.afterAll(async () => {
  await Promise.all([ana, ben].map(lab => lab?.page.context().close()));
});

test.afterEach(() => {
  expect([...ana.faults, ...ben.faults], 'errors of the pages').toEqual([]);
});

async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => 'jupyterapp' in window, null, { timeout: 60_000 });
  await page.evaluate(() => (window as unknown as { jupyterapp: { restored: Promise<void> } }).jupyterapp.restored);
}

/** Both open a new notebook at the same moment. */
async function opened(path: string, cells: Cell[]): Promise<void> {
  ana.write(path, cells);
  await both(async lab => {
    await lab.command('docmanager:open', { path });
    await loaded(lab, path);
  });
}

async function loaded(lab: Lab, path: string): Promise<void> {
  await expect(cellOf(lab, 0)).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => shown(lab.page)).toBe(path);
}

const both = <T>(act: (lab: Lab) => Promise<T>): Promise<T[]> => Promise.all([ana, ben].map(act));

/** The notebook that the sidebar is about, once the server has said what is in force in it. */
const shown = (page: Page) =>
  page.evaluate(() => {
    type State = { inForce: object | null; path: string | null };
    const { jupyterapp } = window as unknown as {
      jupyterapp: { pluginRegistry: { _plugins: Map<string, { service: { store: { value: State } } }> } };
    };
    const { inForce, path } = jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!.service.store.value;
    return inForce && path;
  });

/** The keys of the articles in the notebook as a page has it. */
const held = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Model = { sharedModel: { metadata: object } };
    const { jupyterapp } = window as unknown as {
      jupyterapp: { shell: { currentWidget: { context: { model: Model } } } };
    };
    const { metadata } = jupyterapp.shell.currentWidget.context.model.sharedModel;
    return Object.keys(metadata).filter(key => key.startsWith('reconst:article:'));
  });

const rule = (title: string) => ({ title, when: 'always', then: `keep to ${title}` });

test('what each of them runs in the kernel that they share is asked under what that person has accepted', async () => {
  await opened('asked.ipynb', [LOAD, ask('What holds, for Ana?'), ask('What holds, for Ben?')]);
  await enact(ana.page, 21, { title: 'Ana’s rule', when: 'always', then: 'be brief' });
  await expect.poll(() => held(ben.page)).toHaveLength(1);
  await ana.idle();
  await run(ana, 0);
  await run(ana, 1);
  await both(lab => expect(cellOf(lab, 1)).toContainText('1 article in force'));
  await run(ben, 2);
  await both(lab => expect(cellOf(lab, 2)).toContainText('0 articles in force'));
});

test('highlights come with who made them, undo takes back one’s own, each sees where the other is', async () => {
  const output = [{ output_type: 'stream', name: 'stdout', text: 'the robot defers to the human' }];
  const said = { cell_type: 'code', source: '1', outputs: output };
  await opened('live.ipynb', [said]);
  const painted = (page: Page) =>
    page.evaluate(() => [...CSS.highlights.values()].reduce((sum, paint) => sum + paint.size, 0));
  await both(lab => sidebar(lab));
  await correct(ben, 'the human', 'whoever is in charge');
  await expect(panelOf(ana)).toContainText('whoever is in charge');
  await expect(panelOf(ana)).toContainText('says it is by Ben');
  await expect.poll(() => painted(ana.page)).toBe(1);
  await correct(ana, 'the robot', 'a robot that is unsure');
  await expect(panelOf(ben)).toContainText('says it is by Ana');
  await expect.poll(() => painted(ben.page)).toBe(2);
  await panelOf(ana).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => painted(ben.page)).toBe(1);
  await expect(panelOf(ben)).not.toContainText('a robot that is unsure');
  await expect(panelOf(ben)).toContainText('whoever is in charge');

  await panelOf(ben).getByRole('button', { name: 'Amend' }).first().click();
  const there = panelOf(ana).getByRole('img', { name: 'Ben looks at this now' });
  await expect(there).toHaveText('B');
  await both(lab => lab.shot(`collab-${lab === ana ? 'ana' : 'ben'}-light`));
  await ben.page.keyboard.press('Escape');
  await expect(there).toHaveCount(0);
});

test('two ratify at the same moment, one is offline and returns, one reloads in the middle: nothing is lost', async () => {
  await opened('both.ipynb', ['1']);
  await Promise.all([enact(ana.page, 11, rule('Ana’s first')), enact(ben.page, 12, rule('Ben’s first'))]);
  await both(async lab => {
    await expect.poll(() => held(lab.page)).toHaveLength(2);
    const panel = await sidebar(lab, /Constitution/);
    const [mine, theirs] = lab === ana ? ['Ana', 'Ben'] : ['Ben', 'Ana'];
    await expect(panel.locator('.jp-reconst-name')).toHaveText(`${mine}’s first`);
    await expect(panel).toContainText(`1 article is new or changed here. (says it is by ${theirs})`);
  });
  const [one, other] = await both(lab => inForce(lab.page));
  expect(one!.notebook).toBe(other!.notebook);

  // Ben is away while Ana ratifies; she leaves the page while the answer is on its way.
  await ben.page.context().setOffline(true);
  const answered = ana.page.waitForResponse(response => response.url().includes('/reconst/ratify'));
  void enact(ana.page, 13, rule('Ana’s second')).catch(() => undefined);
  await answered;
  await ana.page.reload();
  await started(ana.page);
  await loaded(ana, 'both.ipynb');
  const missing = ana.page.locator('#reconst-sidebar').getByRole('button', { name: 'Put it in' });
  await sidebar(ana, /Constitution/);
  const there = () => held(ana.page).then(keys => keys.length === 3);
  await expect(async () => expect((await there()) || (await missing.isVisible())).toBe(true)).toPass();
  if (!(await there())) {
    await missing.click();
  }
  await expect.poll(() => held(ana.page)).toHaveLength(3);
  expect(await held(ben.page)).toHaveLength(2);
  await ben.page.context().setOffline(false);
  await expect.poll(() => held(ben.page)).toHaveLength(3);
  await enact(ben.page, 14, rule('Ben’s second'));
  await both(lab => expect.poll(() => held(lab.page)).toHaveLength(4));
  const [hers, his] = await both(lab => held(lab.page));
  expect(hers.sort()).toEqual(his.sort());
  await expect.poll(() => articlesIn(ana.saved('both.ipynb').metadata)).toHaveLength(4);
});

const panelOf = (lab: Lab) => lab.page.locator('#reconst-sidebar');
const cellOf = (lab: Lab, index: number) =>
  lab.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell').nth(index);

async function run(lab: Lab, index: number): Promise<void> {
  await cellOf(lab, index).locator('.jp-InputPrompt').first().click();
  await lab.command('notebook:run-cell');
  await lab.idle();
}

/** Say what words of the first cell's output should have been. */
async function correct(lab: Lab, words: string, said: string): Promise<void> {
  const card = lab.page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await chosen(cellOf(lab, 0).locator('.jp-OutputArea-output').first(), words);
  await lab.page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  await card.getByRole('textbox', { name: 'Your words' }).fill(said);
  await card.getByRole('button', { name: 'Save only' }).click();
  await expect(card).toContainText('Saved.');
  await card.getByRole('button', { name: 'Done' }).click();
}
