/** Checking an argument, in the browser: worth it?, sentences, a verdict, an edit that takes it away, a case. */
import { chosen } from './acting';
import { expect, test } from './lab';

const PASSAGE = 'Everybody who trusts Ana is wise. Ben trusts Ana; so Ben is wise.';

type Tree = { op: string; name?: string; sort?: string; args?: Tree[] };
const node = ({ op, name, sort, args = [] }: Tree): object => ({
  op,
  name: name ?? null,
  sort: sort ?? null,
  value: null,
  args: args.map(node)
});
const apply = (name: string, ...args: Tree[]): Tree => ({ op: 'apply', name, args });
const x: Tree = { op: 'variable', name: 'x' };
const trusts = (who: Tree): Tree => apply('trusts', who, apply('ana'));
const SENTENCES: [string, string, Tree][] = [
  [
    'rule',
    'Everybody who trusts Ana is wise',
    {
      op: 'forall',
      name: 'x',
      sort: 'person',
      args: [{ op: 'implies', args: [trusts(x), apply('wise', x)] }]
    }
  ],
  ['fact', 'Ben trusts Ana', trusts(apply('ben'))],
  ['claim', 'Ben is wise', apply('wise', apply('ben'))]
];
const symbol = (name: string, words: string, takes: string[], gives = 'truth') => ({ name, takes, gives, words });
const formulas = SENTENCES.map(([name, quote, tree]) => ({ name, quote, formula: node(tree) }));

/** What the model answers to each of its three questions. */
function drafted(system: string): string {
  if (system.includes('{"worth"')) {
    return JSON.stringify({ worth: true, loss: 'How sure people are.' });
  }
  if (system.includes('{"formulas"')) {
    return JSON.stringify({ formulas: formulas.map(({ name, formula }) => ({ name, formula })) });
  }
  const symbols = [
    symbol('trusts', '{1} trusts {2}', ['person', 'person']),
    symbol('wise', '{1} is wise', ['person']),
    symbol('ana', 'Ana', [], 'person'),
    symbol('ben', 'Ben', [], 'person')
  ];
  return JSON.stringify({ symbols, frame: 'none', premises: formulas.slice(0, 2), claim: formulas[2] });
}

test('a passage is weighed, formalised, judged, edited, judged again and pinned', async ({ lab, endpoint }) => {
  const { page } = lab;
  endpoint.script = request => drafted(request.messages[0].content);
  await lab.notebook('argument.ipynb', [`print(${JSON.stringify(PASSAGE)})`]);
  await lab.run(0);
  await expect(lab.outputs(0)).toContainText(PASSAGE);
  await chosen(lab.outputs(0), PASSAGE);
  await page.getByRole('toolbar', { name: 'Selected words' }).getByRole('button', { name: 'Formalise' }).click();

  const sheet = page.locator('#reconst-argument');
  await expect(sheet.getByText('How sure people are.')).toBeVisible();
  expect(endpoint.requests).toHaveLength(1);
  await sheet.getByRole('button', { name: 'Formalise' }).click();

  await expect(sheet.getByRole('heading', { name: 'It follows.' })).toBeVisible({ timeout: 20_000 });
  await expect(sheet.getByText('The premises alone: they can all be true.')).toBeVisible();
  await expect(sheet.getByText('It rests on: rule, fact.')).toBeVisible();
  expect(endpoint.requests).toHaveLength(3);
  await sheet.getByRole('button', { name: '“Ben trusts Ana”' }).click();

  await sheet.getByLabel('fact as a formula').fill('wise(ana)');
  await expect(sheet.getByRole('heading', { name: 'It follows.' })).toBeHidden();
  await sheet.getByRole('button', { name: 'Judge what is written' }).click();
  await expect(sheet.getByRole('heading', { name: 'It does not follow.' })).toBeVisible({ timeout: 20_000 });
  await expect(sheet.getByText('Not so: Ben is wise.')).toBeVisible();
  expect(endpoint.requests).toHaveLength(3);
  await lab.shot('argument');

  await sheet.getByRole('button', { name: 'Pin as a case' }).click();
  await expect(sheet.getByText('Pinned as a case: “does not follow”.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Make it an article…' }).first().click();
  await expect(page.locator('#reconst-article-title')).toHaveValue(/^Assume “Everybody who trusts Ana/);
});
