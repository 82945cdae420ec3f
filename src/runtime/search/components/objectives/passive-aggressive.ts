import { contestedEdges, type ContestedEdge } from '../../../../space/network/contested-edges.js'
import type { EmittedSets, Mixture } from '../../../plan/mixture.js'
import type { ObjectivePass } from '../../../plan/objective.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { ObjectiveComponent } from './objective.js'

/**
 * Zero as long as nothing is invalid by more than the margin, linear in the excess beyond, as the losses of passive-aggressive
 * algorithms are (Crammer et al., JMLR 2006). What TopoNAS (Huang et al., arXiv 2011.09300) counts as invalid was not read: every
 * reading here is reconstructed.
 */
export const passiveAggressive: ObjectiveComponent = (read) => {
  const reading = read.word('invalid', readingNames)
  const margin = read.number('margin')
  return {
    emission: {
      key: `passive_aggressive ${reading} ${String(margin)}`,
      emit(pass) {
        const terms = readings[reading](pass, margin)
        const [first, ...others] = terms
        const nothing = (): ValueId => pass.builder.one('fill', [], { shape: [], value: 0 })
        const value = others.length === 0 ? (first ?? nothing()) : pass.builder.one('add', terms)
        return { value, figures: {} }
      },
    },
  }
}

const readingNames = ['none_wins', 'outside', 'no_input'] as const

/** Each to the scalars that are added up: none where nothing can be invalid. */
const readings: Readonly<
  Record<(typeof readingNames)[number], (pass: ObjectivePass, margin: number) => readonly ValueId[]>
> = {
  /** An edge whose strongest operation is none: by how much it is, times the weight of the edge. */
  none_wins({ builder, network, mixture }, margin) {
    const edges = mixture === undefined ? [] : contestedEdges(network)
    if (mixture === undefined || edges.length === 0) return []
    const pick = (of: (edge: ContestedEdge) => number | undefined): ValueId => pickEach(builder, mixture, edges.map(of))
    const most = Math.max(...edges.map(({ others }) => others.length))
    const rivals = Array.from({ length: most }, (_, rank) =>
      pick(({ through, others }) => mixture.offsetOf(through) + (others[rank] ?? others[0] ?? 0)),
    )
    const strongest = rivals.reduce((best, rival) =>
      builder.one('add', [best, builder.one('relu', [builder.one('subtract', [rival, best])])]),
    )
    const lead = builder.one('subtract', [pick(({ through, none }) => mixture.offsetOf(through) + none), strongest])
    // Of a choice that is none every edge counts whole.
    const weights = pick(({ from, input }) => (mixture.has(from) ? mixture.offsetOf(from) + input : undefined))
    return [builder.one('dot', [weights, beyond(builder, lead, -margin, edges.length)])]
  },
  /** The chance of the sets that a node may not take. */
  outside: (pass, margin) =>
    nodesWithOthers(pass).map(({ chances }) => {
      const { builder } = pass
      const one = builder.one('fill', [], { shape: [], value: 1 })
      return beyond(builder, builder.one('subtract', [one, builder.one('sum_all', [chances()])]), margin)
    }),
  /** The chance that a node reads nothing. */
  no_input: (pass, margin) =>
    nodesWithOthers(pass).map(({ empty }) => beyond(pass.builder, pass.builder.one('sum_all', [empty()]), margin)),
}

/** What of a value, [] or [size], is above a bound. */
function beyond(builder: ProgramBuilder, value: ValueId, bound: number, size?: number): ValueId {
  if (bound === 0) return builder.one('relu', [value])
  const bounds = builder.one('fill', [], { shape: size === undefined ? [] : [size], value: bound })
  return builder.one('relu', [builder.one('subtract', [value, bounds])])
}

/** [places]: the entries of the vector of all weights at these places; 1 where there is none. */
function pickEach(builder: ProgramBuilder, mixture: Mixture, places: readonly (number | undefined)[]): ValueId {
  const count = builder.shape(mixture.weights)[0] ?? 0
  const row = builder.one('reshape', [mixture.weights], { shape: [1, count] })
  const values = Array.from({ length: count }, (_, at) => places.map((place) => Number(place === at))).flat()
  const matrix = builder.one('constant', [], { shape: [count, places.length], values })
  const product = builder.one('matmul', [row, matrix], { transposeA: false, transposeB: false })
  const picked = builder.one('reshape', [product], { shape: [places.length] })
  if (!places.includes(undefined)) return picked
  const ones = places.map((place) => Number(place === undefined))
  return builder.one('add', [picked, builder.one('constant', [], { shape: [places.length], values: ones })])
}

/** Distributions over sets that leave a chance to sets that a node may not take. */
function nodesWithOthers({ network, mixture }: ObjectivePass): readonly Required<EmittedSets>[] {
  const decisions = new Set(
    network.nodes.flatMap((node) =>
      node.kind === 'merge' && node.relaxed !== undefined ? [node.relaxed.decision] : [],
    ),
  )
  return [...decisions].flatMap((decision) => {
    const sets = mixture?.setsOf(decision)
    return sets?.empty === undefined ? [] : [{ ...sets, empty: sets.empty }]
  })
}
