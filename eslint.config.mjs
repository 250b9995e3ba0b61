// One place for what must not be written. `no-danger` and the bans below are part of the threat model (T4, T5).
import jupyter from '@jupyter/eslint-plugin';
import ts from '@typescript-eslint/eslint-plugin';
import parser from '@typescript-eslint/parser';
import react from 'eslint-plugin-react';
import hooks from 'eslint-plugin-react-hooks';

const html = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc'];
const never = [
  ...html.map(name => ({
    selector: `MemberExpression[property.name="${name}"]`,
    message: 'Text nodes only: markup from a notebook or a model is never parsed.'
  })),
  {
    selector: 'JSXOpeningElement[name.name=/^(img|iframe|object|embed|script|style|link|video|audio)$/]',
    message: 'Our panels load nothing and run nothing.'
  }
];
// Names of keys, commands and addresses are the same in every language.
const strict = jupyter.rules['no-untranslated-string'];
const said = {
  ...strict,
  create: context => {
    const report = problem => {
      const { node } = problem;
      const tag = node.parent?.openingElement?.name?.name ?? node.parent?.parent?.openingElement?.name?.name;
      if (!['kbd', 'pre', 'code'].includes(tag) && !/^https?:/.test(String(node.value?.value ?? node.value))) {
        context.report(problem);
      }
    };
    return strict.create(Object.create(context, { report: { value: report } }));
  }
};
const ours = { ...jupyter, rules: { ...jupyter.rules, 'no-untranslated-string': said } };
const forSource = jupyter.configs.recommended.filter(part => !part.files?.some(name => name.includes('schema')));
const jupyterRules = Object.assign({}, ...forSource.map(part => part.rules));

export default [
  { ignores: ['src/contract/**', 'lib/**', 'node_modules/**', 'jupyter_reconst/**', '.venv/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...ts.configs['flat/recommended'],
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: {
      parser,
      parserOptions: { project: './tsconfig.tests.json', ecmaFeatures: { jsx: true } }
    },
    settings: { react: { version: '18.3' } },
    plugins: { jupyter: ours, react, 'react-hooks': hooks },
    rules: {
      ...jupyterRules,
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/no-namespace': 'off',
      // Our commands take no arguments: a button in somebody's notebook could fill them in (T6).
      'jupyter/command-described-by': 'off',
      curly: ['error', 'all'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-eval': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Use ServerConnection.makeRequest (token, XSRF, base URL).' }
      ],
      'no-restricted-syntax': ['error', ...never],
      'react/jsx-key': 'error',
      'react/jsx-no-target-blank': 'error',
      'react/no-danger': 'error',
      'react/no-danger-with-children': 'error'
    }
  },
  {
    files: ['src/**/*.spec.{ts,tsx}'],
    rules: {
      'jupyter/no-untranslated-string': 'off',
      'jupyter/plugin-activation-args': 'off',
      'jupyter/prefer-signal-this-arg': 'off',
      'jupyter/require-signal-cleanup': 'off',
      'no-restricted-syntax': 'off'
    }
  },
  {
    files: ['tests/**/*.{ts,tsx}', 'benchmarks/browser/**/*.ts'],
    languageOptions: { parser, parserOptions: { project: './tsconfig.tests.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      curly: ['error', 'all'],
      eqeqeq: ['error', 'always', { null: 'ignore' }]
    }
  },
  // Jest loads these as CommonJS.
  { files: ['tests/jest/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } }
];
