import { impacts } from '../../../tests/ui/gallery/impacts';
import { fileOf, jsonOf } from './export';

it('everything is in the JSON: the run, its rows with their probes, the evidence, the wishes', () => {
  const told = JSON.parse(jsonOf(impacts['impact-likely'])) as Record<string, unknown>;
  const { preview, rows, prompts, without } = impacts['impact-likely'];
  expect(told).toMatchObject({ id: preview!.id, evidence: preview!.evidence, rows, prompts, without });
});

it('is named so that every file system takes it', () => {
  expect(fileOf('Article 8: Name a source / <b>')).toBe('impact-article-8-name-a-source-b');
  expect(fileOf('第八条')).toBe('impact-of-a-draft');
});
