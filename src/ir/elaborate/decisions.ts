import type { Ir } from '../model/ir.js'
import { elaborate, type BuildOptions } from './build.js'
import { spaceOf } from './catalogue.js'
import { createDecider } from './decider.js'
import type { Binding, Bound, Decision } from './decision.js'
import { ElaborationFailure } from './elaboration-failure.js'
import { printValue } from './print-value.js'

/**
 * All open decisions of a space, in the order in which a network meets them.
 *
 * Choices between operations and of inputs are explored all at once. A choice between values may decide which others
 * exist (the depth, `if expand > 1 then one of …`), so each of its options is tried while the others hold the first one.
 * Decisions that are met only then stand behind the others.
 *
 * @throws ElaborationFailure if the space cannot be built at all
 */
export function decisionsOf(
  ir: Ir,
  space: string,
  options: Pick<BuildOptions, 'params' | 'input' | 'classes'>,
): readonly Decision[] {
  const params = Object.entries(options.params).map(([name, value]) => `${name}=${printValue(value)}`)
  const key = [space, ...params.sort(), JSON.stringify([options.input, options.classes])].join('\n')
  const known = explored.get(ir)?.get(key)
  if (known) return known
  const decisions = explore(ir, space, options)
  explored.set(ir, new Map(explored.get(ir)).set(key, decisions))
  return decisions
}

/** Decisions that were asked for before: every architecture of a program is matched against the same ones. */
const explored = new WeakMap<Ir, ReadonlyMap<string, readonly Decision[]>>()

function explore(
  ir: Ir,
  space: string,
  options: Pick<BuildOptions, 'params' | 'input' | 'classes'>,
): readonly Decision[] {
  const declaration = spaceOf(ir, space)
  const found = new Map<string, Decision>()
  const tried = new Set<string>()
  const visit = (path?: string, option?: number): void => {
    const binding: Binding = (decision) => exploring(decision, decision.path === path ? option : undefined)
    const decider = createDecider(binding)
    try {
      elaborate(ir, declaration, { ...options, binding, mode: 'standalone' }, decider)
    } catch (failure) {
      // Some options may not fit the first ones of the others; what was met on the way counts all the same.
      if (path === undefined || !(failure instanceof ElaborationFailure)) throw failure
    }
    for (const decision of decider.reached.values()) {
      if (!found.has(decision.path)) found.set(decision.path, decision)
    }
  }

  visit()
  for (let open = untried(found, tried); open; open = untried(found, tried)) {
    tried.add(open.path)
    for (let option = 1; option < open.options.length; option++) visit(open.path, option)
  }
  return [...found.values()]
}

function untried(found: ReadonlyMap<string, Decision>, tried: ReadonlySet<string>): Decision | undefined {
  for (const decision of found.values()) if (isOfValues(decision) && !tried.has(decision.path)) return decision
  return undefined
}

/** Alternatives between operations can be built side by side; those between numbers, booleans and strings cannot. */
function isOfValues(decision: Decision): boolean {
  return (
    !decision.arity &&
    (decision.values !== undefined || decision.options.every((text) => /^(true|false|".*")$/.test(text)))
  )
}

function exploring(decision: Decision, option: number | undefined): Bound {
  if (isOfValues(decision)) return { kind: 'fixed', options: [option ?? 0] }
  return { kind: 'mix' }
}
