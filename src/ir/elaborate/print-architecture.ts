import type { Ir } from '../model/ir.js'
import type { Architecture } from './architecture.js'
import type { Decision } from './decision.js'
import { decisionsOf } from './decisions.js'
import type { ParamValues } from './params.js'

/**
 * An architecture as a declaration in `.nas`, which reads back to the same decisions. Edges of cells stand together, one
 * line per cell; other decisions one per line.
 *
 * @throws ElaborationFailure if the space of the architecture cannot be built under these parameters
 */
export function printArchitecture(ir: Ir, architecture: Architecture, name: string, params: ParamValues): string {
  const decisions = decisionsOf(ir, architecture.space, { params })
  const byPath = new Map(decisions.map((decision) => [decision.path, decision]))
  const cells = new Map<string, string[]>()
  const lines: string[] = []
  const printed = new Set<string>()

  for (const node of nodesOf(decisions)) {
    const edges = edgesOf(architecture, byPath, node)
    if (edges.length === 0) continue
    const cut = node.lastIndexOf('.')
    const cell = node.slice(0, Math.max(0, cut))
    cells.set(cell, [...(cells.get(cell) ?? []), `${node.slice(cut + 1)}: ${edges.join(', ')}`])
  }
  for (const { path } of decisions) if (nodeOf(path) !== undefined) printed.add(path)

  const longest = Math.max(0, ...[...cells.keys()].map((cell) => cell.length))
  for (const [cell, nodes] of cells) lines.push(`${cell.padEnd(longest)} { ${nodes.join('; ')} }`)
  for (const decision of decisions) {
    const taken = architecture.decisions[decision.path]
    if (printed.has(decision.path) || !taken) continue
    const texts = taken.map((option) => optionText(decision, option))
    lines.push(decision.arity ? `${decision.path}: { ${texts.join(', ')} }` : `${decision.path} ${texts.join('')}`)
  }
  return `architecture ${name} of ${architecture.space} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

/** `normal.n2` of `normal.n2.from` and `normal.n2.through[s0]`. */
function nodeOf(path: string): string | undefined {
  return /^(.*)\.(?:from|through\[[^\]]*\])$/.exec(path)?.[1]
}

function nodesOf(decisions: readonly Decision[]): ReadonlySet<string> {
  return new Set(decisions.flatMap(({ path }) => nodeOf(path) ?? []))
}

/** `sep_conv(3) of s0` for every edge of a node. */
function edgesOf(
  architecture: Architecture,
  decisions: ReadonlyMap<string, Decision>,
  node: string,
): readonly string[] {
  const from = decisions.get(`${node}.from`)
  const taken = from && architecture.decisions[from.path]
  const throughs = [...decisions.values()].filter(({ path }) => path.startsWith(`${node}.through[`))
  if (from && throughs.length === 0) return (taken ?? []).map((option) => optionText(from, option))
  const sources = from && taken ? taken.map((option) => optionText(from, option)) : undefined
  return throughs.flatMap((through) => {
    const source = through.path.slice(`${node}.through[`.length, -1)
    const [option] = architecture.decisions[through.path] ?? []
    if (option === undefined || (sources && !sources.includes(source))) return []
    return [`${optionText(through, option)} of ${source}`]
  })
}

function optionText(decision: Decision, option: number): string {
  const text = decision.options[option]
  if (text === undefined) throw new RangeError(`${decision.path} has no option ${option}`)
  return text
}
