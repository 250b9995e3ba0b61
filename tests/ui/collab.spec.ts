/** Two people in one notebook on a collaborative server, each in a browser of their own: Ana and Ben. */
import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { articlesIn, enact, inForce, sidebar } from './acting';
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
    await page.waitForFunction(() => 'jupyterapp' in window, null, { timeout: 60_000 });
    await page.evaluate(() => (window as unknown as { jupyterapp: { restored: Promise<void> } }).jupyterapp.restored);
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

/** Both open a new notebook at the same moment. */
async function opened(path: string, cells: Cell[]): Promise<void> {
  ana.write(path, cells);
  await both(async lab => {
    await lab.command('docmanager:open', { path });
    await expect(lab.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell').first()).toBeVisible({
      timeout: 60_000
    });
    await expect.poll(() => shown(lab.page)).toBe(path);
  });
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
  await ana.reload();
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
