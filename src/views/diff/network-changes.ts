import { costOf, type Cost } from '../../space/cost/cost.js'
import { buildNetwork } from '../../space/network/build-network.js'
import type { Binding } from '../../space/decisions/binding.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { printValue } from '../../space/evaluation/print-value.js'
import type { IrOperation } from '../../ir/model/operation.js'
import { canonicalJson } from '../../ir/seal/canonical.js'
import type { JudgedChange } from './change.js'
import type { Side } from './side.js'

/** What changes the networks that the same decisions build: params, operations, the input; and how that shows in costs. */
export function networkChanges(old: Side, now: Side, convention: string): readonly JudgedChange[] {
  return [...paramChanges(old, now), ...operationChanges(old, now), ...costChanges(old, now, convention)]
}

function paramChanges(old: Side, now: Side): readonly JudgedChange[] {
  const names = [...new Set([...Object.keys(old.params), ...Object.keys(now.params)])]
  return names.flatMap((name): JudgedChange[] => {
    const [before, after] = [old.params[name], now.params[name]]
    const quiet = { loses: false, gains: false, rebuilds: false }
    if (before === undefined && after !== undefined) {
      return [{ change: { kind: 'param-added', name, value: printValue(after) }, ...quiet }]
    }
    if (before !== undefined && after === undefined) {
      return [{ change: { kind: 'param-removed', name, value: printValue(before) }, ...quiet }]
    }
    if (before === undefined || after === undefined || printValue(before) === printValue(after)) return []
    return [{ change: { kind: 'param-changed', name, old: printValue(before), new: printValue(after) }, ...quiet }]
  })
}

/** Operations of the same name that are made in another way, or count in another way. */
function operationChanges(old: Side, now: Side): readonly JudgedChange[] {
  const after = new Map(now.ir.operations.map((operation) => [operation.id, operation]))
  return old.ir.operations.flatMap((operation): JudgedChange[] => {
    const other = after.get(operation.id)
    if (!other || meaningOf(operation) === meaningOf(other)) return []
    const change = { kind: 'operation-changed', operation: operation.name } as const
    return [{ change, loses: false, gains: false, rebuilds: true }]
  })
}

/** An operation without its documentation. */
function meaningOf({ parameters, body, rules }: IrOperation): string {
  const named = parameters.map(({ name, type, default: value }) => ({ name, type, value: value ?? null }))
  return canonicalJson(JSON.parse(JSON.stringify({ named, body: body ?? null, rules: rules ?? null })))
}

function costChanges(old: Side, now: Side, convention: string): readonly JudgedChange[] {
  const changes: JudgedChange[] = []
  for (const end of ['first', 'last'] as const) {
    const before = commonNetwork(old, now, end, convention)
    const after = commonNetwork(now, old, end, convention)
    if (!before || !after) continue
    if (before.input !== after.input && !changes.some(({ change }) => change.kind === 'input-changed')) {
      const change = { kind: 'input-changed', old: before.input, new: after.input } as const
      changes.push({ change, loses: false, gains: false, rebuilds: true })
    }
    for (const cost of ['parameters', 'macs'] as const) {
      if (
        before.cost[cost] === after.cost[cost] ||
        changes.some(({ change }) => 'cost' in change && change.cost === cost)
      ) {
        continue
      }
      const change = { kind: 'cost-changed', cost, old: before.cost[cost], new: after.cost[cost] } as const
      changes.push({ change, loses: false, gains: false, rebuilds: true })
    }
  }
  return changes
}

/** A network that both spaces hold: of every decision the first (the last) options that both have. */
function commonNetwork(
  here: Side,
  there: Side,
  end: 'first' | 'last',
  convention: string,
): { readonly cost: Cost; readonly input: string } | undefined {
  const binding: Binding = ({ path, options, arity }) => {
    const other = there.decisions.get(path)?.decision
    const common = other ? options.filter((option) => other.options.includes(option)) : options
    // In an order that does not hang on how either space writes them down.
    const sorted = [...common].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    const count = Math.max(arity?.least ?? 1, other?.arity?.least ?? 1)
    const selected = end === 'first' ? sorted.slice(0, count) : sorted.slice(-count)
    return { kind: 'fixed', options: selected.map((option) => options.indexOf(option)).sort((a, b) => a - b) }
  }
  try {
    const network = buildNetwork(here.ir, here.space.id, { params: here.params, binding, mode: 'standalone' })
    const { height, width, channels } = network.input
    return { cost: costOf(network, convention), input: `${height}x${width}x${channels}, ${network.classes} classes` }
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return undefined
    throw failure
  }
}
