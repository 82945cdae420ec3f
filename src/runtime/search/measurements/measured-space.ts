import { createHash } from 'node:crypto'
import { samplerWithout } from '../../../analysis/index.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { bindingOf } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network, NetworkNode } from '../../../space/network/network.js'
import { spaceWord } from '../../../space/expressions/labels.js'
import { printValue } from '../../../space/evaluation/print-value.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { createRandom, type Random } from '../../random/random.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import type { ChoiceSpace } from '../components/encoding/choice-space.js'

/** Networks of a space as they are measured: alone, at the size that is trained in the end. */
export interface MeasuredSpace extends SpaceOfNetworks, Images {}

export interface SpaceOfNetworks {
  readonly ir: Ir
  /** Its id. */
  readonly space: string
  /** Of the networks. */
  readonly params: ParamValues
  readonly choices: ChoiceSpace
}

/** What networks are told of the images that they see. */
export interface Images {
  readonly input: ImageShape
  readonly classes: number
}

export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** The images that a space is declared for. */
export function declaredImages(networks: SpaceOfNetworks): Images {
  const { ir, space, params } = networks
  const decisions = openDraws(networks)(createRandom(0))
  const binding = bindingOf({ space, decisions })
  const { input, classes } = buildNetwork(ir, space, { params, binding, mode: 'standalone', outline: true })
  const { height, width, channels } = input
  return { input: { height, width, channels }, classes }
}

export function measuredNetwork({ ir, space, params, input, classes }: MeasuredSpace, taken: SelectedOptions): Network {
  const binding = bindingOf({ space, decisions: taken })
  return buildNetwork(ir, space, { params, binding, mode: 'standalone', input, classes })
}

/**
 * Draws architectures within the constraints of the space, each as likely as any other that takes no excluded option.
 *
 * @throws Failure NAS7615 where every architecture takes one
 */
export function openDraws(measured: SpaceOfNetworks): (random: Random) => SelectedOptions {
  const { ir, space, params, choices } = measured
  const uniform = samplerWithout(ir, space, { params }, (decision, option) => choices.excluded(decision, option))
  if (uniform === undefined) throw new Failure('nothing-to-measure', { space: spaceWord(space) })
  return (random) => uniform.draw(random).architecture.decisions
}

/**
 * What stands for the networks of a space: equal where the same choices make the same networks. A hash of the options as they print,
 * by which rows name architectures, and of networks that were drawn so that every option is in one of them.
 */
export function networksHash(measured: MeasuredSpace): string {
  const { choices } = measured
  const draw = openDraws(measured)
  const open = new Set(
    choices.explored.flatMap(({ decision }) =>
      decision.options.flatMap((_, option) =>
        choices.excluded(decision, option) ? [] : `${decision.path} ${String(option)}`,
      ),
    ),
  )
  const hash = createHash('sha256')
  for (const { decision } of choices.explored) hash.update(JSON.stringify([decision.path, decision.options]))
  for (let index = 0; index < mostNetworks && open.size > 0; index++) {
    const taken = draw(createRandom(0).stream(`networks/${String(index)}`))
    const before = open.size
    for (const [path, options] of Object.entries(taken))
      for (const option of options) open.delete(`${path} ${String(option)}`)
    if (open.size < before) hash.update(JSON.stringify(measuredNetwork(measured, taken).nodes.map(computed)))
  }
  return `sha256:${hash.digest('hex').slice(0, 16)}`
}

const mostNetworks = 200

/** What a node computes, whatever it is called. */
function computed(node: NetworkNode): unknown {
  const { kind, inputs, shape } = node
  return node.kind === 'layer' ? [node.operation, node.attributes, inputs, shape] : [kind, inputs, shape]
}

/** `cells = 3, width = 8` */
export function printParams(params: ParamValues): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} = ${printValue(value)}`)
    .join(', ')
}
