/** Every panel in every state, without a server: no accessibility violation, no overflow, nothing too small. */
import { join, resolve } from 'node:path';

import { Page, test as base, expect } from '@playwright/test';

import { OTHERS, PAGES, POPOVERS, SIDEBAR, Scene } from './scenes';

const root = resolve(__dirname, '..', '..', '..');
const artefacts = join(root, 'artefacts', 'gallery');
const shots = join(artefacts, 'shots');
const only = process.env.GALLERY?.split(',');

/** One page per worker. Each scene is a document of its own in it: what is saved is starting a browser's process. */
const test = base.extend<{ page: Page }, { sheet: Page }>({
  sheet: [
    async ({ browser }, use) => {
      const page = await browser.newPage();
      await use(page);
      await page.context().close();
    },
    { scope: 'worker' }
  ],
  page: async ({ sheet: page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', error => errors.push(String(error)));
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    await use(page);
    page.removeAllListeners();
    expect(errors, 'errors of the page').toEqual([]);
  }
});

test.use({ trace: 'off', screenshot: 'off' });

interface IFound {
  readonly violations: readonly string[];
  readonly overflow: readonly string[];
  readonly small: readonly string[];
  readonly targets: readonly string[];
}

/** What is wrong with what is drawn inside `.jp-reconst`. */
async function wrong(page: Page): Promise<IFound> {
  return page.evaluate(async () => {
    type Axe = {
      run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const options = { runOnly: { type: 'tag', values: tags }, preload: false };
    const found = await (window as unknown as { axe: Axe }).axe.run({ include: ['.jp-reconst'] }, options);
    const violations = found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)}`));
    const all = Array.from(document.querySelectorAll<HTMLElement>('.jp-reconst, .jp-reconst *'));
    const seen = all.filter(e => e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('.jp-reconst-sr'));
    const name = (e: Element) => `${e.tagName.toLowerCase()}.${e.className} ${(e.textContent ?? '').slice(0, 40)}`;
    const width = document.documentElement.clientWidth;
    const clipped = (e: Element) => {
      const style = getComputedStyle(e);
      return style.overflowX === 'auto' || style.overflowX === 'hidden' || style.overflowX === 'scroll';
    };
    const overflow = seen
      .filter(e => {
        const box = e.getBoundingClientRect();
        let parent = e.parentElement;
        while (parent && !clipped(parent)) {
          parent = parent.parentElement;
        }
        const edge = parent && parent !== document.body ? parent.getBoundingClientRect().right : width;
        return box.width > 0 && (box.right > Math.min(edge, width) + 1 || box.left < -1);
      })
      .map(name);
    const worded = (e: Element) =>
      Array.from(e.childNodes).some(n => n.nodeType === Node.TEXT_NODE && n.textContent?.trim());
    const small = seen.filter(e => worded(e) && parseFloat(getComputedStyle(e).fontSize) < 13).map(name);
    const targets = seen
      .filter(e => e.matches('button, summary, select, input[type=text], [role=tab], [role=switch], textarea'))
      .filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.height < 23.5 || box.width < 23.5);
      })
      .map(name);
    return { violations, overflow, small, targets };
  });
}

interface IWay {
  readonly locale?: string;
  /** WCAG 1.4.12: the spacing that a reader may set. */
  readonly spaced?: boolean;
  readonly forced?: boolean;
}

/** What scenes show only after a moment without typing. */
const LATER: Partial<Record<Scene, RegExp>> = { library: /The Off-Switch Game/, variants: /\bcalls?\b/ };

/** A scene, drawn at the size that the page has; `look` may then look at it in others. */
async function draw(page: Page, scene: Scene, theme: string, way: IWay = {}): Promise<void> {
  await page.emulateMedia(
    way.forced ? { forcedColors: 'active', reducedMotion: 'reduce' } : { forcedColors: null, reducedMotion: null }
  );
  await page.goto(`file://${artefacts}/index.html?scene=${scene}&theme=${theme}&locale=${way.locale ?? ''}`);
  if (way.spaced) {
    await page.addStyleTag({
      content:
        '.jp-reconst * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }'
    });
  }
  const shown = page.locator('.jp-reconst:visible');
  await (LATER[scene] ? shown.getByText(LATER[scene]) : shown).first().waitFor();
}

/** Wait until the page rests: for some frames nothing was written into it, and nothing is on its way. */
async function rested(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const frames = 5;
    let left = frames;
    const changes = new MutationObserver(() => (left = frames));
    changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    while (left-- > 0) {
      await frame();
    }
    changes.disconnect();
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

async function look(page: Page, name: string, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await rested(page);
  await page.screenshot({ path: join(shots, `${name}.png`) });
  expect(await wrong(page)).toEqual({ violations: [], overflow: [], small: [], targets: [] });
}

const sizes: readonly (readonly [readonly Scene[], readonly (readonly [number, number])[]])[] = [
  [
    SIDEBAR,
    [
      [250, 850],
      [400, 850]
    ]
  ],
  [
    POPOVERS,
    [
      [1000, 800],
      [320, 700]
    ]
  ],
  [
    PAGES,
    [
      [1440, 900],
      [760, 900],
      [320, 900]
    ]
  ],
  [
    OTHERS,
    [
      [760, 600],
      [320, 600]
    ]
  ]
];

for (const [scenes, widths] of sizes) {
  for (const scene of scenes) {
    if (only && !only.some(name => scene.startsWith(name))) {
      continue;
    }
    for (const theme of ['light', 'dark']) {
      test(`${scene} ${theme}`, async ({ page }) => {
        // What is drawn narrow and then given room need not be what is drawn wide and then pressed: one theme each.
        const [first, ...others] = theme === 'light' ? widths : [...widths].reverse();
        await page.setViewportSize({ width: first[0], height: first[1] });
        await draw(page, scene, theme);
        for (const [width, height] of [first, ...others]) {
          await test.step(`${width} px`, () => look(page, `${scene}-${width}-${theme}`, width, height));
        }
      });
    }
  }
}

const narrow: readonly [Scene, number, number][] = [
  ['side-review', 320, 256],
  ['side-constitution', 320, 256],
  ['card-correct', 320, 256],
  ['card-amend', 320, 256],
  ['impact-marked', 320, 256],
  ['acceptance', 320, 256],
  ['sentences', 320, 256]
];

for (const [scene, width, height] of only ? [] : narrow) {
  test(`zoomed to 400%: ${scene}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await draw(page, scene, 'light');
    await look(page, `${scene}-${width}-zoomed`, width, height);
    // Everything can be reached: the last button scrolls into view.
    const last = page.locator('.jp-reconst:visible button:visible').last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
  });
}

const ways: readonly [string, IWay][] = [
  ['long strings', { locale: 'long' }],
  ['spaced text', { spaced: true }],
  ['forced colours', { forced: true }]
];
const samples: readonly [Scene, number, number][] = [
  ['side-empty', 250, 900],
  ['side-review', 250, 900],
  ['side-constitution', 250, 900],
  ['chip', 1000, 700],
  ['card-correct', 1000, 800],
  ['card-amend', 1000, 800],
  ['impact-marked', 1000, 900],
  ['acceptance', 760, 900],
  ['connect', 760, 900]
];

for (const [name, way] of only ? [] : ways) {
  for (const [scene, width, height] of samples) {
    test(`${name}: ${scene}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await draw(page, scene, 'light', way);
      await look(page, [scene, width, 'light', ...Object.keys(way)].join('-'), width, height);
    });
  }
}
