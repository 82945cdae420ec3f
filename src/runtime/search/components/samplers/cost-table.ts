import { createRandom, type Random } from '../../../random/random.js'
import type { Candidate } from '../derivations/derivation.js'
import { binOf } from './macs-bins.js'
import type { SampledSpace, Selection } from './sampler.js'
import { uniformOptions } from './select.js'

/**
 * What uniform samples of a space cost, and which choices those of one cost have (Wang et al., AttentiveNAS, CVPR 2021,
 * section 4.1): a file that comes with the code of the paper, drawn here.
 */
export interface CostTable {
  /** A bin, as likely as samples lie in it. */
  bin(random: Random): number
  /**
   * A network for a bin: every choice by itself, as likely as it is among the samples of the bin. Where its cost lies in another
   * one it is drawn again, at most `draws` times; then the last one stands.
   */
  draw(space: SampledSpace, bin: number, random: Random, draws: number): TableDraw
}

export interface TableDraw {
  readonly candidate: Candidate
  /** How often was drawn. */
  readonly draws: number
}

export interface CostTableOptions {
  /** Of a bin, in multiply-accumulates. */
  readonly width: number
  /** Uniform samples in the table. */
  readonly samples: number
}

/** Like a file, the table is one and the same in all runs. */
const tableSeed = 0

/** Gives the table of a space; asked again, it is the same one. */
export function costTables(options: CostTableOptions): (space: SampledSpace) => CostTable {
  const known = new WeakMap<SampledSpace['drawWithin'], CostTable>()
  return (space) => {
    const found = known.get(space.drawWithin) ?? drawTable(space, options)
    known.set(space.drawWithin, found)
    return found
  }
}

/** @throws Failure where the space has constraints that nothing satisfies */
export function drawTable(space: SampledSpace, { width, samples }: CostTableOptions): CostTable {
  const { decisions } = space
  const random = createRandom(tableSeed)
  const selections = decisions.map(() => new Map<string, readonly number[]>())
  /** Per sample and decision: which of its selections, from 1; 0: it is not met. */
  const codes = new Uint16Array(samples * decisions.length)
  const bins = Int32Array.from({ length: samples }, (_, row) => {
    const { selected, macs } = uniformSample(space, random)
    decisions.forEach(({ path }, column) => {
      const options = selected[path]
      if (options !== undefined) codes[row * decisions.length + column] = codeOf(selections[column], options)
    })
    return binOf(macs, width)
  })
  const lists = selections.map((map) => [...map.values()])
  const rows = new Map<number, number[]>()
  bins.forEach((bin, row) => {
    const own = rows.get(bin)
    if (own) own.push(row)
    else rows.set(bin, [row])
  })
  const taken = (row: number, column: number): readonly number[] | undefined =>
    lists[column]?.[(codes[row * decisions.length + column] ?? 0) - 1]

  const meeting = new Map<number, readonly (readonly number[])[]>()
  /** Per decision the samples of a bin that meet it. */
  const meetingIn = (bin: number): readonly (readonly number[])[] => {
    const own = rows.get(bin) ?? []
    const found =
      meeting.get(bin) ?? decisions.map((_, column) => own.filter((row) => taken(row, column) !== undefined))
    meeting.set(bin, found)
    return found
  }

  return {
    bin: (draws) => bins[draws.integer(samples)] ?? 0,
    draw(of, bin, draws, most) {
      const columns = meetingIn(bin)
      let last: Candidate | undefined
      for (let drawn = 1; drawn <= most; drawn++) {
        const selection = columns.flatMap((met, column) => {
          const options = met.length === 0 ? undefined : taken(met[draws.integer(met.length)] ?? 0, column)
          return options === undefined ? [] : [[decisions[column]?.path ?? '', options] as const]
        })
        const found = of.member(Object.fromEntries(selection))
        last = found ?? last
        if (found !== undefined && binOf(found.macs, width) === bin) return { candidate: found, draws: drawn }
      }
      return { candidate: last ?? uniformSample(of, draws), draws: most }
    },
  }
}

/** Every option of every choice equally likely, within the constraints of the space. */
function uniformSample(space: SampledSpace, random: Random): Candidate {
  for (let draw = 0; draw < mostDraws; draw++) {
    const selection: Selection = Object.fromEntries(
      space.decisions.map((decision) => [decision.path, uniformOptions(decision, random)] as const),
    )
    const found = space.member(selection)
    if (found !== undefined) return found
  }
  return space.drawWithin(random)
}

/** Of a sample: where constraints leave out nearly all of them, they are drawn exactly. */
const mostDraws = 100

function codeOf(known: Map<string, readonly number[]> | undefined, options: readonly number[]): number {
  if (known === undefined) return 0
  const key = options.join()
  const place = [...known.keys()].indexOf(key)
  if (place >= 0) return place + 1
  return known.set(key, options).size
}
