// The builder minifies neither style sheets nor all of our code that can be.
const { rspack } = require('@rspack/core');

const compress = { passes: 4, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true };
const minimizerOptions = {
  ecma: 2022,
  module: true,
  compress,
  mangle: { toplevel: true, reserved: ['_JUPYTERLAB'] }, // JupyterLab finds us by that name.
  format: { comments: false }
};

module.exports = {
  target: ['web', 'es2022'],
  output: { cssFilename: '[name].[contenthash].css?v=[contenthash]' },
  module: {
    rules: [
      { test: /\.css$/, enforce: 'pre', loader: 'builtin:lightningcss-loader', options: { minify: true } },
      // One sheet, which the page awaits with the plugins. The builder hangs its own loaders on any other name.
      { test: /\.raw\.css$/, type: 'css' }
    ]
  },
  optimization: {
    // Names and numbers of ours need not be the same from one release to the next: the shortest.
    mangleExports: 'size',
    moduleIds: 'natural',
    chunkIds: 'natural',
    // Libraries stand in files of their own, however small: only so does the builder find their licences.
    splitChunks: { chunks: 'all', minSize: 0 },
    minimizer: [new rspack.SwcJsMinimizerRspackPlugin({ minimizerOptions })]
  }
};
