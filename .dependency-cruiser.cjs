/**
 * The floors of the house. Arrows point one way: a floor imports floors beneath it, never one above.
 * @type {import('dependency-cruiser').IConfiguration}
 */

const spaceFloors = [
  ['^src/catalogue/', '^src/support/'],
  ['^src/ir/'],
  ['^src/space/expressions/', '^src/space/decisions/', '^src/space/limits/'],
  ['^src/space/evaluation/'],
  ['^src/space/binding/'],
  ['^src/space/network/'],
  ['^src/space/cost/', '^src/space/architectures/'],
  ['^src/space/index\\.ts$'],
  ['^src/analysis/diagram/'],
  ['^src/analysis/layers/', '^src/analysis/costs/'],
  ['^src/analysis/queries/'],
  ['^src/analysis/index\\.ts$'],
  ['^src/architectures/'],
  ['^src/views/graph/', '^src/views/diff/'],
]

const compilerFloors = [
  ['^src/compiler/text/'],
  ['^src/compiler/diagnostics/'],
  ['^grammar/'],
  ['^src/compiler/syntax/'],
  ['^src/compiler/modules/'],
  ['^src/compiler/names/'],
  ['^src/compiler/check/types/'],
  ['^src/compiler/check/expressions/'],
  ['^src/compiler/check/declarations/'],
  ['^src/compiler/check/searches/'],
  ['^src/compiler/check/check\\.ts$'],
  ['^src/compiler/lower/'],
  ['^src/compiler/session/', '^src/compiler/index\\.ts$'],
]

const runtimeFloors = [
  ['^src/runtime/random/', '^src/runtime/data/', '^src/runtime/run/', '^src/runtime/kernels/'],
  ['^src/runtime/operations/', '^src/runtime/program/'],
  ['^src/runtime/optimise/', '^src/runtime/backend/'],
  ['^src/runtime/plan/'],
  ['^src/runtime/training/'],
  // The report is made from a run directory alone; a search that ends asks for it.
  ['^src/runtime/report/'],
  ['^src/runtime/search/components/'],
  ['^src/runtime/search/settings/'],
  ['^src/runtime/search/step/'],
  ['^src/runtime/search/measurements/'],
  ['^src/runtime/search/phases/'],
  ['^src/runtime/search/run/'],
  ['^src/runtime/rank/', '^src/runtime/latency/', '^src/runtime/export/'],
  ['^src/runtime/index\\.ts$'],
]

/** For every floor: nothing on it may import a floor above. */
function arrows(house, floors) {
  return floors.slice(0, -1).map((floor, i) => ({
    name: `${house}-floor-${i + 1}`,
    comment: `${floor.join(', ')} must not import the floors above`,
    severity: 'error',
    from: { path: floor },
    to: { path: floors.slice(i + 1).flat() },
  }))
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Folders must not need each other. (Their types may; so may functions of one folder that call each other.)',
      severity: 'error',
      from: { path: '^(.+)/[^/]+$' },
      to: { circular: true, via: { pathNot: '^$1/' }, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'ground-floor-imports-nothing',
      comment: 'the catalogue of diagnostics and failures stands under everything, and imports nothing',
      severity: 'error',
      from: { path: '^src/catalogue/' },
      to: { pathNot: '^src/catalogue/' },
    },
    {
      name: 'ir-and-space-are-the-bridge',
      comment: 'src/ir, src/space, src/analysis and src/views import nothing of compiler, runtime or command line',
      severity: 'error',
      from: { path: '^src/(catalogue|support|ir|space|analysis|architectures|views)/' },
      to: { path: '^(src|grammar)/', pathNot: '^src/(catalogue|support|ir|space|analysis|architectures|views)/' },
    },
    {
      name: 'grammar-knows-no-meaning',
      comment: 'grammar/ is tokens and productions only',
      severity: 'error',
      from: { path: '^grammar/' },
      to: { path: '^src/', pathNot: '^src/compiler/(text|diagnostics)/' },
    },
    {
      name: 'runtime-sees-only-the-ir',
      comment: 'src/runtime imports the IR and what is made of it, and itself: no token, no AST, no symbol',
      severity: 'error',
      from: { path: '^src/runtime/' },
      to: {
        path: '^(src|grammar)/',
        pathNot: '^src/(runtime|catalogue|support|ir|space|analysis|architectures|views)/',
      },
    },
    {
      name: 'compiler-needs-no-runtime',
      comment: 'src/compiler never imports the runtime or the command line',
      severity: 'error',
      from: { path: '^src/compiler/' },
      to: { path: '^src/(runtime|cli)/' },
    },
    {
      name: 'only-hosts-touch-files',
      comment: 'the compiler and what it is made of run where there are no files: its Node host alone reads them',
      severity: 'error',
      from: {
        path: '^(src/(support|ir|space|analysis|architectures|views|compiler)|grammar)/',
        pathNot: '^src/support/node/|^(src/compiler/modules/node-host|grammar/generate)\\.ts$',
      },
      to: {
        path: '^(node:)?(fs|path|os|process|child_process|worker_threads|tty|readline)(/|$)|^src/support/node/',
      },
    },
    {
      name: 'runtime-loads-late',
      comment: 'the command line reaches the runtime only by import() inside a command',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/runtime/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    {
      name: 'runtime-by-its-door',
      comment: 'types of the runtime are those that src/runtime/index.ts gives',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/runtime/',
        pathNot: '^src/runtime/index\\.ts$',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'runtime-by-commands',
      comment:
        'only a command, a stage of the compiler that a command shows, or what opens a run for commands loads the runtime',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/((commands|stages)/|operands/open-program\\.ts$)' },
      to: { path: '^src/runtime/', dependencyTypes: ['dynamic-import'] },
    },
    {
      name: 'commands-load-late',
      comment: 'a command is loaded only when it is called',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/commands/' },
      to: { path: '^src/cli/commands/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'src and grammar never import tests, benches or scripts',
      severity: 'error',
      from: { path: '^(src|grammar)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'declared-packages-only',
      comment: 'every package that the product imports is a dependency in package.json',
      severity: 'error',
      from: { path: '^(src|grammar)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'operations-stand-on-their-support',
      comment: 'the helpers of operations know no operation',
      severity: 'error',
      from: { path: '^src/runtime/operations/support/' },
      to: { path: '^src/runtime/operations/[^/]+$' },
    },
    {
      name: 'engines-stand-apart',
      comment: 'an engine knows what all engines share, never another engine, their installation or the choice of one',
      severity: 'error',
      from: { path: '^src/runtime/backend/(engine|cpu|wasm|tensorflow)/' },
      to: { path: '^src/runtime/backend/', pathNot: '^src/runtime/backend/($1|engine)/' },
    },
    ...arrows('space', spaceFloors),
    ...arrows('compiler', compilerFloors),
    ...arrows('runtime', runtimeFloors),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/runtime/kernels/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
