import { inputShape, put } from '../../space/network/build-network.js'
import { integerIn } from '../../space/values/evaluate.js'
import type { Shape } from '../../space/values/shape.js'
import { buildLayer, stageEnvironment } from '../../space/network/stage.js'
import type { Expression } from '../../ir/model/expression.js'
import type { NetworkItem, StageItem } from '../../ir/model/space.js'
import { builtTree, type Outcome } from '../diagram/built-tree.js'
import type { Constraint } from '../diagram/constraint.js'
import { decisionTree, type DecisionTree, type Taken } from '../diagram/decision-tree.js'
import { fittingWays } from '../diagram/feasible-branches.js'
import { headOf, isWithin, reachOf, type Reach } from './reach.js'
import { remembered } from '../../support/memoize.js'
import { stackSteps } from './stack-layers.js'
import { shapeKey, withAnswers, type State } from '../diagram/state.js'
import { builderWith, type Move, type Step, type Walk } from '../diagram/layer.js'

/**
 * The steps of a whole network, in the order in which it is built.
 *
 * @param constraints what is asked of the graphs of cells: steps keep what these ask for, and leave out what breaks them
 */
export function networkSteps(walk: Walk, constraints: readonly Constraint[]): readonly Step[] {
  const { network } = walk.space
  return [
    inputStep(walk),
    ...network.flatMap((item, index) => itemSteps(walk, item, network[index - 1], index, constraints)),
  ]
}

function itemSteps(
  walk: Walk,
  item: NetworkItem,
  before: NetworkItem | undefined,
  index: number,
  constraints: readonly Constraint[],
): readonly Step[] {
  switch (item.kind) {
    case 'stem':
      return item.parts.map((part, at) =>
        operationStep(walk, part, item.parts.length === 1 ? 'stem' : `stem[${at + 1}]`, true),
      )
    case 'head':
      return [operationStep(walk, item.body, 'head', false)]
    case 'stage':
      return stageSteps(walk, item)
    case 'stack': {
      // Behind a stem with one output, both inputs of the first cell are that output; the image itself is none of them.
      const one = before?.kind === 'stem' && index === 1 && before.parts.length === 1
      return stackSteps(walk, item, one, constraints)
    }
  }
}

/** Decisions that are made once for the space: those of its lets and of constants, where these are reached. */
export function readsOfSpace(walk: Walk, reach: Reach): (path: string) => boolean {
  const { space } = walk
  const own = new Set(['stem', 'head'])
  for (const item of space.network) if (item.kind === 'stage') own.add(item.name)
  for (const { name } of space.cells) own.add(name)
  return (path) => !own.has(headOf(path)) && (reach.choosesPerSpace || reach.lets.has(headOf(path)))
}

function inputStep(walk: Walk): Step {
  const tree = decisionTree((decider) => walk.options.input ?? inputShape(walk.environment(decider), walk.space))
  return {
    at: 'input',
    moves: (state, fail) =>
      fittingWays(tree, (path) => state.answers.get(path), fail).map(({ taken, value }): Move => {
        const answers = withAnswers(state.answers, taken)
        return { state: { maps: [value], answers }, taken, costs: walk.quantities.map(() => 0) }
      }),
    reads: () => true,
  }
}

/** An operation of the network itself. */
function operationStep(walk: Walk, body: Expression, path: string, keeps: boolean): Step {
  const trees = new Map<string, DecisionTree<Outcome>>()
  const treeOf = (input: Shape): DecisionTree<Outcome> => {
    const key = shapeKey(input)
    const known = trees.get(key)
    if (known) return known
    const tree = builtTree(walk, (decider, options) => {
      const builder = builderWith([input], options)
      const end = put({ builder, decider, environment: walk.environment(decider) }, body, 0, path)
      return { builder, end }
    })
    trees.set(key, tree)
    return tree
  }
  const ofSpace = readsOfSpace(walk, reachOf(walk.ir, [body], walk.space.lets))
  return {
    at: path,
    moves(state, fail) {
      const input = newest(state)
      return fittingWays(treeOf(input), (asked) => state.answers.get(asked), fail).map(({ taken, value }): Move => {
        const { shape, costs } = value
        const maps = keeps ? [...state.maps, shape].slice(-2) : [shape]
        return { state: { maps, answers: withAnswers(state.answers, taken) }, taken, costs }
      })
    },
    reads: (asked) => isWithin(asked, path) || ofSpace(asked),
  }
}

export function newest(state: State): Shape {
  const shape = state.maps.at(-1)
  if (!shape) throw new Error('a network starts with its input')
  return shape
}

/** What a stage has settled before its layers. */
interface StageProgress {
  /** Channels that arrive at the stage; 0 where its layers do not ask, so that states differ in nothing that does not matter. */
  readonly arriving: number
  readonly channels: number
  readonly stride: number
  readonly depth: number
}

function stageSteps(walk: Walk, stage: StageItem): readonly Step[] {
  const lets = [...walk.space.lets, ...stage.lets]
  const layers = [stage.layer, ...(stage.first ? [stage.first] : [])]
  const reach = reachOf(walk.ir, [stage.width, stage.stride, stage.depth, ...layers], lets)
  const ofSpace = readsOfSpace(walk, reach)
  const ofStage = (path: string): boolean => isWithin(path, stage.name) && !isWithin(path, `${stage.name}.layer`)
  // Layers themselves see what arrives at them.
  const ofLets = stage.lets.map(({ value }) => value)
  const asksForArriving = reachOf(walk.ir, ofLets, lets).facts.has('in')
  const opening = remembered((key) => {
    const arriving = Number(key)
    return decisionTree((decider): StageProgress => {
      const environment = stageEnvironment(walk.environment(decider), stage, arriving)
      return {
        arriving: asksForArriving ? arriving : 0,
        channels: integerIn(environment, stage.width),
        stride: integerIn(environment, stage.stride),
        depth: integerIn(environment, stage.depth),
      }
    })
  })
  const open: Step = {
    at: stage.name,
    moves: (state, fail) =>
      fittingWays(opening(String(newest(state).channels)), (path) => state.answers.get(path), fail).map(
        ({ taken, value }): Move => {
          const answers = withAnswers(state.answers, taken)
          const next = { maps: [newest(state)], answers, progress: value }
          return { state: next, taken, costs: walk.quantities.map(() => 0) }
        },
      ),
    reads: (path) => ofStage(path) || ofSpace(path),
  }

  const depths = depthsAtMost(walk, stage)
  const layerReach = reachOf(walk.ir, layers, lets)
  // Layers behind the first are alike unless they are told which one they are.
  const alike = !layerReach.facts.has('layer')
  const mayAsk = readsOfSpace(walk, layerReach)
  const asksStage = asksOfStage(stage, layerReach)
  const trees = new Map<string, DecisionTree<Outcome>>()
  const treeOf = (
    layer: number,
    input: Shape,
    { arriving, channels, stride }: StageProgress,
  ): DecisionTree<Outcome> => {
    const key = [layer, shapeKey(input), channels, layer === 1 ? stride : '', arriving]
    const known = trees.get(key.join('/'))
    if (known) return known
    const tree = builtTree(walk, (decider, options) => {
      const builder = builderWith([input], options)
      const environment = stageEnvironment(walk.environment(decider), stage, arriving)
      const end = buildLayer({ builder, decider, environment, stage, layer, channels, stride, input: 0 })
      return { builder, end }
    })
    trees.set(key.join('/'), tree)
    return tree
  }

  const layerStep = (layer: number): Step => {
    const stand = alike ? Math.min(layer, 2) : layer
    const [own, standing] = [`${stage.name}.layer[${layer}]`, `${stage.name}.layer[${stand}]`]
    const renamed = (taken: readonly Taken[]): readonly Taken[] =>
      own === standing
        ? taken
        : taken.map(({ decision, options }) => {
            if (!isWithin(decision.path, standing)) return { decision, options }
            return { decision: { ...decision, path: own + decision.path.slice(standing.length) }, options }
          })
    return {
      at: own,
      moves(state, fail) {
        const progress = progressOf(state)
        if (progress.depth < layer) return [{ state, taken: [], costs: walk.quantities.map(() => 0) }]
        const known = (path: string): readonly number[] | undefined =>
          state.answers.get(isWithin(path, standing) ? own + path.slice(standing.length) : path)
        return fittingWays(treeOf(stand, newest(state), progress), known, fail).map(({ taken, value }): Move => {
          const { shape, costs } = value
          const all = renamed(taken)
          return { state: { maps: [shape], answers: withAnswers(state.answers, all), progress }, taken: all, costs }
        })
      },
      reads: (path) => isWithin(path, own) || (ofStage(path) && asksStage(path)) || mayAsk(path),
    }
  }
  const close: Step = {
    at: stage.name,
    moves: ({ maps, answers }) => [{ state: { maps, answers }, taken: [], costs: walk.quantities.map(() => 0) }],
    reads: () => false,
  }
  return [open, ...Array.from({ length: depths }, (_, index) => layerStep(index + 1)), close]
}

/** The greatest number of layers that a stage can have. */
function depthsAtMost(walk: Walk, stage: StageItem): number {
  const tree = decisionTree((decider) => {
    const environment = stageEnvironment(walk.environment(decider), stage, 1)
    return integerIn(environment, stage.depth)
  })
  return tree
    .ways(() => undefined)
    .reduce((most, { result }) => {
      return 'value' in result ? Math.max(most, result.value) : most
    }, 0)
}

/** Decisions of a stage that its layers may ask for: not those that only its own clauses ask for. */
function asksOfStage(stage: StageItem, { lets }: Reach): (path: string) => boolean {
  const clauses = ['width', 'depth', 'stride'].filter((clause) => !lets.has(clause))
  return (path) => !clauses.some((clause) => path === `${stage.name}.${clause}`)
}

function progressOf(state: State): StageProgress {
  // Layer steps only ever follow the opening of their stage, which leaves this behind.
  return state.progress as StageProgress
}
