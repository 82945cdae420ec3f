import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { relaxationBindings } from '../../src/ir/model/search.js'

/**
 * Whoever knows a component by its name must be edited for the next one. Outside of the folder of components and their tables
 * no text of the source is such a name. What a setting says is read from the plan, as a field with a type of its own.
 */
const names = new Set(
  [...readFileSync('src/compiler/std/search.nas', 'utf8').matchAll(/^extern [a-z]+ (?<name>\w+)/gmu)].flatMap(
    ({ groups }) => groups?.['name'] ?? [],
  ),
)

/** These speak of operations of tensor programs and of primitives, which may be called like components; they know nothing of searches. */
const floorsBeneath = ['operations', 'program', 'kernels', 'backend', 'optimise', 'plan/primitives'].map(
  (floor) => `src/runtime/${floor}/`,
)
const components = 'src/runtime/search/components/'

/** Words that mean something else there, by file. */
const homonyms: readonly (readonly [file: string, word: string, meaning: string])[] = [
  ['src/compiler/check/declarations/extern.ts', 'architectures', 'what a derivation selects'],
  ['src/compiler/lower/cell.ts', 'all', 'all earlier nodes are inputs'],
  ['src/compiler/session/clause-targets.ts', 'all', 'the target of a clause'],
  ['src/compiler/session/combined-clauses.ts', 'all', 'the target of a clause'],
  ['src/compiler/session/combined-clauses.ts', 'batch', 'the images that a score looks at'],
  ['src/compiler/syntax/build/expression.ts', 'step', 'a part of a range'],
  ['src/runtime/data/batches.ts', 'cutout', 'a stream of draws'],
  ['src/runtime/latency/chart.ts', 'predicted', 'what an axis shows'],
  ['src/runtime/export/inference/printable.ts', 'adam', 'an operation of tensor programs'],
  ['src/runtime/export/inference/printable.ts', 'clip_value', 'an operation of tensor programs'],
  ['src/runtime/export/inference/printable.ts', 'drop_path', 'an operation of tensor programs'],
  ['src/runtime/export/inference/printable.ts', 'sgd', 'an operation of tensor programs'],
  ['src/runtime/plan/layer-context.ts', 'calibrate', 'the mode of a step'],
  ['src/runtime/plan/optimiser.ts', 'decay', 'a field of an optimiser'],
  ['src/runtime/plan/step-spec.ts', 'calibrate', 'the mode of a step'],
  ['src/runtime/run/file-names.ts', 'architectures', 'a folder of a run'],
  ['src/runtime/search/measurements/measure.ts', 'measure', 'a phase'],
  ['src/runtime/search/measurements/measurements.ts', 'batch', 'a column of a file'],
  ['src/runtime/search/measurements/same-setting.ts', 'batch', 'a column of a file'],
  ['src/runtime/search/phases/inherited.ts', 'calibrate', 'the mode of a step'],
  ['src/runtime/search/phases/phases.ts', 'architectures', 'a field of a result'],
  ['src/runtime/search/phases/judge.ts', 'batch', 'the images that a score looks at'],
  ['src/runtime/search/run/open-session.ts', 'engine', 'the engine of a session'],
  ['src/runtime/rank/options.ts', 'accuracy', 'what an evaluation measures'],
  ['src/runtime/rank/rank-chart.ts', 'accuracy', 'what an evaluation measures'],
  ['src/runtime/rank/ranking.ts', 'accuracy', 'what an evaluation measures'],
  ['src/runtime/run/score-store.ts', 'accuracy', 'what an evaluation measures'],
  ['src/runtime/search/step/contests.ts', 'batch', 'the images that a score looks at'],
  ['src/runtime/search/step/contests.ts', 'calibrate', 'the mode of a step'],
  ['src/runtime/search/step/derive.ts', 'all', 'the target of a clause'],
  ['src/runtime/search/step/relax-space.ts', 'all', 'the target of a clause'],
  ['src/runtime/plan/loss.ts', 'all', 'the name of a pass that is alone in its step'],
  ['src/runtime/plan/step-spec.ts', 'all', 'gradients of all variables'],
  ['src/runtime/plan/trainable.ts', 'all', 'gradients of all variables'],
  ['src/runtime/search/step/second-order.ts', 'all', 'gradients of all variables'],
  ['src/runtime/training/feeds/rate-feeds.ts', 'step', 'the input that counts steps'],
  ['src/runtime/report/phase-section.ts', 'step', 'a noun'],
  ['src/runtime/rank/options.ts', 'trained', 'what a ranking is compared with'],
  ['src/runtime/rank/rank-run.ts', 'trained', 'what a ranking is compared with'],
  ['src/runtime/search/step/passes.ts', 'trained', 'the passes of a step that train'],
  ['src/runtime/report/charts/decisions.ts', 'top', 'an edge of a chart'],
]

/** The literals of a file that are names of components, but for operations that it emits and how relaxations bind. */
function namesIn(file: string, text: string): readonly string[] {
  const quoted = [...text.matchAll(/['"`](?<word>\w+)['"`]/gu)].some(({ groups }) => names.has(groups?.['word'] ?? ''))
  if (!quoted) return []
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && names.has(node.text) && !isOperation(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  return found.filter((name) => !relaxationBindings.some((binding) => binding === name))
}

/** The first argument of `builder.one` and `builder.emit`. */
function isOperation({ parent }: ts.Node): boolean {
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return false
  return ['one', 'emit'].includes(parent.expression.name.text)
}

const isSearched = (file: string): boolean =>
  file.endsWith('.ts') && ![...floorsBeneath, components].some((folder) => file.startsWith(folder))

const files = ['src/runtime', 'src/compiler'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter(isSearched),
)

describe('names of components', () => {
  it('are found where they stand', () => {
    expect(names.size).toBeGreaterThan(50)
    expect(namesIn('a.ts', "const by = use.component === 'argmax' ? `sgd` : builder.one('adam', ['top'])")).toEqual([
      'argmax',
      'sgd',
      'top',
    ])
  })

  it('stand nowhere but in components and their tables', () => {
    const found = files.flatMap((file) => namesIn(file, readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`))
    expect([...new Set(found)].sort()).toEqual(homonyms.map(([file, word]) => `${file}: ${word}`).sort())
  })
})
