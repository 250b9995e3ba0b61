// Unit tests of the frontend: `src/**/*.spec.ts(x)`, in jsdom. Types are checked by `tsc -p tsconfig.tests.json`.
const esm = ['@codemirror', '@jupyter', '@jupyterlab', '@lezer', '@lumino', '@marijn', '@microsoft', '@rjsf'];
const alone = ['color', 'd3-', 'diff', 'exenv-es6', 'lib0', 'nanoid', 'style-mod', 'uuid', 'vscode', 'y-', 'yjs'];

module.exports = {
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/src'],
  testRegex: '\\.spec\\.tsx?$',
  transform: {
    '\\.svg$': '<rootDir>/tests/jest/svg.js',
    '\\.[jt]sx?$': ['ts-jest', { tsconfig: 'tests/jest/tsconfig.json' }]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${[...esm.map(scope => `${scope}/`), ...alone].join('|')}))`],
  moduleNameMapper: { '\\.css$': '<rootDir>/tests/jest/style.js' },
  setupFiles: ['<rootDir>/tests/jest/browser.js']
};
