import { channelGroups, type ChannelAxis, type ChannelGroup } from '../../../plan/channel-groups.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { Network } from '../../../../space/network/network.js'
import { largestOption } from '../../../../space/binding/bound-options.js'
import type { Effect, ReadVariable } from '../../../training/effect.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { EffectContext } from './relaxation.js'

/**
 * Before a training opens further numbers of channels, these channels are sorted: those come first whose readers have the
 * largest weights, by their L1 norm (Cai et al., Once-for-All, ICLR 2020, section 3.3). What is open already stays what it
 * is: channels are sorted between the numbers that may be taken so far, as in the code of the paper.
 */
export function sortChannels(context: EffectContext, relaxed: readonly Decision[]): Effect {
  return {
    before(at, read) {
      const opening = at.step === 0 ? openingAt(context, relaxed, at) : []
      return opening.length === 0 ? new Map() : sorted(context, relaxed, opening, at, read)
    },
  }
}

/** Decisions that have more options from this epoch on. */
function openingAt({ open }: EffectContext, relaxed: readonly Decision[], at: TrainingPosition): readonly Decision[] {
  const before = epochBefore(at)
  if (before === undefined) return []
  return relaxed.filter((decision) => {
    const known = new Set(open(decision, before))
    return open(decision, at).some((option) => !known.has(option))
  })
}

function epochBefore(at: TrainingPosition): TrainingPosition | undefined {
  return at.epoch === 0 ? undefined : { ...at, epoch: at.epoch - 1 }
}

function sorted(
  context: EffectContext,
  relaxed: readonly Decision[],
  opening: readonly Decision[],
  at: TrainingPosition,
  read: ReadVariable,
): ReadonlyMap<string, Float32Array> {
  const before = epochBefore(at) ?? at
  const networks = openNetworks(context, relaxed)
  const largest = networks.of(new Map())
  const alone = relaxed.flatMap((decision) =>
    context.open(decision, at).map((option) => networks.of(new Map([[decision, option]]))),
  )
  const moved = new Map<string, Float32Array>()
  for (const group of channelGroups([largest, ...alone])) {
    const decides = (decision: Decision): boolean =>
      context
        .open(decision, at)
        .some((option) => channelsOf(group, networks.of(new Map([[decision, option]]))) < group.channels)
    if (!opening.some(decides)) continue
    const widths = openWidths(group, relaxed.filter(decides), (decision) => context.open(decision, before), networks)
    const order = orderOf(group, widths, read)
    for (const axis of group.axes) {
      const names = [axis.variable, ...context.state.map((state) => `${axis.variable}#${state}`)]
      for (const name of names) {
        // An axis of a variable that was put in order along another one already.
        const values = moved.get(name) ?? read(name)
        if (values !== undefined) moved.set(name, permuted(values, axis, order))
      }
    }
  }
  return moved
}

interface OpenNetworks {
  /** The largest network but for these decisions. */
  of(taken: ReadonlyMap<Decision, number>): Network
}

function openNetworks(context: EffectContext, relaxed: readonly Decision[]): OpenNetworks {
  const known = new Map<string, Network>()
  return {
    of(taken) {
      const selection = Object.fromEntries(
        relaxed.map((decision) => [decision.path, [taken.get(decision) ?? largestOption(decision)]] as const),
      )
      const key = JSON.stringify(selection)
      const network = known.get(key) ?? context.network(selection)
      known.set(key, network)
      return network
    },
  }
}

/** The most channels that the group has in a network; all of them where it is not there. */
function channelsOf({ nodes, channels }: ChannelGroup, network: Network): number {
  const found = network.nodes.flatMap((node) => (nodes.has(node.path) ? [node.shape.channels] : []))
  return found.length === 0 ? channels : Math.max(...found)
}

/** The numbers of channels under all options that are open of what decides them. */
function openWidths(
  group: ChannelGroup,
  deciding: readonly Decision[],
  open: (decision: Decision) => readonly number[],
  networks: OpenNetworks,
): readonly number[] {
  const combinations = deciding.reduce<readonly ReadonlyMap<Decision, number>[]>(
    (all, decision) =>
      all.flatMap((taken) => open(decision).map((option) => new Map([...taken, [decision, option] as const]))),
    [new Map()],
  )
  const widths = combinations.map((taken) => channelsOf(group, networks.of(taken)))
  return [...new Set([...widths, group.channels])].sort((a, b) => a - b)
}

/** `order[i]`: the channel that comes to place i. */
function orderOf({ readers }: ChannelGroup, widths: readonly number[], read: ReadVariable): readonly number[] {
  const norms = new Float64Array(widths.at(-1) ?? 0)
  for (const reader of readers) {
    const values = read(reader.variable)
    if (values !== undefined)
      eachAlong(reader, (at, channel) => (norms[channel] = (norms[channel] ?? 0) + Math.abs(values[at] ?? 0)))
  }
  return widths.flatMap((width, index) => {
    const from = widths[index - 1] ?? 0
    const band = Array.from({ length: width - from }, (_, place) => from + place)
    return band.sort((a, b) => (norms[b] ?? 0) - (norms[a] ?? 0) || a - b)
  })
}

function permuted(values: Float32Array, axis: ChannelAxis, order: readonly number[]): Float32Array {
  const result = new Float32Array(values.length)
  const stride = strideOf(axis)
  eachAlong(axis, (at, channel) => {
    result[at] = values[at + ((order[channel] ?? channel) - channel) * stride] ?? 0
  })
  return result
}

/** Calls back with the place of every entry of a variable, and its place along the axis. */
function eachAlong(axis: ChannelAxis, visit: (at: number, channel: number) => void): void {
  const [stride, length] = [strideOf(axis), axis.shape[axis.axis] ?? 1]
  const size = axis.shape.reduce((product, each) => product * each, 1)
  for (let at = 0; at < size; at++) visit(at, Math.floor(at / stride) % length)
}

function strideOf({ shape, axis }: ChannelAxis): number {
  return shape.slice(axis + 1).reduce((product, each) => product * each, 1)
}
