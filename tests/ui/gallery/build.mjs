/** Bundle the gallery into artefacts/gallery: `node tests/ui/gallery/build.mjs`. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rspack } from '@rspack/core';

import product from '../../../webpack.config.cjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const out = join(root, 'artefacts/gallery');
const prefix = process.env.VIRTUAL_ENV ?? join(root, '.venv');
const themes = join(prefix, 'share/jupyter/lab/themes/@jupyterlab');

mkdirSync(out, { recursive: true });
for (const theme of ['light', 'dark']) {
  const css = join(themes, `theme-${theme}-extension/index.css`);
  if (!existsSync(css)) {
    throw new Error(`JupyterLab's themes were not found: ${css}`);
  }
  writeFileSync(join(out, `${theme}.css`), readFileSync(css, 'utf8').replace(/url\([^)]*\)/g, 'none'));
}
copyFileSync(join(root, 'node_modules/axe-core/axe.min.js'), join(out, 'axe.js'));
writeFileSync(
  join(out, 'index.html'),
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gallery</title>
<script>document.write('<link rel="stylesheet" href="' + (location.search.includes('dark') ? 'dark' : 'light') + '.css">')</script>
<link rel="stylesheet" href="gallery.css">
<style>
body { margin: 0; background: var(--jp-layout-color1); } .lm-Widget { box-sizing: border-box; overflow: hidden; }
.lm-Widget.lm-mod-hidden { display: none !important; } .host { height: 100vh; margin: 0; }
.status { background: var(--jp-layout-color2); height: 24px; padding: 0 12px; display: flex; }
</style></head><body><main id="host" class="host"></main><script src="axe.js"></script><script src="gallery.js"></script></body></html>`
);

const compiler = rspack({
  mode: 'development',
  // Read anew for every picture: a small file is read in half the time. React still says what it finds wrong.
  optimization: { minimize: true, minimizer: [new rspack.SwcJsMinimizerRspackPlugin()] },
  devtool: false,
  context: root,
  entry: join(root, 'tests/ui/gallery/main.ts'),
  output: { path: out, filename: 'gallery.js', cssFilename: 'gallery.css' },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            target: 'es2022'
          }
        }
      },
      { test: /\.svg$/, type: 'asset/source' },
      ...product.module.rules,
      { test: /\.m?js$/, resolve: { fullySpecified: false } }
    ]
  },
  performance: { hints: false }
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString({ all: false, errors: true }));
    process.exit(1);
  }
  compiler.close(() => console.log(`gallery: ${out}`));
});
