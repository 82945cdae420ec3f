import { openEngine } from '../../../src/runtime/backend/choose.js'
import { trainingBatches, type Batch } from '../../../src/runtime/data/batches.js'
import { embeddingName, keyName, type EmbeddingEmission } from '../../../src/runtime/plan/objective.js'
import type { StepSpec } from '../../../src/runtime/plan/step.js'
import { teacherPrefix } from '../../../src/runtime/plan/teacher.js'
import { createRandom, type Random } from '../../../src/runtime/random/random.js'
import { readRun } from '../../../src/runtime/run/run-directory.js'
import { openKeptSupernet } from '../../../src/runtime/search/phases/kept-supernet.js'
import { reopen } from '../../../src/runtime/search/run/resume-run.js'
import { dataShape, imagesOf } from '../../../src/runtime/search/step/session.js'
import { runStep, type PreparedStep } from '../../../src/runtime/training/steps.js'
import { buildNetwork, type Binding } from '../../../src/space/index.js'

/** An option for every block. */
export type Path = readonly number[]

/** The paths of a supernet that a run has kept, on one batch of its training images. */
export interface KeptPaths {
  readonly blocks: number
  /** Options of every block. */
  readonly candidates: number
  /** What `depth` blocks of a path make of the images, pooled, by the statistics of the batch: [images, channels]. */
  features(path: Path, depth: number): FloatMatrix
  /**
   * Gradients of what the search minimises, by the weights of a block. @param partner the other path of the step, by which the
   * teacher makes the keys of a search by contrast
   */
  gradient(path: Path, partner: Path, block: number): ReadonlyMap<string, Float32Array>
  dispose(): void
}

export interface FloatMatrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

const images = 64
const pooled: EmbeddingEmission = { key: 'what the classifier reads', emit: ({ features }) => features() }

/** @param followsTeacher whether the keys are made by the teacher's weights, and not by those of the supernet */
export async function openKeptPaths(run: string, followsTeacher: boolean, random: Random): Promise<KeptPaths> {
  const reader = readRun(run)
  const { search, data } = await reopen(reader)
  const engine = await openEngine({ backend: 'wasm', threads: 1 })
  const steps = openKeptSupernet(reader, engine, createRandom(reader.record.seed))
  const { plan, decisions, minimised } = search
  const [contrast] = minimised.contrasts
  const batch = (view?: number): Batch =>
    trainingBatches({
      ...imagesOf(data, 'train'),
      indices: data.split['weights'] ?? [],
      size: images,
      random: random.stream('images'),
      ...(view !== undefined && search.views !== undefined && { view, augmentations: search.views.augmentations }),
    }).batch(0, 0)
  const bindingOf =
    (path: Path): Binding =>
    (decision) => ({ kind: 'fixed', options: [path[decisions.findIndex((each) => each.path === decision.path)] ?? 0] })
  /** Runs a step over the first blocks of a path. */
  const ran = (
    path: Path,
    depth: number,
    spec: StepSpec,
    { fed = {}, view }: { readonly fed?: Readonly<Record<string, Float32Array>>; readonly view?: number } = {},
  ): PreparedStep => {
    const params = { ...search.params, blocks: depth }
    const network = () =>
      buildNetwork(search.ir, plan.space, { params, binding: bindingOf(path), mode: 'shared', ...dataShape(data) })
    const step = steps.prepare(`${path.join('')} ${String(depth)}`, network, spec)
    const { images: pixels, labels } = batch(view)
    const all: Readonly<Record<string, Float32Array | Int32Array | number>> = {
      ...{ images: pixels, labels, calibrationMomentum: 1 },
      ...fed,
    }
    runStep(step, Object.fromEntries(step.inputs.map(({ name }) => [name, all[name] ?? 0])))
    return step
  }
  const keyOf = (path: Path): Float32Array => {
    if (contrast === undefined) return new Float32Array()
    const { embedding } = contrast
    const prefix = followsTeacher ? { prefix: teacherPrefix } : {}
    const step = ran(path, decisions.length, { batch: images, mode: 'train', embedding, ...prefix }, { view: 1 })
    return step.executable.read(embeddingName).slice()
  }
  return {
    blocks: decisions.length,
    candidates: decisions[0]?.options.length ?? 0,
    features(path, depth) {
      const step = ran(path, depth, { batch: images, mode: 'calibrate', embedding: pooled })
      const values = step.executable.read(embeddingName).slice()
      return { rows: images, columns: values.length / images, values }
    },
    gradient(path, partner, block) {
      const [pass, other] = ['path[1]', 'path[2]'] as const
      const fed = { [keyName(pass)]: keyOf(path), [keyName(other)]: keyOf(partner) }
      const spec: StepSpec = {
        ...{ batch: images, mode: 'train', objective: minimised.emission, gradients: 'weights' },
        ...{ pass, companions: [pass, other] },
      }
      const step = ran(path, decisions.length, spec, { fed, view: 0 })
      const own = step.variables.filter(({ name }) => name.startsWith(`a[${String(block + 1)}].`))
      const gradients = own.map(({ name }) => `gradient/${name}`).filter((name) => name in step.program.outputs)
      return new Map(gradients.map((name) => [name, step.executable.read(name).slice()]))
    },
    dispose() {
      steps.dispose()
      engine.dispose()
    },
  }
}
