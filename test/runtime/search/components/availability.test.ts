import { describe, expect, it } from 'vitest'
import { parse } from '../../../../src/compiler/syntax/parse.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import { children } from '../../../../src/compiler/syntax/visit.js'
import type { ExternDeclaration, Node } from '../../../../src/compiler/syntax/ast.js'
import { componentKinds, type ComponentKind } from '../../../../src/ir/model/search.js'
import { augmentations } from '../../../../src/runtime/search/components/augmentations/index.js'
import { placements } from '../../../../src/runtime/search/components/cells/index.js'
import { derivations } from '../../../../src/runtime/search/components/derivations/index.js'
import { objectives } from '../../../../src/runtime/search/components/objectives/index.js'
import { optimisers } from '../../../../src/runtime/search/components/optimisers/index.js'
import { predictors } from '../../../../src/runtime/search/components/predictors/index.js'
import { relaxations } from '../../../../src/runtime/search/components/relaxations/index.js'
import { samplers } from '../../../../src/runtime/search/components/samplers/index.js'
import { scores } from '../../../../src/runtime/search/components/scores/index.js'
import { settings } from '../../../../src/runtime/search/components/settings/index.js'
import { teachers } from '../../../../src/runtime/search/components/teachers/index.js'
import { views } from '../../../../src/runtime/search/components/views/index.js'
import { schedules } from '../../../../src/runtime/search/components/schedules/index.js'

const text = nodeHost().read('std:search') ?? ''
const declared = parse({ path: 'std:search', text }).value.declarations.filter(({ kind }) => kind === 'extern')
const externs = declared as readonly ExternDeclaration[]

/** The tables of the runtime, by what they implement. */
const tables: Readonly<Record<ComponentKind, Readonly<Record<string, unknown>>>> = {
  relaxation: relaxations,
  sampler: samplers,
  objective: objectives,
  optimiser: optimisers,
  schedule: schedules,
  derivation: derivations,
  augmentation: augmentations,
  predictor: predictors,
  teacher: teachers,
  cells: placements,
  score: scores,
  views,
  setting: settings,
}

/** What a number stands for where a schedule is asked for: it has no name in the language. */
const nameless = ['constant']

describe('what std:search declares', () => {
  it.each(componentKinds)('is planned, or the runtime has it: %s', (kind) => {
    const available = externs.filter(({ category, planned }) => category.text === kind && planned === undefined)
    const implemented = Object.keys(tables[kind]).filter((name) => !nameless.includes(name))
    expect(available.map(({ name }) => name.text).sort()).toEqual(implemented.sort())
  })

  it('takes nothing planned as the default of what is there', () => {
    const planned = new Set(externs.filter((each) => each.planned !== undefined).map(({ name }) => name.text))
    const mentioned = (node: Node): readonly string[] =>
      node.kind === 'name-expression' ? [node.name.text] : children(node).flatMap(mentioned)
    const found = externs
      .filter((each) => each.planned === undefined)
      .flatMap(({ parameters }) =>
        parameters.flatMap((each) => (each.default === undefined ? [] : mentioned(each.default))),
      )
    expect(found.filter((name) => planned.has(name))).toEqual([])
  })
})
