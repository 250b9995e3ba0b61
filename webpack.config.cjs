// The builder does not minify style sheets, and not all of our code that can be.
const { rspack } = require('@rspack/core');

const compress = { passes: 4, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true };
const minimizerOptions = {
  ecma: 2022,
  module: true,
  compress,
  mangle: { toplevel: true },
  format: { comments: false }
};

module.exports = {
  module: {
    rules: [{ test: /\.css$/, enforce: 'pre', loader: 'builtin:lightningcss-loader', options: { minify: true } }]
  },
  optimization: { minimizer: [new rspack.SwcJsMinimizerRspackPlugin({ minimizerOptions })] }
};
