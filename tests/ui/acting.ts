/** What several tests do: ask, read the file again, select, and reach the law as the panels do. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './lab';
import type { Lab } from './lab';
import { id } from './law';

export const LOAD = '%load_ext jupyter_reconst';
export const ask = (prompt: string) => `%%reconst\n${prompt}`;

export async function sidebar(lab: Lab, tab?: RegExp) {
  await lab.command('reconst:open');
  const found = lab.page.locator('#reconst-sidebar');
  await expect(found).toBeVisible();
  if (tab) {
    await found.getByRole('tab', { name: tab }).click();
  }
  return found;
}

/** Read the file again, as after a `git pull`. */
export async function revert(page: Page): Promise<void> {
  await page.evaluate(async () => {
    type Shell = { currentWidget: { context: { revert(): Promise<void> } } };
    await (window as unknown as { jupyterapp: { shell: Shell } }).jupyterapp.shell.currentWidget.context.revert();
  });
}

/** Switch autosave; the server remembers it from page to page. */
export async function autosave(page: Page, on: boolean): Promise<void> {
  await page.evaluate(async on => {
    type Commands = { isToggled(id: string): boolean; execute(id: string): Promise<unknown> };
    const { commands } = (window as unknown as { jupyterapp: { commands: Commands } }).jupyterapp;
    if (commands.isToggled('docmanager:toggle-autosave') !== on) {
      await commands.execute('docmanager:toggle-autosave');
    }
  }, on);
}

/** Select words by the browser's own selection: a drag may miss a line that the host is still laying out. */
export async function chosen(within: Locator, words: string): Promise<void> {
  await within.evaluate((root, words) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = (node.textContent ?? '').indexOf(words);
      if (at >= 0) {
        node.parentElement!.scrollIntoView({ block: 'nearest' });
        window.getSelection()!.setBaseAndExtent(node, at, node, at + words.length);
        return;
      }
    }
    throw new Error(`no text node holds “${words}”`);
  }, words);
}

/** Run a cell and wait for the line under its reply. */
export async function asked(lab: Lab, cell: number): Promise<void> {
  await lab.run(cell);
  await expect(lab.outputs(cell)).toContainText(/articles? in force/, { timeout: 30_000 });
  await lab.idle();
}

interface IDraft {
  title: string;
  when: string;
  then: string;
}

/** What the tests reach for in the page: the same service that the buttons press. */
export interface IPage {
  jupyterapp: { pluginRegistry: { _plugins: Map<string, { service: IService }> } };
}

interface IService {
  store: {
    value: { inForce: { digest: string; notebook: string; origin: string | null } | null };
    update(patch: object): void;
  };
  ask(prompt: string, options: object): Promise<boolean>;
  ratify(note: string): Promise<boolean>;
}

const BLANK = { action: 'add', article: null, base: null, order: null, reach: 'kind', annotations: [], note: '' };

/** Ratify article number `n` as the impact page does, of which only the draft is there. */
export async function enact(page: Page, n: number, draft: IDraft): Promise<void> {
  const whole = { why: '', kind: 'process', always: true, enabled: true, ...draft };
  await page.evaluate(
    async amendment => {
      const { jupyterapp } = window as unknown as IPage;
      const { service } = jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!;
      // Nobody sees a page to press on before the server has said what is in force.
      for (let tries = 0; !service.store.value.inForce && tries < 100; tries++) {
        await new Promise(done => setTimeout(done, 100));
      }
      service.store.update({ preview: { amendment, draft: amendment.draft, annotations: [], preview: null } });
      const confirmed = await service.ratify('');
      service.store.update({ preview: null });
      if (!confirmed) {
        throw new Error(`“${amendment.draft.title}” was not ratified`);
      }
    },
    { ...BLANK, source: { by: 'person', name: '' }, id: id(n), draft: whole }
  );
}

/** What is in force in the open notebook, as the page knows it. */
export const inForce = (page: Page) =>
  page.evaluate(() => {
    const { jupyterapp } = window as unknown as IPage;
    return jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!.service.store.value.inForce;
  });

/** The keys of the articles' revisions. */
export const articlesIn = (metadata: Record<string, unknown>) =>
  Object.keys(metadata).filter(key => key.startsWith('reconst:article:'));
