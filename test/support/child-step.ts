import { createHash } from 'node:crypto'
import { buildNetwork, relaxedBinding, resolveParams } from '../../src/space/index.js'
import { openEngine } from '../../src/runtime/backend/choose.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { openSteps } from '../../src/runtime/training/steps.js'
import { dartsIr } from './darts-ir.js'
import { sgdEmission } from '../../src/runtime/search/components/optimisers/sgd.js'

// Two training steps in a process of its own, which TensorFlow gives its threads to: `child-step.ts THREADS` prints a hash
// of all variables after them.
const engine = await openEngine({ backend: 'tensorflow', threads: Number(process.argv.at(-1)) })
const build = () =>
  buildNetwork(dartsIr, 'darts', {
    params: resolveParams(dartsIr, { cells: 3, width: 8 }),
    input: { height: 24, width: 24, channels: 3 },
    binding: relaxedBinding,
    mode: 'shared',
  })
const optimiser = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
const step = openSteps(engine, { random: createRandom(1) }).prepare('supernet', build, {
  batch: 8,
  mode: 'train',
  update: { variables: 'weights', optimiser, clip: 5 },
})
const draws = createRandom(2)
const labels = Int32Array.from({ length: 8 }, (_, i) => i)
for (let run = 0; run < 2; run++) {
  const images = new Float32Array(8 * 24 * 24 * 3).map(() => draws.normal())
  step.executable.run({ images, labels, learningRate: 0.05 })
}
const hash = createHash('sha256')
for (const name of engine.variables.names()) hash.update(engine.variables.read(name))
process.stdout.write(`${String(engine.threads)} ${hash.digest('hex')}\n`, () => process.exit(0))
