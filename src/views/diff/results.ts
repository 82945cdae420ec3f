import { unmetConstraints } from '../../analysis/queries/unmet.js'
import { costOf } from '../../space/cost/cost.js'
import { bindingOf, onlySelection, type Architecture } from '../../space/architectures/architecture.js'
import { buildNetwork } from '../../space/network/build-network.js'
import type { Network } from '../../space/network/network.js'
import { Failure } from '../../catalogue/failure.js'
import { arityText, type Side } from './side.js'

/** A result of a search in the old space, looked at from the new one. */
export interface Result {
  readonly architecture: string
  readonly valid: boolean
  /** Why it is not valid. */
  readonly reasons: readonly string[]
  readonly parameters: { readonly old: number; readonly new?: number }
  readonly macs: { readonly old: number; readonly new?: number }
}

/** Whether an architecture of the old space is one of the new space, and what it costs in both. */
export function judgeResult(
  name: string,
  architecture: Architecture,
  old: Side,
  now: Side,
  convention: string,
): Result {
  const before = costOf(networkOf(old, architecture), convention)
  const { selected, reasons } = translate(architecture, old, now)
  const moved: Architecture = { space: now.space.id, decisions: selected }
  const found = [...reasons]
  let after: ReturnType<typeof costOf> | undefined
  if (reasons.length === 0) {
    try {
      const network = networkOf(now, moved)
      after = costOf(network, convention)
      found.push(...unmetConstraints(now.ir, moved, now.params).map(({ text }) => `it does not satisfy ${text}`))
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      found.push(failure.message)
    }
  }
  return {
    architecture: name,
    valid: found.length === 0,
    reasons: found,
    parameters: { old: before.parameters, ...(after ? { new: after.parameters } : {}) },
    macs: { old: before.macs, ...(after ? { new: after.macs } : {}) },
  }
}

/** The same options by their texts; decisions that are gone and left nothing to choose are dropped. */
function translate(
  { decisions }: Architecture,
  old: Side,
  now: Side,
): { readonly selected: Record<string, readonly number[]>; readonly reasons: readonly string[] } {
  const selected: Record<string, readonly number[]> = {}
  const reasons: string[] = []
  for (const [path, options] of Object.entries(decisions)) {
    const before = old.decisions.get(path)?.decision
    const after = now.decisions.get(path)?.decision
    if (!before) continue
    if (!after) {
      if (!onlySelection(before)) reasons.push(`there is no decision ${path} any more`)
      continue
    }
    const texts = options.map((option) => before.options[option] ?? '')
    const gone = texts.filter((text) => !after.options.includes(text))
    if (gone.length > 0) {
      reasons.push(`${path} cannot be ${gone.join(', ')} any more`)
      continue
    }
    const { least, most } = after.arity ?? { least: 1, most: 1 }
    if (texts.length < least || texts.length > most) {
      reasons.push(`${path} takes ${arityText(after)}, and the architecture ${texts.length}`)
      continue
    }
    selected[path] = texts.map((text) => after.options.indexOf(text)).sort((a, b) => a - b)
  }
  return { selected, reasons }
}

function networkOf({ ir, space, params, images }: Side, architecture: Architecture): Network {
  return buildNetwork(ir, space.id, { params, binding: bindingOf(architecture), mode: 'standalone', ...images })
}
