import type { StageItem } from '../../ir/model/space.js'
import { integerIn } from '../../space/evaluation/evaluate.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { buildLayer, demandLayers, depthIn, stageEnvironment } from '../../space/network/stage.js'
import { memoize } from '../../support/memoize.js'
import { builtTree } from '../diagram/built-tree.js'
import { decisionTree, type DecisionTree, type Selection } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { builderWith, type AnalysisContext, type Layer, type Outcome, type Transition } from '../diagram/layer.js'
import { shapeKey, withSelections, type State } from '../diagram/state.js'
import { currentMap } from './current-map.js'
import { isWithin, reachOf, readsOfSpace, type Reach } from './reach.js'

/** What a stage has settled before its layers. */
interface StageProgress {
  readonly channels: number
  readonly stride: number
  readonly depth: number
}

/** The layers of a stage: one that settles its width, stride and depth, one for each of its layers, and one that forgets these. */
export function stageLayers(context: AnalysisContext, stage: StageItem): readonly Layer[] {
  const layerOf = layersWithin(context, stage)
  const depths = depthsAtMost(context, stage)
  return [
    opening(context, stage),
    ...Array.from({ length: depths }, (_, index) => layerOf(index + 1)),
    closing(context, stage),
  ]
}

function isOfStage(stage: StageItem, path: string): boolean {
  return isWithin(path, stage.name) && !path.startsWith(`${stage.name}.layer[`)
}

/** What is written for the layers of a stage. */
function bodiesOf(stage: StageItem): readonly StageItem['layer'][] {
  return [stage.layer, ...(stage.first ? [stage.first] : [])]
}

function opening(context: AnalysisContext, stage: StageItem): Layer {
  const lets = [...context.space.lets, ...stage.lets]
  const reach = reachOf(context.ir, [stage.width, stage.stride, stage.depth, ...bodiesOf(stage)], lets)
  const ofSpace = readsOfSpace(context, reach)
  const treeFor = memoize((key) => {
    const arriving = Number(key)
    return decisionTree((decider): StageProgress => {
      const environment = stageEnvironment(context.environment(decider), stage, arriving)
      demandLayers(environment, stage)
      return {
        channels: integerIn(environment, stage.width),
        stride: integerIn(environment, stage.stride),
        depth: depthIn(environment, stage),
      }
    })
  })
  return {
    at: stage.name,
    transitions: (state, fail) =>
      feasibleBranches(treeFor(String(currentMap(state).channels)), (path) => state.selected.get(path), fail).map(
        ({ selections, value }): Transition => {
          const selected = withSelections(state.selected, selections)
          const next = { maps: [currentMap(state)], selected, progress: value }
          return { state: next, selections, costs: context.quantities.map(() => 0) }
        },
      ),
    reads: (path) => isOfStage(stage, path) || ofSpace(path),
  }
}

/** The layer of a stage with a number, from 1. */
function layersWithin(context: AnalysisContext, stage: StageItem): (layer: number) => Layer {
  const reach = reachOf(context.ir, bodiesOf(stage), [...context.space.lets, ...stage.lets])
  // Layers behind the first are alike unless they are told which one they are.
  const alike = !reach.facts.has('layer')
  const ofSpace = readsOfSpace(context, reach)
  const asksStage = asksOfStage(stage, reach)
  const treeOf = layerTrees(context, stage)
  return (layer) => {
    const stand = alike ? Math.min(layer, 2) : layer
    const [own, standing] = [`${stage.name}.layer[${layer}]`, `${stage.name}.layer[${stand}]`]
    return {
      at: own,
      transitions(state, fail) {
        const progress = progressOf(state)
        if (progress.depth < layer) return [{ state, selections: [], costs: context.quantities.map(() => 0) }]
        const known = (path: string): readonly number[] | undefined =>
          state.selected.get(isWithin(path, standing) ? own + path.slice(standing.length) : path)
        return feasibleBranches(treeOf(stand, currentMap(state), progress), known, fail).map(
          ({ selections, value }): Transition => {
            const { shape, costs, operations } = value
            const all = renamed(selections, standing, own)
            return {
              state: { maps: [shape], selected: withSelections(state.selected, all), progress },
              selections: all,
              costs,
              ...(operations ? { operations } : {}),
            }
          },
        )
      },
      reads: (path) => isWithin(path, own) || (isOfStage(stage, path) && asksStage(path)) || ofSpace(path),
    }
  }
}

/** What a layer is under every selection in it, by its number, what it reads, and what its stage has settled. */
function layerTrees(
  context: AnalysisContext,
  stage: StageItem,
): (layer: number, input: Shape, progress: StageProgress) => DecisionTree<Outcome> {
  const trees = new Map<string, DecisionTree<Outcome>>()
  return (layer, input, { channels, stride }) => {
    const key = [layer, shapeKey(input), channels, layer === 1 ? stride : ''].join('/')
    const known = trees.get(key)
    if (known) return known
    const tree = builtTree(context, { item: stage, key }, (decider, options) => {
      const builder = builderWith([input], options)
      const environment = stageEnvironment(context.environment(decider), stage, input.channels)
      const end = buildLayer({ builder, decider, environment, stage, layer, channels, stride, input: 0 })
      return { builder, end }
    })
    trees.set(key, tree)
    return tree
  }
}

/** Selections in the layer that was built, as those of the one that it stands for. */
function renamed(selections: readonly Selection[], standing: string, own: string): readonly Selection[] {
  if (own === standing) return selections
  return selections.map(({ decision, options }) => {
    if (!isWithin(decision.path, standing)) return { decision, options }
    return { decision: { ...decision, path: own + decision.path.slice(standing.length) }, options }
  })
}

function closing(context: AnalysisContext, stage: StageItem): Layer {
  return {
    at: stage.name,
    transitions: ({ maps, selected }) => [
      { state: { maps, selected }, selections: [], costs: context.quantities.map(() => 0) },
    ],
    reads: () => false,
  }
}

/** The greatest number of layers that a stage can have. */
function depthsAtMost(context: AnalysisContext, stage: StageItem): number {
  const asks = reachOf(context.ir, [stage.depth], [...context.space.lets, ...stage.lets]).facts.has('in')
  // What arrives is not known yet: a depth that asks for it is tried with all usual numbers of channels.
  const trees = Array.from({ length: asks ? 2048 : 1 }, (_, index) => index + 1).map((arriving) =>
    decisionTree((decider) => {
      const environment = stageEnvironment(context.environment(decider), stage, arriving)
      return depthIn(environment, stage)
    }),
  )
  return trees
    .flatMap((tree) => tree.paths(() => undefined))
    .reduce((most, { result }) => {
      return 'value' in result ? Math.max(most, result.value) : most
    }, 0)
}

/** Decisions of a stage that its layers may ask for: not those that only its own clauses ask for. */
function asksOfStage(stage: StageItem, { lets, labels }: Reach): (path: string) => boolean {
  const clauses = ['width', 'depth', 'stride'].filter((clause) => !lets.has(clause) && !labels.has(clause))
  return (path) => !clauses.some((clause) => path === `${stage.name}.${clause}`)
}

function progressOf(state: State): StageProgress {
  // Layers of a stage only ever follow the opening of their stage, which leaves this behind.
  return state.progress as StageProgress
}
