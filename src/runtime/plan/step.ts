import type { Network } from '../../space/network/network.js'
import { optimise, runPasses } from '../optimise/optimise.js'
import { ProgramBuilder } from '../program/builder.js'
import { gradients } from '../program/differentiate.js'
import type { Program, ValueId } from '../program/program.js'
import { emitAccumulations } from './accumulation.js'
import { emitLosses } from './loss.js'
import { lowerNetwork, type LoweredNetwork } from './lower-network.js'
import { embeddingName } from './objective.js'
import { plannedStep } from './planned-step.js'
import type { Step, StepSpec, VariableSpec } from './step-spec.js'
import { emitUpdates, type Trained } from './updates.js'
import { StepVariables } from './variables.js'
import { isTrainable } from './trainable.js'

export type { InputSpec, Step, StepSpec, UpdateSpec, VariableSpec } from './step-spec.js'

/** What a plan must know of the engine that is to run it. */
export interface StepOptions {
  /** It has kernels for fused operations. */
  readonly fusedKernels?: boolean
}

/**
 * Plans one step of a network: forward pass, loss, gradients of what is asked for and of nothing else, updates. The
 * forward pass is optimised before it is differentiated (what it shares, the backward pass then shares too) and the
 * whole again after.
 *
 * Inputs: `images` [batch, height, width, channels], `labels` [batch] int32 and, where the step needs them,
 * `learningRate` [], `step` [] (from 1), `calibrationMomentum` [], `dropPath/<edge path>` [batch]. Outputs: `loss` [],
 * `correct` [], `logits` [batch, classes], `figure/<name>` [] of the objective, `embedding` [batch, dimensions] and `gradient/<variable>` if asked for.
 *
 * @throws Failure NAS7301 and NAS7303 on a network that the runtime cannot run, NAS7302 on a pass that does not exist
 */
export function buildStep(network: Network, spec: StepSpec, { fusedKernels = false }: StepOptions = {}): Step {
  const options = { fusedKernels, ...(spec.passes === undefined ? {} : { passes: spec.passes }) }
  const variables = new StepVariables(spec.prefix)
  const forwardBuilder = new ProgramBuilder()
  const lowered = lowerNetwork(forwardBuilder, network, spec, variables)
  const { figures, ...losses } = emitLosses(forwardBuilder, lowered, network, spec, variables)
  const figureOutputs = Object.fromEntries(Object.entries(figures).map(([name, value]) => [figureName(name), value]))
  const embeddings = emitEmbedding(forwardBuilder, lowered, spec, variables)
  const told = { ...figureOutputs, ...embeddings }
  const forward = runPasses(forwardBuilder.build({ logits: lowered.logits, ...losses, ...told }), options)
  if (spec.mode !== 'train' && trainedBy(spec).length > 0) {
    throw new Error('gradients are for steps that train')
  }

  const builder = ProgramBuilder.from(forward)
  const { logits, loss, correct, total } = demandOutputs(forward)
  const outputs: Record<string, ValueId> = { loss, correct, logits }
  for (const name of Object.keys(told)) {
    const value = forward.outputs[name]
    if (value !== undefined) outputs[name] = value
  }
  const trained = emitGradients(builder, total, trainedOf(variables.all, spec))
  if (spec.gradients !== undefined) {
    for (const { variable, gradient } of trained) {
      if (isTrainable(variable, spec.gradients)) outputs[`gradient/${variable.name}`] = gradient
    }
  }
  const { accumulate } = spec
  if (accumulate !== undefined) {
    const added = trained.filter(({ variable }) => isTrainable(variable, accumulate))
    emitAccumulations(builder, variables, added)
  }
  if (spec.update !== undefined) {
    const { variables: which } = spec.update
    emitUpdates(
      builder,
      variables,
      trained.filter(({ variable }) => isTrainable(variable, which)),
      spec.update,
    )
  }

  const program = optimise(builder.build(outputs), options)
  return plannedStep(program, variables, Object.keys(figures))
}

/** Name of the output with a scalar that an objective tells beside its value. */
export function figureName(name: string): string {
  return `figure/${name}`
}

function emitEmbedding(
  builder: ProgramBuilder,
  { features }: LoweredNetwork,
  { embedding }: StepSpec,
  variables: StepVariables,
): Readonly<Record<string, ValueId>> {
  return embedding === undefined ? {} : { [embeddingName]: embedding.emit({ builder, variables, features }) }
}

function emitGradients(
  builder: ProgramBuilder,
  total: ValueId,
  variables: readonly VariableSpec[],
): readonly Trained[] {
  if (variables.length === 0) return []
  const found = gradients(
    builder,
    total,
    variables.map(({ name, shape }) => builder.variable(name, shape)),
  )
  return variables.flatMap((variable, i) => {
    const gradient = found[i]
    return gradient === undefined ? [] : [{ variable, gradient }]
  })
}

/** Which variables the gradients are taken of. */
function trainedBy({ update, accumulate, gradients }: StepSpec) {
  return [update?.variables, accumulate, gradients].filter((which) => which !== undefined)
}

function trainedOf(all: readonly VariableSpec[], spec: StepSpec): readonly VariableSpec[] {
  const sets = trainedBy(spec)
  return all.filter((variable) => sets.some((which) => isTrainable(variable, which)))
}

function demandOutputs({ outputs: { logits, loss, correct, total } }: Program) {
  if (logits === undefined || loss === undefined || correct === undefined || total === undefined) {
    throw new Error('a pass lost an output')
  }
  return { logits, loss, correct, total }
}
