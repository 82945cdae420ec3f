import { cruise, type IForbiddenRuleType, type IReporterOutput } from 'dependency-cruiser'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/repository.js'

/**
 * Imports that must be refused, by the rule that refuses them, in a tree of files made for this: what would be wrong in
 * the repository stands there. `type` and `late` are `import type` and `import()`.
 */
type Import = readonly [from: string, to: string, how?: 'type' | 'late']

const breaches: Readonly<Record<string, readonly Import[]>> = {
  'no-circular': [['src/views/diff/round', 'src/views/graph/round']],
  'ground-floor-imports-nothing': [['src/catalogue/entry', 'src/support/texts', 'type']],
  'ir-and-space-are-the-bridge': [
    ['src/support/texts', 'src/compiler/text/source'],
    ['src/ir/model/ir', 'src/compiler/names/symbol', 'type'],
    ['src/space/evaluation/value', 'src/runtime/random/random'],
    ['src/analysis/queries/count', 'src/compiler/session/compile'],
    ['src/architectures/resolve', 'src/cli/terminal'],
    ['src/views/graph/draw', 'grammar/tokens'],
  ],
  'grammar-knows-no-meaning': [
    ['grammar/tokens', 'src/compiler/syntax/parse'],
    ['grammar/tokens', 'src/ir/model/ir'],
  ],
  'runtime-sees-only-the-ir': [
    ['src/runtime/plan/step', 'src/compiler/names/symbol', 'type'],
    ['src/runtime/search/run/start', 'grammar/tokens'],
    ['src/runtime/search/run/start', 'src/cli/terminal', 'type'],
  ],
  'compiler-needs-no-runtime': [
    ['src/compiler/format/format', 'src/runtime/plan/step', 'late'],
    ['src/compiler/modules/host', 'src/cli/terminal'],
  ],
  'only-hosts-touch-files': [
    ['src/compiler/modules/host', 'node:fs'],
    ['src/space/evaluation/value', 'node:child_process'],
    ['src/ir/model/ir', 'src/support/node/root'],
    ['src/support/texts', 'node:path'],
    ['src/architectures/resolve', 'node:fs'],
    ['grammar/tokens', 'node:fs'],
  ],
  'runtime-loads-late': [['src/cli/commands/run', 'src/runtime/index']],
  'runtime-by-its-door': [['src/cli/commands/run', 'src/runtime/run/events', 'type']],
  'runtime-by-commands': [['src/cli/output/print', 'src/runtime/run/files', 'late']],
  'commands-load-late': [['src/cli/main', 'src/cli/commands/run']],
  'no-tests-in-the-product': [
    ['src/compiler/text/source', 'test/support/programs'],
    ['grammar/tokens', 'scripts/build'],
  ],
  'declared-packages-only': [
    ['src/cli/terminal', 'used-for-tests'],
    ['src/cli/terminal', 'nowhere-to-be-found'],
  ],
  'operations-stand-on-their-support': [
    ['src/runtime/operations/support/window', 'src/runtime/operations/relu', 'type'],
  ],
  'engines-stand-apart': [
    ['src/runtime/backend/engine/check-bindings', 'src/runtime/backend/wasm/variables', 'type'],
    ['src/runtime/backend/cpu/engine', 'src/runtime/backend/wasm/variables', 'type'],
    ['src/runtime/backend/wasm/engine', 'src/runtime/backend/tensorflow/memory'],
    ['src/runtime/backend/tensorflow/engine', 'src/runtime/backend/install/installation'],
    ['src/runtime/backend/tensorflow/load', 'src/runtime/backend/choose', 'late'],
  ],
}

/** From the ground up, one module of every floor: each must not import the next one. */
const floors: Readonly<Record<string, readonly string[]>> = {
  space: [
    'src/support/texts',
    'src/ir/model/ir',
    'src/space/expressions/definitions',
    'src/space/evaluation/value',
    'src/space/binding/decider',
    'src/space/network/network',
    'src/space/cost/cost',
    'src/space/index',
    'src/analysis/diagram/diagram',
    'src/analysis/costs/totals',
    'src/analysis/queries/count',
    'src/analysis/index',
    'src/architectures/resolve',
    'src/views/graph/draw',
  ],
  compiler: [
    'src/compiler/text/source',
    'src/compiler/diagnostics/report',
    'grammar/tokens',
    'src/compiler/syntax/parse',
    'src/compiler/modules/link',
    'src/compiler/names/symbol',
    'src/compiler/check/types/type',
    'src/compiler/check/expressions/fold',
    'src/compiler/check/declarations/cell',
    'src/compiler/check/searches/search',
    'src/compiler/check/check',
    'src/compiler/lower/lower',
    'src/compiler/session/compile',
  ],
  runtime: [
    'src/runtime/random/random',
    'src/runtime/operations/relu',
    'src/runtime/optimise/pass',
    'src/runtime/plan/step',
    'src/runtime/training/steps',
    'src/runtime/report/report',
    'src/runtime/search/components/lookup',
    'src/runtime/search/settings/plan',
    'src/runtime/search/step/session',
    'src/runtime/search/measurements/fit',
    'src/runtime/search/phases/phases',
    'src/runtime/search/run/start',
    'src/runtime/rank/rank-run',
    'src/runtime/index',
  ],
}

/** What the rules are there to leave alone. */
const allowed: readonly Import[] = [
  ['src/runtime/search/run/start', 'src/space/index'],
  ['src/compiler/session/compile', 'src/analysis/index'],
  ['src/compiler/modules/node-host', 'src/support/node/root'],
  ['src/cli/commands/eval', 'src/runtime/index', 'late'],
  ['src/cli/commands/eval', 'src/runtime/index', 'type'],
  ['src/cli/command-table', 'src/cli/commands/eval', 'late'],
  ['src/views/diff/compare', 'src/analysis/index'],
  ['src/cli/terminal', 'used-by-all'],
  ['src/runtime/backend/wasm/variables', 'src/runtime/backend/engine/engine'],
  ['src/runtime/backend/install/self-test', 'src/runtime/backend/cpu/engine'],
]

const { forbidden, options }: { forbidden: IForbiddenRuleType[]; options: object } = createRequire(import.meta.url)(
  join(root, '.dependency-cruiser.cjs'),
)
const upwards = Object.entries(floors).flatMap(([house, modules]) =>
  modules.slice(1).map((upper, index): readonly [string, Import] => [house, [modules[index] ?? '', upper, 'type']]),
)
const inTable = Object.entries(breaches).flatMap(([rule, all]) =>
  all.map((breach): readonly [string, Import] => [rule, breach]),
)

const keyOf = ([from, to]: Import): string => `${from} -> ${to.replace('node:', '')}`

/** Rules by the import that they refuse, `from -> to`. Packages and Node's own modules go by their names. */
const refused = new Map<string, string[]>()
const tree = mkdtempSync(join(tmpdir(), 'nasc-imports-'))

beforeAll(async () => {
  const all = [...inTable.map(([, breach]) => breach), ...upwards.map(([, breach]) => breach), ...allowed]
  writeModules([...all, ['src/views/graph/round', 'src/views/diff/round']])
  const { output } = await cruise(
    ['src', 'grammar'],
    { ...options, ruleSet: { forbidden }, validate: true, baseDir: tree },
    {},
    {},
  )
  for (const { rule, from, to } of violationsOf(output)) {
    const key = keyOf([from.replace(/\.ts$/, ''), to.replace(/^node_modules\/([^/]+).*|\.ts$/, '$1')])
    refused.set(key, [...(refused.get(key) ?? []), rule.name])
  }
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

function violationsOf(output: IReporterOutput['output']) {
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations
}

/** Files that import as listed, with two packages: one that is declared, one for tests alone. */
function writeModules(imports: readonly Import[]): void {
  const texts = new Map<string, string[]>()
  const linesOf = (module: string): string[] => {
    const lines = texts.get(module) ?? []
    texts.set(module, lines)
    return lines
  }
  for (const [from, to, how] of imports) {
    const isOwn = to.includes('/')
    const path = isOwn ? `./${relative(dirname(from), to)}.js` : to
    if (isOwn) linesOf(to)
    const lines = linesOf(from)
    const name = `imported${lines.length}`
    if (how === 'late') lines.push(`export const ${name} = () => import('${path}')`)
    else lines.push(`import ${how === 'type' ? 'type ' : ''}* as ${name} from '${path}'`, `export { ${name} }`)
  }
  for (const [module, lines] of texts) write(`${module}.ts`, `${lines.join('\n')}\nexport {}\n`)
  write(
    'package.json',
    JSON.stringify({
      type: 'module',
      dependencies: { 'used-by-all': '1' },
      devDependencies: { 'used-for-tests': '1' },
    }),
  )
  for (const name of ['used-by-all', 'used-for-tests']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  write('tsconfig.json', '{}')
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text)
}

describe('the rules of imports', () => {
  it.each(inTable)('%s refuses %s', (rule, breach) => {
    expect(refused.get(keyOf(breach)) ?? []).toContain(rule)
  })

  it.each(upwards)('a floor of %s refuses %s', (house, breach) => {
    expect(refused.get(keyOf(breach)) ?? []).toContainEqual(expect.stringMatching(`^${house}-floor-`))
  })

  it.each(allowed.map(keyOf))('leave %s alone', (key) => {
    expect(refused.get(key)).toBeUndefined()
  })

  it('have a breach each', () => {
    const named = new Set([...refused.values()].flat())
    expect(forbidden.map(({ name }) => name).filter((name) => name !== undefined && !named.has(name))).toEqual([])
  })
})
