import { createRandom } from '../../src/runtime/random/random.js'
import type { DecisionLabel, Figures, JournalEvent } from '../../src/runtime/run/events.js'

const candidates = [
  'none',
  'max_pool(3)',
  'avg_pool(3)',
  'skip',
  'sep_conv(3)',
  'sep_conv(5)',
  'dil_conv(3)',
  'dil_conv(5)',
]

const edges = ['normal', 'reduction'].flatMap((cell) =>
  [1, 2, 3, 4].flatMap((node) =>
    ['s0', 's1', 'n1', 'n2', 'n3']
      .slice(0, node + 1)
      .map((source) => ({ path: `${cell}.n${String(node)}.through[${source}]`, what: 'through', options: candidates })),
  ),
)

export const dartsDecisions: readonly DecisionLabel[] = [
  ...edges,
  { path: 'normal.n1.from', what: 'from', options: ['s0', 's1'] },
]

export const architectureText = `/// Found by first_order.
architecture found of darts {
  normal    { n1: sep_conv(3) of s0, skip of s1; n2: sep_conv(3) of s0, dil_conv(5) of s1 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: skip of n1, max_pool(3) of s1 }
  with cells = 3, width = 8
  expect parameters = 41_234
}
`

/** The journal of a made-up DARTS run that looks like a real one; some epochs may have been asked for twice. */
export function dartsJournal(epochs = 6, seed = 1): readonly JournalEvent[] {
  const random = createRandom(seed).stream('sample')
  const events: JournalEvent[] = [
    {
      type: 'run-started',
      run: 'darts-first_order-1',
      space: 'darts',
      search: 'first_order',
      scale: 'quick',
      seed: 7,
      backend: 'wasm',
      threads: 2,
      decisions: dartsDecisions,
    },
    {
      type: 'phase-started',
      phase: 'search',
      epochs,
      steps: 40,
      batch: 64,
      images: { weights: 3000, choices: 3000 },
      parameters: 45_120,
    },
  ]
  const logits = new Map(edges.map(({ path }) => [path, candidates.map(() => 0)]))
  const wanted = new Map(edges.map(({ path }) => [path, candidates.map(() => random.normal())]))
  const probabilities = (path: string): number[] => {
    const exponentials = (logits.get(path) ?? []).map(Math.exp)
    const total = exponentials.reduce((sum, value) => sum + value, 0)
    return exponentials.map((value) => value / total)
  }
  const entropy = (): number =>
    edges.reduce((sum, { path }) => sum - probabilities(path).reduce((part, p) => part + p * Math.log(p), 0), 0) /
    edges.length
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let step = 10; step <= 40; step += 10) {
      const time = epoch + step / 40
      const score = (set: string, gap: number): Figures => {
        const loss = 0.15 + gap + 2.1 * Math.exp(-time) + 0.05 * random.uniform()
        return { [`loss.${set}`]: loss, [`accuracy.${set}`]: Math.exp(-loss) }
      }
      for (const { path } of edges) {
        logits.set(
          path,
          (logits.get(path) ?? []).map(
            (value, index) => value + 0.05 * (wanted.get(path)?.[index] ?? 0) + 0.02 * random.normal(),
          ),
        )
      }
      const common = {
        phase: 'search',
        epoch,
        epochs,
        scores: { ...score('weights', 0), ...score('choices', 0.06) },
        figures: { 'learning_rate.weights': 0.025, 'entropy.through': entropy() },
        imagesPerSecond: 350,
      }
      events.push({ type: 'phase-progress', step, steps: 40, ...common })
      if (step === 40) {
        events.push({
          type: 'phase-epoch',
          ...common,
          probabilities: Object.fromEntries(edges.map(({ path }) => [path, probabilities(path)])),
        })
      }
    }
  }
  // Two edges into each node, as `top(2)` derives them.
  const decisions = Object.fromEntries(
    edges
      .filter(({ path }) => /n1|n2.through.(s0|n1)|n3.through.(s1|n1)|n4.through.(s0|n3)/.test(path))
      .filter(({ path }) => !/n[34].through.n1/.test(path) || path.includes('n3'))
      .map(({ path }) => {
        const values = probabilities(path).slice(1)
        return [path, [values.indexOf(Math.max(...values)) + 1]]
      }),
  )
  const cost = { parameters: 41_234, macs: 5_120_448, convention: 'conv-fc' }
  events.push(
    {
      type: 'architecture-derived',
      name: 'found',
      file: 'architectures/found.nas',
      text: architectureText,
      decisions,
      ...cost,
    },
    {
      type: 'evaluation',
      architecture: 'found',
      weights: 'inherited',
      split: 'test',
      loss: 0.21,
      accuracy: 0.9412,
      samples: 10_000,
    },
    {
      type: 'phase-started',
      phase: 'retrain',
      architecture: 'found',
      epochs: 3,
      steps: 90,
      batch: 64,
      images: { weights: 6000 },
      ...cost,
    },
  )
  for (let epoch = 0; epoch < 3; epoch++) {
    for (let step = 10; step <= 90; step += 10) {
      const loss = 0.03 + 1.9 * Math.exp(-2 * (epoch + step / 90)) + 0.02 * random.uniform()
      events.push({
        type: 'phase-progress',
        phase: 'retrain',
        architecture: 'found',
        epoch,
        epochs: 3,
        step,
        steps: 90,
        scores: { 'loss.weights': loss, 'accuracy.weights': Math.exp(-loss) },
        figures: { 'learning_rate.weights': 0.02 },
        imagesPerSecond: 800,
      })
    }
  }
  events.push(
    {
      type: 'evaluation',
      architecture: 'found',
      weights: 'retrained',
      split: 'test',
      loss: 0.041,
      accuracy: 0.9871,
      samples: 10_000,
    },
    {
      type: 'run-finished',
      architectures: [
        { name: 'found', derivedAccuracy: 0.9412, retrainedAccuracy: 0.9871, parameters: 41_234, macs: 5_120_448 },
      ],
      seconds: 431.7,
    },
  )
  return events
}
