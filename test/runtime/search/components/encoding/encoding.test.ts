import { describe, expect, it } from 'vitest'
import { decisionsWithGates } from '../../../../../src/analysis/index.js'
import { resolveParams } from '../../../../../src/space/evaluation/params.js'
import { ProgramBuilder } from '../../../../../src/runtime/program/builder.js'
import { interpret } from '../../../../../src/runtime/program/interpret.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import {
  layoutOf,
  takenOptions,
  type ChoiceSpace,
} from '../../../../../src/runtime/search/components/encoding/choice-space.js'
import { emitEncoding } from '../../../../../src/runtime/search/components/encoding/emit-encoding.js'
import { encode, encodingOf } from '../../../../../src/runtime/search/components/encoding/encoding.js'
import { emitMeanChoices } from '../../../../../src/runtime/search/components/encoding/mean-choices.js'
import { openDraws } from '../../../../../src/runtime/search/measurements/measured-space.js'
import { compiledFile, compiledText } from '../../../../support/programs.js'
import { cellSpace } from '../../../../support/synthetic-latency.js'

function spaceOf(file: string, space: string): { choices: ChoiceSpace; draw: ReturnType<typeof openDraws> } {
  const ir = compiledFile(file)
  const params = resolveParams(ir, {})
  const choices = { explored: decisionsWithGates(ir, space, { params }), excluded: () => false }
  const shape = { input: { height: 32, width: 32, channels: 3 }, classes: 10 }
  return { choices, draw: openDraws({ ir, space, params, choices, ...shape }) }
}

/** Stages of one to three layers, each with a kernel and an expansion. */
const stages = `import { bn, conv, global_pool, linear } from std:nn
space staged {
  input image(8, 8, 3)
  classes 10
  network {
    stem  conv(one of {4, 8}, 3) -> bn
    stage a { width 8; depth one of {1, 2, 3}; layer conv(channels, one of {1, 3, 5}) -> bn }
    head  global_pool -> linear(classes)
  }
}`

describe('the code of an architecture', () => {
  it('has 2 x 14 x 8 entries in the cells of DARTS, 16 of them taken, and none for inputs', () => {
    const { choices, draw } = spaceOf('spaces/darts.nas', 'darts')
    const encoding = encodingOf(choices)
    expect(encoding.size).toBe(224)
    expect(encoding.rows.every(({ decision }) => decision.kind === 'through')).toBe(true)
    for (let index = 0; index < 5; index++) {
      const code = encode(encoding, draw(createRandom(index)))
      expect(code.reduce((sum, each) => sum + each, 0)).toBe(16)
    }
  })

  it('tells architectures apart', () => {
    const { choices, ...measured } = cellSpace()
    const draw = openDraws({ choices, ...measured })
    const encoding = encodingOf(choices)
    const drawn = Array.from({ length: 300 }, (_, index) => draw(createRandom(index)))
    const codes = new Set(drawn.map((each) => encode(encoding, each).join('')))
    const texts = new Set(drawn.map((each) => JSON.stringify(Object.entries(each).sort())))
    expect(codes.size).toBe(texts.size)
  })

  it('has a row of zeros for a layer that is not there', () => {
    const ir = compiledText(stages)
    const params = resolveParams(ir, {})
    const choices = { explored: decisionsWithGates(ir, 'staged', { params }), excluded: () => false }
    const encoding = encodingOf(choices)
    const draw = openDraws({ ir, space: 'staged', params, choices })
    const depth = choices.explored.find(({ decision }) => decision.kind === 'depth')?.decision
    expect(depth).toBeDefined()
    for (let index = 0; index < 20; index++) {
      const taken = draw(createRandom(index))
      const code = encode(encoding, taken)
      const layers = (taken[depth?.path ?? ''] ?? [0])[0] ?? 0
      // The stem, the depth, and a kernel for every layer.
      expect(code.reduce((sum, each) => sum + each, 0)).toBe(2 + layers + 1)
    }
  })

  it('is the same emitted into a program as worked out here, for any space', () => {
    const spaces = [
      cellSpace(),
      ...[stages].map((text) => {
        const ir = compiledText(text)
        const params = resolveParams(ir, {})
        const choices = { explored: decisionsWithGates(ir, 'staged', { params }), excluded: () => false }
        return { ir, space: 'staged', params, choices, input: { height: 8, width: 8, channels: 3 }, classes: 10 }
      }),
    ]
    for (const measured of spaces) {
      const draw = openDraws(measured)
      const drawn = Array.from({ length: 8 }, (_, index) => draw(createRandom(index)))
      const [layout, encoding] = [layoutOf(measured.choices), encodingOf(measured.choices)]
      const builder = new ProgramBuilder()
      const input = builder.input('taken', [drawn.length, layout.size])
      const program = builder.build({ codes: emitEncoding(builder, encoding, layout, input) })
      const taken = Float32Array.from(drawn.flatMap((each) => [...takenOptions(layout, each)]))
      const { codes } = interpret(program, { inputs: { taken }, variables: new Map() })
      expect([...(codes ?? [])]).toEqual(drawn.flatMap((each) => [...encode(encoding, each)]))
    }
  })

  it('is in the mean that of even draws where nothing has weights', () => {
    const measured = cellSpace()
    const [layout, encoding] = [layoutOf(measured.choices), encodingOf(measured.choices)]
    const builder = new ProgramBuilder()
    const taken = emitMeanChoices({ builder, mixture: undefined }, layout)
    const { mean = [] } = interpret(builder.build({ mean: emitEncoding(builder, encoding, layout, taken) }), {
      ...{ inputs: {}, variables: new Map(), precision: 'double' },
    })
    encoding.rows.forEach(({ decision, offset }) => {
      const node = Number(/n(\d)/u.exec(decision.path)?.[1])
      decision.options.forEach((option, index) => {
        // Two of node + 1 inputs, one of five operations: `none` is excluded.
        const chance = option === 'none' ? 0 : 2 / (node + 1) / 5
        expect(mean[offset + index]).toBeCloseTo(chance, 9)
      })
    })
  })
})
