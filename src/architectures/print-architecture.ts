import type { Ir } from '../ir/model/ir.js'
import { isOfValues } from '../space/architectures/exploration.js'
import type { Architecture } from '../space/architectures/architecture.js'
import type { Decision } from '../space/decisions/decision.js'
import { decisionsOf } from '../analysis/index.js'
import { edgeOf } from './claims.js'
import { reachedDecisions } from './reached-decisions.js'
import { paramsOfSpace } from './params-of-space.js'
import { spaceWord } from '../space/expressions/labels.js'
import { pathSegments } from '../space/decisions/decision-path.js'
import { resolveParams, type ParamValues } from '../space/evaluation/params.js'
import { printValue } from '../space/evaluation/print-value.js'

/**
 * An architecture as a declaration in `.nas`, which reads back to the same decisions and params: those that differ from the
 * usual ones stand in front. Edges of cells stand together, one line per cell, and so do the decisions of any other part of the
 * network. What the network does not reach, such as the kernel of a layer that is not there, is not said.
 *
 * @throws ElaborationFailure if the space of the architecture cannot be built under these parameters
 */
export function printArchitecture(ir: Ir, whole: Architecture, name: string, params: ParamValues): string {
  const { all: reached } = reachedDecisions(ir, whole, params)
  const kept = Object.entries(whole.decisions).filter(([path]) => reached.has(path))
  const architecture = { ...whole, decisions: Object.fromEntries(kept) }
  // What is chosen elsewhere may change the options.
  const decisions = decisionsOf(ir, whole.space, { params }).map((decision) => reached.get(decision.path) ?? decision)
  const taken = architecture.decisions
  const cells = new Map<string, string[]>()
  const lines: string[] = withText(ir, whole.space, params)
  const printed = new Set<string>()

  const byPath = new Map(decisions.map((decision) => [decision.path, decision]))
  for (const node of nodesOf(decisions)) {
    const text = nodeText(taken, byPath, node)
    if (text === undefined) continue
    const cell = node.slice(0, Math.max(0, node.lastIndexOf('.')))
    cells.set(cell, [...(cells.get(cell) ?? []), text])
  }
  for (const decision of decisions) if (nodeOf(decision) !== undefined) printed.add(decision.path)

  const longest = Math.max(0, ...[...cells.keys()].map((cell) => cell.length))
  for (const [cell, nodes] of cells) {
    lines.push(`${cell.padEnd(longest)} { ${nodes.join('; ')} }`)
  }
  const others = decisions.filter(({ path }) => !printed.has(path) && taken[path])
  for (const group of byPart(others, cells)) {
    const texts = group.map((decision) => selectionText(decision, taken[decision.path] ?? []))
    const part = partOf(group[0]?.path ?? '')
    lines.push(
      group.length === 1
        ? texts.join('')
        : `${part} { ${texts.map((text) => text.slice(part.length + 1)).join(', ')} }`,
    )
  }
  const body = lines.map((line) => `  ${line}\n`).join('')
  return `architecture ${name} of ${spaceWord(architecture.space)} {${body === '' ? '' : `\n${body}`}}\n`
}

/** `with cells = 20, width = 36`: the params that do not have their usual values. */
function withText(ir: Ir, space: string, params: ParamValues): string[] {
  const usual = resolveParams(ir, {})
  const own = paramsOfSpace(ir, space)
  const texts = ir.params.flatMap(({ name }) => {
    if (!own.has(name)) return []
    const value = params[name]
    const text = value === undefined ? undefined : printValue(value)
    return text === undefined || text === printValue(usual[name] ?? '') ? [] : [`${name} = ${text}`]
  })
  return texts.length === 0 ? [] : [`with ${texts.join(', ')}`]
}

type SelectedOptions = Readonly<Record<string, readonly number[]>>

/** `stem` of `stem.width`: the part of the network that a decision belongs to. */
function partOf(path: string): string {
  return pathSegments(path)[0] ?? path
}

/** Decisions of one part together, in the order of the parts; sets of inputs and what a cell has besides stand alone. */
function byPart(decisions: readonly Decision[], cells: ReadonlyMap<string, unknown>): readonly (readonly Decision[])[] {
  const groups: Decision[][] = []
  const blocks = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const part = partOf(decision.path)
    const block = blocks.get(part)
    const isAlone = decision.arity || part === decision.path
    if (!isAlone && !cells.has(part) && block) block.push(decision)
    else {
      const group = [decision]
      groups.push(group)
      if (!isAlone && !cells.has(part)) blocks.set(part, group)
    }
  }
  return groups
}

/** `s1.depth 3`; `s1.parts: { a, b }` for a set. */
function selectionText(decision: Decision, options: readonly number[]): string {
  return decision.arity
    ? `${decision.path}: ${setText(decision, options)}`
    : `${decision.path} ${options.map((option) => optionText(decision, option)).join('')}`
}

/** `normal.n2` of `normal.n2.from` and `normal.n2.through[s0]`. */
function nodeOf(decision: Decision): string | undefined {
  const isFrom = decision.arity !== undefined && decision.path.endsWith('.from')
  return isFrom ? decision.path.slice(0, -'.from'.length) : edgeIn(decision)?.node
}

/** The edge whose one operation is decided; a set of them, or a value on an edge, is written by its path. */
function edgeIn(decision: Decision): ReturnType<typeof edgeOf> {
  return decision.arity || isOfValues(decision) ? undefined : edgeOf(decision.path)
}

function nodesOf(decisions: readonly Decision[]): ReadonlySet<string> {
  return new Set(decisions.flatMap((decision) => nodeOf(decision) ?? []))
}

/** `n2: sep_conv(3) of s0, skip of s1`; `n2.from: { s0, s1 }` where only the inputs are chosen, or there are none. */
function nodeText(taken: SelectedOptions, decisions: ReadonlyMap<string, Decision>, node: string): string | undefined {
  const name = node.slice(node.lastIndexOf('.') + 1)
  const from = decisions.get(`${node}.from`)
  const inputs = from && taken[from.path]
  const throughs = [...decisions.values()].filter((decision) => edgeIn(decision)?.node === node)
  const isConnected = from?.options.some((option) => option.includes(' of ')) === true
  const sources = from && inputs?.map((option) => optionText(from, option))
  if (from && inputs && ((throughs.length === 0 && !isConnected) || inputs.length === 0)) {
    return `${name}.from: ${setText(from, inputs)}`
  }
  if (throughs.length === 0) return sources && sources.length > 0 ? `${name}: ${sources.join(', ')}` : undefined
  const edges = edgesOf(taken, throughs, sources)
  if (from && inputs && edges.length < inputs.length) {
    // What stands on the other edges has decisions of another name: inputs and operations are written apart.
    const operations = edges.map(({ source, operation }) => `; ${name}.through[${source}] ${operation}`)
    return `${name}.from: ${setText(from, inputs)}${operations.join('')}`
  }
  const texts = edges.map(({ source, operation }) => `${operation} of ${source}`)
  return texts.length === 0 ? undefined : `${name}: ${texts.join(', ')}`
}

/** `sep_conv(3)` and `s0` for every edge of a node that is taken and has one operation to choose. */
function edgesOf(
  taken: SelectedOptions,
  throughs: readonly Decision[],
  sources: readonly string[] | undefined,
): readonly { readonly source: string; readonly operation: string }[] {
  return throughs.flatMap((through) => {
    const source = edgeOf(through.path)?.source ?? ''
    const [option] = taken[through.path] ?? []
    if (option === undefined || (sources && !sources.includes(source))) return []
    return [{ source, operation: optionText(through, option) }]
  })
}

function setText(decision: Decision, options: readonly number[]): string {
  if (options.length === 0) return '{}'
  // A set holds things of one kind: beside one in quotes all are.
  const quoted = decision.kind !== 'from' && options.some((option) => decision.unnamed?.includes(option))
  const texts = options.map((option) =>
    quoted ? JSON.stringify(decision.options[option]) : optionText(decision, option),
  )
  return `{ ${texts.join(', ')} }`
}

function optionText(decision: Decision, option: number): string {
  const text = decision.options[option]
  if (text === undefined) throw new RangeError(`${decision.path} has no option ${option}`)
  if (!decision.unnamed?.includes(option)) return text
  // Of a connection, the operation is what the text in quotes names.
  const [, operation = text, source = ''] = (decision.kind === 'from' && /^(.*)( of \w+)$/su.exec(text)) || []
  return JSON.stringify(operation) + source
}
