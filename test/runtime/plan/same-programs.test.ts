import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { buildNetwork, resolveParams, supernetBinding, type Network } from '../../../src/space/index.js'
import { buildStep, type StepSpec } from '../../../src/runtime/plan/step.js'
import { printProgram } from '../../../src/runtime/program/print.js'
import { compiledFile } from '../../support/programs.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })
const steps: Readonly<Record<string, StepSpec>> = {
  weights: { batch: 2, mode: 'train', update: { variables: 'weights', optimiser: sgd, clip: 5 } },
  choices: { batch: 2, mode: 'train', update: { variables: 'choices', optimiser: adam } },
  evaluation: { batch: 2, mode: 'evaluate' },
}

/** Plans that are worked out faster must not be others: operation by operation, in order, with their operands. */
const expected = {
  'darts, weights': '4320 operations, 57a315a3d5b5b60d',
  'darts, choices': '2509 operations, ad6073a7a38c7a0b',
  'darts, evaluation': '1864 operations, d06fb30d3a77ba94',
  'pc-darts, weights': '4681 operations, 8afd487c1ed6d5b7',
  'pc-darts, choices': '2927 operations, 40cde013000bd722',
  'pc-darts, evaluation': '2112 operations, dbb2c1868e1b65ae',
  'nas-bench-201, weights': '503 operations, b573fdd822eecc33',
  'nas-bench-201, choices': '389 operations, 35fa53b047e09350',
  'nas-bench-201, evaluation': '260 operations, a46e7c5db7383d11',
}

function supernet(file: string, space: string, overrides: Readonly<Record<string, number>>, size: number): Network {
  const ir = compiledFile(`spaces/${file}.nas`)
  const search = ir.searches.find((each) => each.space === space)
  if (search === undefined) throw new Error(`no search of ${space}`)
  return buildNetwork(ir, space, {
    ...{ params: resolveParams(ir, overrides), binding: supernetBinding(ir, search), mode: 'shared', classes: 3 },
    input: { height: size, width: size, channels: 3 },
  })
}

it('plans the supernets of spaces as before, operation by operation', () => {
  const networks = {
    darts: supernet('darts', 'darts', { cells: 3, width: 4 }, 8),
    'pc-darts': supernet('pc-darts', 'pc_darts', { cells: 3, width: 4 }, 8),
    'nas-bench-201': supernet('nas-bench-201', 'nas_bench_201', { repeats: 1, width: 4 }, 8),
  }
  const found = Object.entries(networks).flatMap(([space, network]) =>
    Object.entries(steps).map(([name, spec]): [string, string] => {
      const { program } = buildStep(network, spec, { fusedKernels: true })
      const hash = createHash('sha256').update(printProgram(program)).digest('hex').slice(0, 16)
      return [`${space}, ${name}`, `${String(program.operations.length)} operations, ${hash}`]
    }),
  )
  expect(Object.fromEntries(found)).toEqual(expected)
})
