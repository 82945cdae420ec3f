import type { Assignment, Ir } from '../ir/model/ir.js'
import type { Expression } from '../ir/model/expression.js'
import { Failure } from '../catalogue/failure.js'
import { layerIn } from '../space/decisions/decision-path.js'
import type { Decision } from '../space/decisions/decision.js'
import { evaluate } from '../space/evaluation/evaluate.js'
import type { ParamValues } from '../space/evaluation/params.js'
import { isOfValues } from '../space/architectures/exploration.js'
import { printValue, settledText } from '../space/evaluation/print-value.js'
import { isList, type Value } from '../space/evaluation/value.js'
import { specificityOf, specificities, type Specificity } from './specificity.js'
import type { EntryFault } from './entry-fault.js'

/** What an entry of an architecture says of one decision. */
export interface Claim {
  readonly entry: Assignment
  readonly decision: Decision
  readonly specificity: Specificity
  readonly options: readonly ClaimedOption[]
}

/** How an option may print, best first, and the part of the IR that names it. */
export interface ClaimedOption {
  readonly texts: readonly [string, ...string[]]
  readonly at: object
}

/** What an entry says, and what is wrong with it whatever the others say. */
export interface Claims {
  readonly claims: readonly Claim[]
  readonly faults: readonly EntryFault[]
}

type EntryOf<K extends Assignment['kind']> = Extract<Assignment, { kind: K }>

/** What an entry says of the decisions of a space. Nothing at all: the space has no decision that it could mean. */
export function claimsOf(
  ir: Ir,
  entry: Assignment,
  decisions: readonly Decision[],
  params: ParamValues,
): Claims | undefined {
  switch (entry.kind) {
    case 'value':
      return claimsOfValue(ir, entry, decisions, params)
    case 'layers':
      return claimsOfLayers(ir, entry, decisions, params)
    case 'edges':
      return claimsOfEdges(ir, entry, decisions, params)
  }
}

/** The decisions that a path speaks of most closely. */
function meantBy(
  path: string,
  decisions: readonly Decision[],
): { specificity: Specificity; meant: readonly Decision[] } {
  const found = new Map<Specificity, Decision[]>()
  for (const decision of decisions) {
    const specificity = specificityOf(path, decision)
    if (specificity === undefined) continue
    const group = found.get(specificity)
    if (group) group.push(decision)
    else found.set(specificity, [decision])
  }
  const closest = ([specificities.path, specificities.layers, specificities.kind] as const).find((each) =>
    found.has(each),
  )
  return { specificity: closest ?? specificities.kind, meant: found.get(closest ?? specificities.kind) ?? [] }
}

function claimsOfValue(
  ir: Ir,
  entry: EntryOf<'value'>,
  decisions: readonly Decision[],
  params: ParamValues,
): Claims | undefined {
  const { specificity, meant } = meantBy(entry.path, decisions)
  if (meant.length === 0) return undefined
  const value = valueOf(ir, entry, entry.value, params)
  if ('failure' in value) return { claims: [], faults: [value] }
  const claims = meant.map((decision) => ({
    entry,
    decision,
    specificity,
    options: optionsIn(ir, value.value, entry.value, decision, params),
  }))
  return { claims, faults: [] }
}

/** One value for each layer, from the first. */
function claimsOfLayers(
  ir: Ir,
  entry: EntryOf<'layers'>,
  decisions: readonly Decision[],
  params: ParamValues,
): Claims | undefined {
  const { specificity, meant } = meantBy(entry.path, decisions)
  const ofLayers = meant.flatMap((decision) => {
    const layer = layerIn(decision.path)
    return layer === undefined ? [] : [{ decision, layer }]
  })
  if (ofLayers.length === 0) return undefined
  const claims: Claim[] = []
  const faults: EntryFault[] = []
  entry.values.forEach((expression, index) => {
    const value = valueOf(ir, entry, expression, params)
    const here = ofLayers.filter(({ layer }) => layer === index + 1)
    if ('failure' in value) faults.push(value)
    else if (here.length === 0)
      faults.push({ kind: 'no-layer', entry, at: expression, layer: index + 1, decisions: meant })
    else {
      claims.push(
        ...here.map(({ decision }) => ({
          entry,
          decision,
          specificity,
          options: optionsIn(ir, value.value, expression, decision, params),
        })),
      )
    }
  })
  return { claims, faults }
}

/** `sep_conv(3) of s0, skip of n1`: inputs of a node, and the operations on its edges. */
function claimsOfEdges(
  ir: Ir,
  entry: EntryOf<'edges'>,
  decisions: readonly Decision[],
  params: ParamValues,
): Claims | undefined {
  const { path, edges } = entry
  const from = decisions.find((decision) => decision.path === `${path}.from`)
  const throughs = decisions.filter((decision) => edgeOf(decision.path)?.node === path)
  if (!from && throughs.length === 0) return undefined
  const faults: EntryFault[] = []
  const values = edges.map(({ operation }) => {
    const found = valueOf(ir, entry, operation, params)
    if (!('failure' in found)) return found.value
    faults.push(found)
    return undefined
  })
  if (faults.length > 0) return { claims: [], faults }
  const specificity = specificities.path
  const connected = from && throughs.length === 0 && from.options.some((option) => option.includes(' of '))
  const claims: Claim[] = []
  if (from) {
    const options = edges.map((edge, index) =>
      connected
        ? { texts: connectionTexts(values[index] ?? '', edge.source), at: edge.operation }
        : { texts: [edge.source] as const, at: edge },
    )
    claims.push({ entry, decision: from, specificity, options })
  }
  const sources = throughs.map((through) => edgeOf(through.path)?.source ?? '')
  edges.forEach((edge, index) => {
    const earlier = edges.slice(0, index).find(({ source }) => source === edge.source)
    const through = throughs[sources.indexOf(edge.source)]
    if (through && earlier) {
      if (!from)
        faults.push({ kind: 'taken-twice', entry, at: edge, first: earlier, decision: through, text: edge.source })
    } else if (through) {
      claims.push({
        entry,
        decision: through,
        specificity,
        options: [{ texts: textsOf(values[index] ?? ''), at: edge.operation }],
      })
    } else if (throughs.length > 0 && (!from || from.options.includes(edge.source))) {
      faults.push({ kind: 'no-source', entry, at: edge, source: edge.source, sources })
    }
  })
  return { claims, faults }
}

function valueOf(
  ir: Ir,
  entry: Assignment,
  expression: Expression,
  params: ParamValues,
): { readonly value: Value } | Extract<EntryFault, { kind: 'no-value' }> {
  try {
    return { value: evaluate(ir, expression, params) }
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    return { kind: 'no-value', entry, at: expression, failure }
  }
}

/** The options that a value names: several where the decision takes a set, of which each item counts, also one said twice. */
function optionsIn(
  ir: Ir,
  value: Value,
  expression: Expression,
  decision: Decision,
  params: ParamValues,
): readonly ClaimedOption[] {
  if (!decision.arity || !isList(value)) return [{ texts: textsFor(decision, value), at: expression }]
  if (expression.kind !== 'set') return value.map((each) => ({ texts: textsOf(each), at: expression }))
  return expression.items.flatMap((item): ClaimedOption[] => {
    const found = evaluate(ir, item, params)
    return (isList(found) ? found : [found]).map((each) => ({ texts: textsOf(each), at: item }))
  })
}

/** A text in quotes names an option that is a text or an operation, and no number. */
function textsFor(decision: Decision, value: Value): readonly [string, ...string[]] {
  return typeof value === 'string' && isOfValues(decision) ? [printValue(value)] : textsOf(value)
}

/** States of a cell are bare words, all other texts are quoted; of operations, open arguments may be left out. */
function textsOf(value: Value): readonly [string, ...string[]] {
  const text = printValue(value)
  return typeof value === 'string' ? [text, value] : [text, settledText(value)]
}

/** `sep_conv(3) of s0` */
function connectionTexts(operation: Value, source: string): readonly [string, ...string[]] {
  const [text, ...others] = textsOf(operation)
  return [`${text} of ${source}`, ...others.map((other) => `${other} of ${source}`)]
}

/** As a decision prints the option; if it has none that is meant, as it is written. */
export function textIn({ texts }: ClaimedOption, { options }: Decision): string {
  return texts.find((text) => options.includes(text)) ?? texts[0]
}

/** `s0` and `normal.n2` of `normal.n2.through[s0]`; in `normal.through[2]`, the second choice of a cell, stands a number. */
export function edgeOf(path: string): { readonly node: string; readonly source: string } | undefined {
  const [, node, source] = /^(.*)\.through\[([\p{L}_][^\]]*)\]$/u.exec(path) ?? []
  return node === undefined || source === undefined ? undefined : { node, source }
}
