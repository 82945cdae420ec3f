import { describe, expect, it } from 'vitest'
import type * as ast from '../../src/compiler/syntax/ast.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { printedArchitectures } from '../support/printed-architectures.js'
import { checkedText } from '../support/programs.js'

/** A part of an entry, and what makes it wrong. */
interface Mutation {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What makes a value wrong, of the same kind where there is another one. */
function wrongValue(value: ast.Expression): string {
  switch (value.kind) {
    case 'number':
      return String(value.value + 997)
    case 'string':
      return '"another"'
    case 'boolean':
      return '7'
    default:
      return value.span.start % 2 === 0 ? 'conv(991)' : 'no_such_operation'
  }
}

/** One mutation for each value, each operation of an edge or its source, and each item of a set. */
function mutationsOf(items: readonly ast.ArchitectureItem[]): readonly Mutation[] {
  const mutated = (node: ast.SyntaxNode<string>, text: string): Mutation => ({ ...node.span, text })
  return items.flatMap((item): readonly Mutation[] => {
    switch (item.kind) {
      case 'architecture-block':
        return mutationsOf(item.items)
      case 'value-item': {
        const [first] = item.value.kind === 'set' ? item.value.items : [item.value]
        // An empty set has nothing to be wrong but its path.
        if (!first) return [mutated(item.path, 'nowhere.at_all')]
        const isState = item.value.kind === 'set' && first.kind === 'name-expression'
        return [mutated(first, isState ? 'nowhere' : wrongValue(first))]
      }
      case 'edges':
        return item.edges.map(({ operation, source }) =>
          operation.span.start % 3 === 0 ? mutated(source, 'nowhere') : mutated(operation, wrongValue(operation)),
        )
      default:
        return []
    }
  })
}

describe('entries of architectures that are wrong', () => {
  it('are reported all at once, each at its own place, in random programs', () => {
    let entries = 0
    for (const { program, text } of printedArchitectures(20_261_201, 8)) {
      const declaration = parse({ path: 'main.nas', text }).value.declarations[0]
      if (declaration?.kind !== 'architecture') throw new Error(`no architecture:\n${text}`)
      const mutations = mutationsOf(declaration.items)
      if (mutations.length === 0) continue
      let wrong = ''
      const spans = mutations.map((mutation, index) => {
        wrong += text.slice(mutations[index - 1]?.end ?? 0, mutation.start) + mutation.text
        return { start: program.length + wrong.length - mutation.text.length, end: program.length + wrong.length }
      })
      wrong += text.slice(mutations.at(-1)?.end ?? 0)
      const { value, leftOut, diagnostics } = checkedText(program + wrong)
      const errors = diagnostics.filter(({ severity }) => severity === 'error')
      for (const [index, { start, end }] of spans.entries()) {
        const here = errors.filter(({ span }) => start <= span.start && span.end <= end)
        expect(here.length, `${JSON.stringify(mutations[index])} in\n${program}${wrong}`).toBeGreaterThan(0)
      }
      // Whatever is wrong with it, the rest of the program is what it was.
      expect(value?.architectures).toEqual([])
      expect(leftOut).toEqual(['drawn'])
      entries += mutations.length
    }
    expect(entries).toBeGreaterThan(9)
  })
})
