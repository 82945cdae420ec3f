import { describe, expect, it } from 'vitest'
import { countPaths } from '../../src/analysis/queries/count-paths.js'
import { gatesIn } from '../../src/analysis/queries/gates.js'
import { noLimits, structureOf } from '../../src/analysis/queries/structure.js'
import { Failure } from '../../src/catalogue/failure.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { isBeyondBounds, resolveParams, type ParamValues, type Shape } from '../../src/space/index.js'
import { spaceOf } from '../../src/space/expressions/definitions.js'
import { changesBetween, relationOf, sideOf } from '../../src/views/diff/index.js'
import { drawNetwork, graphTargetOf, itemOutputs, shapeText } from '../../src/views/graph/index.js'
import { compiled } from '../brute-force/comparison/compiled.js'
import { recordedDraws } from '../brute-force/draws.js'
import { programOf } from '../brute-force/generator/program.js'
import { enumerate, TooMany } from '../brute-force/reference/enumerate.js'
import type { Member } from '../brute-force/reference/member.js'
import { nasc } from '../support/captured.js'
import { writtenOne } from '../support/spaces-of-tests.js'

const imports = 'import { conv, conv_valid, global_pool, identity, linear, split } from std:nn'

/** A space of whose members some cannot be built, or whose operations give unlike shapes; and what leaves each part. */
const spaces: readonly (readonly [what: string, network: string, sizes: readonly string[]])[] = [
  [
    'an identity beside a convolution that changes the width',
    'stem conv(8, 3); stage s { width 4; layer one of { identity, conv(channels, 3) } }',
    ['8×8×8', '8×8×4–8', '1×1×10'],
  ],
  [
    'groups that do not divide',
    'stem conv(24); stage s { width one of { 8, 12 }; layer conv(channels, 3, groups: one of { 4, 8 }) }',
    ['8×8×24', '8×8×8–12', '1×1×10'],
  ],
  ['parts that do not divide', 'stem conv(one of {8, 9}, 3) -> split(1, 2)', ['8×8×4', '1×1×10']],
  [
    'an operation that only fits behind another one',
    'stem conv(8); stage s { width one of { 6, 9 }; layer one of { identity, conv } -> one of { split(1, 3), conv_valid(4, 3) } }',
    ['8×8×8', '(6–8)²×2–4', '1×1×10'],
  ],
  [
    'sums of maps of unlike size',
    'stem sum(conv(one of {4, 8}), conv(one of {4, 8}, stride: one of {1, 2})); stage s { width 4; depth one of 0..1; layer conv }',
    ['8×8×4–8', '8×8×4–8', '1×1×10'],
  ],
]

describe('a space of which some members cannot be built', () => {
  it.each(spaces)('is explained, drawn and compared as it is counted: %s', async (_, network, sizes) => {
    const file = writtenOne(
      `${imports}\nspace q { input image(8, 3) classes 10 network { ${network}; head global_pool -> linear(classes) } }`,
    )
    const explained = await nasc('explain', file, '--json')
    expect([explained.code, explained.err]).toEqual([0, ''])
    expect(JSON.parse(explained.out).spaces[0].explained.network.map(({ out }: { out: string }) => out)).toEqual(sizes)
    const drawn = await nasc('graph', file, '--format', 'mermaid')
    expect([drawn.code, drawn.err]).toEqual([0, ''])
    for (const size of sizes.slice(0, -1)) expect(drawn.out).toContain(`|"${size}"|`)
    const compared = await nasc('diff', file, file)
    expect([compared.code, compared.err, compared.out]).toEqual([
      0,
      '',
      'q is equal: the same architectures, the same networks\n',
    ])
  })

  it('says that what exists only under an option that is gone is gone with it', async () => {
    const text = (options: string): string =>
      writtenOne(
        `${imports}\nspace q { input image(8, 3) classes 10 network { stem conv(8); stage s { width 4; layer one of { ${options} } } head global_pool -> linear(classes) } }`,
      )
    const old = text('identity, conv(channels, 3), conv(channels, one of {1, 3}) -> conv(channels, 1)')
    const now = text('identity, conv(channels, 3)')
    expect((await nasc('diff', old, now)).out).toContain('shrinks')
    expect((await nasc('diff', now, old)).out).toContain('grows')
  })
})

interface Small {
  readonly ir: Ir
  readonly space: string
  readonly params: ParamValues
  readonly members: readonly Member[]
}

/** Random programs with some members, of few networks. */
function smallPrograms(count: number): readonly Small[] {
  const standard = nodeHost()
  const root = createRandom(20_261_130, 'views')
  return Array.from({ length: count }, (_, index) => index).flatMap((index): Small[] => {
    const { text, space } = programOf(recordedDraws(root.stream(String(index))))
    const { ir, isSound } = compiled(text, standard)
    if (!ir || !isSound) return []
    const params = resolveParams(ir, {})
    try {
      const structure = structureOf(ir, space, { params }, noLimits)
      if (!structure || countPaths(structure) === 0n) return []
      const { members } = enumerate(ir, space, params, 200)
      return [{ ir, space, params, members }]
    } catch (error) {
      if (error instanceof TooMany || (error instanceof Failure && isBeyondBounds(error))) return []
      throw error
    }
  })
}

describe('random programs', () => {
  const programs = smallPrograms(60)

  it('are drawn and compared wherever they have members; sizes are those of the members', () => {
    expect(programs.length).toBeGreaterThan(12)
    let sizes = 0
    for (const { ir, space, params, members } of programs) {
      const target = graphTargetOf(ir, space, params)
      expect(drawNetwork(target, space).items.length).toBeGreaterThan(1)
      const side = sideOf(ir, space, params)
      expect(relationOf(changesBetween(side, side, 'conv-fc'))).toBe('equal')
      for (const [index, { item, out }] of itemOutputs(target).entries()) {
        if (item.kind === 'stack') break
        if (out === undefined) continue
        expect(out).toBe(rangeText(members.map((member) => outputsOf(ir, space, member)[index])))
        sizes += 1
      }
    }
    expect(sizes).toBeGreaterThan(30)
  })

  it('have decisions that hang on others as their members say', () => {
    let gates = 0
    for (const { ir, space, params, members } of programs) {
      const structure = structureOf(ir, space, { params }, noLimits)
      if (!structure) throw new Error('there is no limit')
      for (const path of structure.decisions.keys()) {
        const expected = gatesAmong(members, path)
        const found = [...gatesIn(structure, path)].map(([gate, options]) => [gate, [...options].sort()] as const)
        expect(new Map(found)).toEqual(expected)
        gates += expected.size
      }
    }
    expect(gates).toBeGreaterThan(5)
  })
})

/** What leaves each part of a member's network: of an empty part, what arrives. */
function outputsOf(ir: Ir, space: string, { network }: Member): readonly Shape[] {
  let output = network.input
  return spaceOf(ir, space).network.map((item) => {
    const name = item.kind === 'stem' || item.kind === 'head' ? item.kind : item.name
    const last = network.nodes.findLast(({ path }) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    output = last?.shape ?? output
    return output
  })
}

function rangeText(shapes: readonly (Shape | undefined)[]): string {
  const sides = (key: keyof Shape): readonly number[] => shapes.map((shape) => shape?.[key] ?? 0)
  const end = (pick: (...values: number[]) => number): Shape => ({
    height: pick(...sides('height')),
    width: pick(...sides('width')),
    channels: pick(...sides('channels')),
  })
  return shapeText(end(Math.max), end(Math.min))
}

/** Decisions of which some option never stands beside another decision, and the options that do. */
function gatesAmong(members: readonly Member[], path: string): ReadonlyMap<string, readonly number[]> {
  const options = (of: readonly Member[], gate: string): readonly number[] =>
    [...new Set(of.flatMap(({ selections }) => selections.get(gate)?.options ?? []))].sort()
  const beside = members.filter(({ selections }) => selections.has(path))
  const others = new Set(beside.flatMap(({ selections }) => [...selections.keys()]))
  others.delete(path)
  return new Map(
    [...others].flatMap((gate) => {
      const found = options(beside, gate)
      return found.length > 0 && found.length < options(members, gate).length ? [[gate, found] as const] : []
    }),
  )
}
