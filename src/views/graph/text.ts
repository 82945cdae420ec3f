import type { Decision } from '../../space/decisions/decision.js'
import type { LayerNode } from '../../space/network/network.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { partsOf } from './path.js'

/** `32×32×16`; where two networks differ, both ends: `(192–288)²×3`. */
export function shapeText(shape: Shape, other: Shape = shape): string {
  const range = (key: keyof Shape): string => {
    const [least, most] = [Math.min(shape[key], other[key]), Math.max(shape[key], other[key])]
    return least === most ? String(least) : `${least}–${most}`
  }
  const [height, width] = [range('height'), range('width')]
  const sides = height === width && height.includes('–') ? `(${height})²` : `${height}×${width}`
  return `${sides}×${range('channels')}`
}

/** `3 | 5`; long rows of numbers with equal steps by their ends: `112–216 step 8`. */
export function optionsText(decision: Decision): string {
  const { values, options } = decision
  const [first, second] = values ?? []
  const last = values?.at(-1)
  if (values && first !== undefined && second !== undefined && last !== undefined && values.length > 4) {
    const step = second - first
    if (values.every((value, index) => Math.abs(value - first - index * step) < 1e-9)) {
      return `${first}–${last}${step === 1 ? '' : ` step ${Number(step.toFixed(9))}`}`
    }
  }
  return options.join(' | ')
}

/** `any 2 of 5`, `1 of 8`, `any 1–9 of 40`. */
export function arityText({ arity, options }: Decision): string {
  if (!arity) return `1 of ${options.length}`
  const { least, most } = arity
  return `any ${least === most ? least : `${least}–${most}`} of ${options.length}`
}

/** `conv 3×3 /2`: what tells a primitive from others of its name. */
export function layerText(word: string, layer: LayerNode | undefined): string {
  const { kernel, stride } = layer?.attributes ?? {}
  const window = typeof kernel === 'number' ? ` ${kernel}×${kernel}` : ''
  const step = typeof stride === 'number' && stride > 1 ? ` /${stride}` : ''
  return `${word}${window}${step}`
}

/** The options without the arguments that are the same in all of them and no number: they tell nothing apart. */
export function shortOptions({ options }: Decision): readonly string[] {
  const calls = options.map((text) => /^(\w+)\((.*)\)$/.exec(text))
  const lists = calls.flatMap((call) => (call ? [splitArguments(call[2] ?? '')] : []))
  if (lists.length < 3) return options
  const common = (lists[0] ?? []).filter(
    (argument) => !/^[\d.]+$/.test(argument) && lists.every((list) => list.includes(argument)),
  )
  return options.map((text, index) => {
    const [, name = text, inner] = calls[index] ?? []
    if (inner === undefined) return text
    const kept = splitArguments(inner).filter((argument) => !common.includes(argument))
    return kept.length === 0 ? name : `${name}(${kept.join(', ')})`
  })
}

function splitArguments(text: string): readonly string[] {
  return partsOf(text, ',').map((part) => part.trim())
}
