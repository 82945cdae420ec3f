import { Failure } from '../catalogue/failure.js'
import type { Assignment } from '../ir/model/ir.js'
import type { Decision } from '../space/decisions/decision.js'
import { withoutLayers } from '../space/decisions/decision-path.js'
import { plural } from '../support/format-quantity.js'
import { didYouMean, nearNames } from '../support/near-names.js'
import { nearValues } from '../support/near-values.js'

/** What is wrong with an entry of an architecture. `at` is the part of the IR that says it. */
export type EntryFault =
  /** The space has no such decision. */
  | { readonly kind: 'no-decision'; readonly entry: Assignment; readonly path: string }
  /** A value of a list stands for a layer that decides no such thing. */
  | {
      readonly kind: 'no-layer'
      readonly entry: Assignment
      readonly at: object
      readonly layer: number
      /** Those of the other layers. */
      readonly decisions: readonly Decision[]
    }
  | ({ readonly kind: 'no-option'; readonly entry: Assignment; readonly at: object } & NamedOption)
  /** A node takes an input that no edge leads from. */
  | {
      readonly kind: 'no-source'
      readonly entry: Assignment
      readonly at: object
      readonly source: string
      readonly sources: readonly string[]
    }
  /** An option of a set, or an input, is taken twice. */
  | ({
      readonly kind: 'taken-twice'
      readonly entry: Assignment
      readonly at: object
      readonly first: object
    } & NamedOption)
  | { readonly kind: 'wrong-count'; readonly entry: Assignment; readonly decision: Decision; readonly found: number }
  | { readonly kind: 'bound-twice'; readonly entry: Assignment; readonly first: Assignment; readonly path: string }
  /** A value that is none: an open choice. */
  | { readonly kind: 'no-value'; readonly entry: Assignment; readonly at: object; readonly failure: Failure }

/** An option that an architecture names for a decision. */
export interface NamedOption {
  readonly decision: Decision
  readonly text: string
}

/** `2`, `2 to 4`: how many options a decision takes. */
export function describeArity({ arity }: Decision): string {
  const { least, most } = arity ?? { least: 1, most: 1 }
  return least === most ? `${least}` : `${least} to ${most}`
}

/** A fault as it is told where there is no text to point into. */
export function failureOf(fault: EntryFault, architecture: string, decisions: readonly Decision[]): Failure {
  const unfit = (what: string, options: readonly string[], near?: string): Failure =>
    new Failure('no-such-option', { architecture, what, near: didYouMean(near), options: options.join(', ') })
  switch (fault.kind) {
    case 'no-decision':
      return noDecision(fault.path, architecture, decisions)
    case 'no-layer':
      return noDecision(`${fault.entry.path}, layer ${fault.layer}`, architecture, decisions)
    case 'no-source':
      return unfit(
        `takes \`${fault.source}\` for \`${fault.entry.path}\`, which is not one of its inputs`,
        fault.sources,
        nearNames(fault.source, fault.sources)[0],
      )
    case 'no-option': {
      const { text, decision } = fault
      const [near] = nearValues(text, decision.options)
      return unfit(
        `takes \`${text}\` for \`${decision.path}\`, which is not one of its options`,
        decision.options,
        near,
      )
    }
    case 'taken-twice':
      return unfit(`takes \`${fault.text}\` twice for \`${fault.decision.path}\``, fault.decision.options)
    case 'wrong-count': {
      const { decision, found } = fault
      return unfit(
        `takes ${plural(found, 'option')} for \`${decision.path}\`, which takes ${describeArity(decision)}`,
        decision.options,
      )
    }
    case 'bound-twice':
      return unfit(`binds \`${fault.path}\` twice`, decisions.find(({ path }) => path === fault.path)?.options ?? [])
    case 'no-value':
      return fault.failure
  }
}

function noDecision(path: string, architecture: string, decisions: readonly Decision[]): Failure {
  const paths = decisions.map((decision) => decision.path)
  const places = paths.flatMap((known) => [known, withoutLayers(known), known.replace(/\.(from|through\[.*\])$/, '')])
  return new Failure('no-such-decision', {
    architecture,
    path,
    near: didYouMean(nearNames(path, places)[0]),
    paths: `${paths.slice(0, 12).join(', ')}${paths.length > 12 ? ', …' : ''}`,
  })
}
