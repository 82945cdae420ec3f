import type { StageItem } from '../model/space.js'
import { apply } from './apply.js'
import type { NetworkBuilder } from './builder.js'
import { Fork, type Decider } from './decider.js'
import { ElaborationFailure } from './elaboration-failure.js'
import type { Environment } from './environment.js'
import { integerIn, withLets } from './evaluate.js'
import { innerScope } from './scope.js'

/**
 * Builds a stage of layers: `width` channels, the stride in the first layer. A mixed depth builds the deepest stage and
 * mixes the outputs after each possible number of layers.
 */
export function buildStage(
  builder: NetworkBuilder,
  decider: Decider,
  space: Environment,
  stage: StageItem,
  input: number,
): number {
  const scope = innerScope(space.scope, 'stage', stage.name)
  const place = { ...space.place, in: builder.shape(input).channels }
  const environment = withLets({ ...space, scope, at: stage.name, place }, stage.lets)
  const channels = unmixed(stage.name, 'width', () => integerIn(environment, stage.width))
  const stride = unmixed(stage.name, 'stride', () => integerIn(environment, stage.stride))
  const depths = depthsOf(decider, environment, stage)
  const deepest = Math.max(...depths.map(({ depth }) => depth))
  if (deepest < 1 && depths.length === 1) return input

  const outputs: number[] = [input]
  for (let layer = 1; layer <= deepest; layer++) {
    const before = outputs[layer - 1] ?? input
    const path = `${stage.name}[${layer}]`
    const layerEnvironment: Environment = {
      ...environment,
      scope: innerScope(scope, 'layer', `${stage.name}.layer[${layer}]`),
      at: path,
      place: { ...place, in: builder.shape(before).channels, channels, layer, first: layer === 1 },
    }
    const expression = layer === 1 && stage.first ? stage.first : stage.layer
    const overrides = new Map(layer === 1 ? [['stride', stride]] : [])
    outputs.push(apply({ builder, decider, environment: layerEnvironment, input: before, path, overrides }, expression))
  }
  const [only] = depths
  if (only && depths.length === 1) return outputs[only.depth] ?? input
  const ends = depths.map(({ depth }) => outputs[depth] ?? input)
  return builder.mix(
    `${stage.name}.depth`,
    `${stage.name}.depth`,
    depths.map(({ option }) => option),
    ends,
  )
}

/** The number of layers, or one per option where the depth is mixed. */
function depthsOf(
  decider: Decider,
  environment: Environment,
  stage: StageItem,
): readonly { readonly option: number; readonly depth: number }[] {
  try {
    return [{ option: 0, depth: decider.steering(() => integerIn(environment, stage.depth)) }]
  } catch (fork) {
    if (!(fork instanceof Fork)) throw fork
    return fork.options.map((option) => ({
      option,
      depth: decider.assuming(fork, option, () => integerIn(environment, stage.depth)),
    }))
  }
}

/** A mix of sizes has no meaning where they decide shapes of a whole stage. */
export function unmixed<T>(path: string, what: string, evaluate: () => T): T {
  try {
    return evaluate()
  } catch (fork) {
    if (!(fork instanceof Fork)) throw fork
    throw new ElaborationFailure(
      'binding',
      path,
      `\`${fork.decision.path}\` decides the ${what}, and networks of different shapes cannot be summed.`,
      'Relax numbers by `mask` or `slice`, and resolutions by `subsample`.',
    )
  }
}
