/** Bundles the panels for the gallery, where something of theirs is younger than the bundle. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { test } from '@playwright/test';

const root = resolve(__dirname, '..', '..', '..');
const artefacts = join(root, 'artefacts', 'gallery');
const bundle = join(artefacts, 'gallery.js');

/** When the youngest file of these folders was written. */
function newest(folders: readonly string[]): number {
  const files = folders.flatMap(f => readdirSync(f, { recursive: true, encoding: 'utf8' }).map(name => join(f, name)));
  return Math.max(...files.map(file => statSync(file).mtimeMs));
}

test('the panels are bundled', () => {
  mkdirSync(join(artefacts, 'shots'), { recursive: true });
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest([join(root, 'src'), join(root, 'style'), __dirname])) {
    execFileSync('node', [join(__dirname, 'build.mjs')], { cwd: root, stdio: 'inherit' });
  }
});
