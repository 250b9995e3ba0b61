import { nullTranslator } from '@jupyterlab/translation';

import { PAYLOADS, poison } from '../../../tests/jest/payloads';
import { previewing } from '../../../tests/ui/gallery/fixtures';
import { impacts } from '../../../tests/ui/gallery/impacts';
import { fileOf } from './export';
import { htmlOf, jsonOf } from './report';

const trans = nullTranslator.load('');
const read = (text: string) => new DOMParser().parseFromString(text, 'text/html');

it('nothing that others wrote gets in as anything but text, and nothing is loaded', () => {
  const page = read(htmlOf(poison({ ...previewing, busy: false }), `Article 8: ${PAYLOADS}`, trans));
  const active =
    'script, img, iframe, object, embed, link, base, form, a, audio, video, image, use, foreignObject, [src], [href], [srcdoc]';
  expect(Array.from(page.querySelectorAll(active), e => e.outerHTML)).toEqual([]);
  const all = Array.from(page.querySelectorAll('*'));
  const handlers = all.flatMap(e => Array.from(e.attributes)).filter(a => /^on|^style$|^xlink/i.test(a.name));
  expect(handlers).toEqual([]);
  expect(page.querySelectorAll('style')).toHaveLength(1);
  expect(page.querySelector('style')!.textContent).not.toMatch(/url|@import/);
  expect(page.querySelector('meta[http-equiv]')!.getAttribute('content')).toContain("default-src 'none'");
  expect(page.body.textContent).toContain('<SCRIPT/XSS SRC="https://pwn-beacon.example/xss.js"></SCRIPT>');
});

it('says what the page says: sentences, formulas, intervals, rows with their words', () => {
  const page = read(htmlOf(impacts['impact-marked'], 'Article 8', trans));
  const text = page.body.textContent!;
  expect(page.title).toBe('Article 8');
  expect(text).toContain('The replies differ by more than the model’s own noise.');
  expect(text).toContain('Beta-mixture confidence sequence, 95%');
  expect(text).toContain('between 42% and > 99%');
  expect(text).toContain('You marked it: regression');
  expect(text).toContain('Ended: every probe was tried.');
  expect(page.querySelectorAll('.row')).toHaveLength(impacts['impact-marked'].rows.length);
  expect(page.querySelector('ins')!.textContent).toContain('No source found');
  expect(page.querySelector('polyline')!.getAttribute('points')).toMatch(/^0\.0,60\.0 /);
});

it('everything is in the JSON: the run, its rows with their probes, the evidence, the wishes', () => {
  const told = JSON.parse(jsonOf(impacts['impact-likely'])) as Record<string, unknown>;
  const { preview, rows, prompts, without } = impacts['impact-likely'];
  expect(told).toMatchObject({ id: preview!.id, evidence: preview!.evidence, rows, prompts, without });
});

it('of ten thousand rows the report is made in a moment', () => {
  expect(htmlOf(impacts['impact-many'], 'Article 8', trans).match(/class="row"/g)).toHaveLength(10_000);
});

it('is named so that every file system takes it', () => {
  expect(fileOf('Article 8: Name a source / <b>')).toBe('impact-article-8-name-a-source-b');
  expect(fileOf('第八条')).toBe('impact-of-a-draft');
});
