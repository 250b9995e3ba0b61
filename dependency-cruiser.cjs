// The walls of the frontend (docs/contributors/house.md): `jlpm walls`.
const never = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });
const spec = '\\.spec\\.tsx?$';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: [spec, '^src/contract', '\\.d\\.ts$'] },
      to: {}
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared',
      severity: 'error',
      from: { pathNot: [spec, '^tests/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-dev', 'npm-unknown'], dependencyTypesNot: ['type-only'] }
    },
    { name: 'tests-stay-out', severity: 'error', from: { pathNot: spec }, to: { path: spec } },
    never('ui-is-fed', '^src/ui', '^src/(client|service|model|notebook|collab|plugins)'),
    never('state-is-pure', '^src/model', '^src/(client|service|ui|notebook|collab|plugins)'),
    never('service-by-interface', '^src/service/(?!.*\\.spec\\.)', '^src/(ui|notebook|collab|plugins|model|client)'),
    never('anchoring-alone', '^src/anchoring', '^src/(?!anchoring|contract)'),
    never('presence-alone', '^src/collab', '^src/(?!collab|tokens)'),
    never('contract-alone', '^src/contract', '^src/(?!contract)'),
    never('names-below-things', '^src/(tokens/|commands\\.ts)', '^src/(?!contract|tokens/|commands\\.ts)'),
    never('only-index-loads-plugins', '^src/(?!index|.*\\.spec\\.)', '^src/plugins/'),
    never(
      'lab-notebook-at-the-edge',
      '^src/(model|service|client|ui|anchoring|contract)',
      '@jupyterlab/(notebook|cells|application)'
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
};
