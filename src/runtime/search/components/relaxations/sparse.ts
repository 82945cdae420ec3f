import { connectionSources } from '../../../../space/binding/clause-target.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import { Failure } from '../../../../catalogue/failure.js'
import { thresholdName, type EmissionContext, type WeightEmission } from '../../../plan/emission.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { openSchedule } from '../schedules/index.js'
import { printArgument } from '../component-use.js'
import type { RelaxationComponent } from './relaxation.js'
import { cooled, temperatureFeed } from './temperature.js'

/**
 * Differentiable sparse weights of connections (Yang et al., EnTranNAS, CVPR 2021, as the survey of Heuillet et al. restates it
 * in eq. 21 and 22): p is a softmax over the operations of every edge, t = sigmoid(beta) one threshold per node that is trained
 * with the choices, q = relu(p / max p - t), and a connection weighs q / sum q. Maximum and sum run over all connections of the
 * node; that the sum does is reconstructed.
 */
export const sparse: RelaxationComponent = (read) => {
  const schedule = read.component('temperature')
  const key = `sparse ${printArgument(schedule)}`
  const feed = temperatureFeed(key, openSchedule(schedule, read.clause))
  return {
    bound: () => ({ kind: 'mix' }),
    emission(decision) {
      const sources = connectionSources(decision)
      if (sources === undefined) throw new Failure('no-connections', { clause: read.clause, decision: decision.path })
      return sparseEmission(key, decision, sources)
    },
    feeds: () => feed,
  }
}

/** Name of the variable beta of a decision. */
export function thresholdVariable(decision: string): string {
  return `thresholds/${decision}`
}

/** @param key of the temperature's input */
function sparseEmission(key: string, { options }: Decision, sources: number): WeightEmission {
  const operations = options.length / sources
  return {
    key: `${key} ${String(operations)}`,
    isSparse: true,
    emit: (logits, context) => emitSparse(logits, context, operations, key),
  }
}

function emitSparse(logits: ValueId, context: EmissionContext, operations: number, key: string): ValueId {
  const { builder, variables, decisions, options } = context
  const nodes = decisions.length
  const edges = builder.one('reshape', [logits], { shape: [(nodes * options) / operations, operations] })
  const shares = builder.one('softmax', [cooled(builder, edges, key)], { temperature: 1 })
  const p = builder.one('reshape', [shares], { shape: [nodes, options] })
  const relative = builder.one('divide', [p, builder.one('row_maximum', [p])])

  const betas = builder.one(
    'concat_channels',
    decisions.map((decision) =>
      variables.declare(builder, { name: thresholdVariable(decision), shape: [1], init: 'zeros', role: 'choice' }),
    ),
  )
  context.recordFigure(thresholdName, sigmoid(builder, betas))
  // p / max p - t, from the other side: 1 - t is exact where t comes near 1, so that the largest connection always stays.
  const room = sigmoid(builder, builder.one('scale', [betas, filled(builder, [], -1)]))
  const most = builder.one('add', [room, filled(builder, [nodes], leastRoom)])
  const missing = builder.one('subtract', [filled(builder, [nodes, options], 1), relative])
  const q = builder.one('relu', [builder.one('subtract', [spread(builder, most, nodes, options), missing])])
  return builder.one('divide', [q, rowSums(builder, q, options)])
}

/** Where 1 - t is no number above zero any more: the node is not empty there either. */
const leastRoom = 1e-30

function sigmoid(builder: ProgramBuilder, x: ValueId): ValueId {
  return builder.one('activation', [x], { function: 'sigmoid' })
}

function filled(builder: ProgramBuilder, shape: readonly number[], value: number): ValueId {
  return builder.one('fill', [], { shape: [...shape], value })
}

/** [rows] -> [rows, columns] */
function spread(builder: ProgramBuilder, values: ValueId, rows: number, columns: number): ValueId {
  const column = builder.one('reshape', [values], { shape: [rows, 1] })
  return product(builder, column, filled(builder, [1, columns], 1))
}

/** Every row filled with its sum. */
function rowSums(builder: ProgramBuilder, x: ValueId, columns: number): ValueId {
  return product(builder, x, filled(builder, [columns, columns], 1))
}

function product(builder: ProgramBuilder, a: ValueId, b: ValueId): ValueId {
  return builder.one('matmul', [a, b], { transposeA: false, transposeB: false })
}
