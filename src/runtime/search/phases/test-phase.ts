import type { EvaluationScore } from '../../training/evaluation.js'
import { openSteps } from '../../training/steps.js'
import { hasSupernet } from '../settings/judging.js'
import { testBatches, type Session } from '../step/session.js'
import { architectureFrom } from '../step/architecture-from.js'
import { baselineIn } from './baseline-phase.js'
import { derivedIn, type DerivedArchitecture } from './derive-phase.js'
import { evaluateInherited } from './inherited.js'
import { openKeptSupernet } from './kept-supernet.js'
import type { Phase, Results } from './phase.js'
import { evaluateStandalone } from './retrain.js'
import { retrainedIn } from './retrain-phase.js'
import { loadWeights } from './weights-files.js'

/** Accuracies on the test images, by the names of the architectures. */
export type TestResult = Readonly<Record<string, TestedArchitecture>>

export type TestedArchitecture = {
  /** Absent where nothing was searched. */
  readonly inherited?: number
  /** Absent where nothing was trained from scratch. */
  readonly retrained?: number
}

const phase = 'test'

export function testedIn(results: Results): TestResult {
  return (results[phase] ?? {}) as TestResult
}

/** Looks at the test images, for the first and only time: whatever was chosen before was chosen without them. */
export const testPhase: Phase<TestResult> = {
  phase,
  async run({ session, results }) {
    const { architectures } = derivedIn(results) ?? { architectures: [] }
    const { plan } = session.search
    const isShared = plan.given === undefined && hasSupernet(plan)
    const inherited = isShared ? await testInherited(session, architectures) : undefined
    const tested: Record<string, TestedArchitecture> = {}
    for (const architecture of architectures) {
      const { name } = architecture
      const score = retrainedIn(results, name) && (await testRetrained(session, architecture))
      tested[name] = {
        ...(inherited !== undefined && { inherited: inherited.get(name)?.accuracy ?? NaN }),
        ...(score !== undefined && { retrained: score.accuracy }),
      }
    }
    for (const architecture of baselineIn(results)) {
      const score = await testRetrained(session, architecture)
      tested[architecture.name] = score === undefined ? {} : { retrained: score.accuracy }
    }
    return { kind: 'done', result: tested }
  },
}

async function testInherited(
  session: Session,
  architectures: readonly DerivedArchitecture[],
): Promise<ReadonlyMap<string, EvaluationScore>> {
  const { search, data, random, engine, directory } = session
  const steps = openKeptSupernet(directory, engine, random)
  const scores = new Map<string, EvaluationScore>()
  for (const { name, selected } of architectures) {
    const architecture = architectureFrom(search, selected)
    const score = await evaluateInherited({ search, data, random, steps, architecture, images: testBatches(data) })
    session.record({ type: 'evaluation', architecture: name, weights: 'inherited', split: 'test', ...score })
    scores.set(name, score)
  }
  steps.dispose()
  return scores
}

async function testRetrained(
  session: Session,
  { name, selected }: DerivedArchitecture,
): Promise<EvaluationScore | undefined> {
  const { search, data, random, engine, directory } = session
  const { retrain } = search.plan
  if (retrain === undefined) return undefined
  const stored = loadWeights(directory, { of: 'retrained', architecture: name })
  const steps = openSteps(engine, { random: random.stream('initial/retrained'), stored })
  const score = await evaluateStandalone(search, retrain, architectureFrom(search, selected), data, steps)
  session.record({ type: 'evaluation', architecture: name, weights: 'retrained', split: 'test', ...score })
  steps.dispose()
  return score
}
