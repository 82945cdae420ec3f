import { Failure } from '../../src/catalogue/failure.js'
import type { Host } from '../../src/compiler/modules/host.js'
import { noLimits, structureOf } from '../../src/analysis/queries/structure.js'
import { ElaborationFailure, resolveParams } from '../../src/space/index.js'
import type { Case, Comparison } from './comparison/case.js'
import { compiled, lowered } from './comparison/compiled.js'
import { distinct } from './comparison/distinct.js'
import { histograms, otherConvention, ranges } from './comparison/costs.js'
import { counts, dead, decisions } from './comparison/counts.js'
import { membership, openness } from './comparison/membership.js'
import { supernets } from './comparison/supernets.js'
import { samples } from './comparison/samples.js'
import { windows } from './comparison/windows.js'
import { roundTrip } from './comparison/round-trip.js'
import { holdsIn } from './generator/condition.js'
import type { Program } from './generator/program.js'
import { enumerate, TooMany, type Enumeration } from './reference/enumerate.js'

/** What became of a program. */
export type Outcome =
  | { readonly kind: 'agrees'; readonly architectures: number }
  | { readonly kind: 'differs'; readonly what: string; readonly text: string }
  /** Not compared: `refused` by the compiler, `unanalysed` by a limit of the analysis, or `large`. */
  | { readonly kind: 'refused' | 'unanalysed' | 'large'; readonly why: string }

const comparisons: readonly (readonly [string, Comparison])[] = [
  ['decisions', decisions],
  ['count', counts],
  ['dead options', dead],
  ['ranges', ranges],
  ['another convention', otherConvention],
  ['histograms', histograms],
  ['distinct', distinct],
  ['samples', samples],
  ['windows', windows],
  ['membership', membership],
  ['openness', openness],
  ['supernets', supernets],
  ['round trip', roundTrip],
]

/** Spaces with more networks than this are passed over. */
const mostNetworks = 400

/** Compiles a program, enumerates its space, and compares all that nasc says of it. */
export function examine(program: Program, standard: Host): Outcome {
  try {
    return examined(program, standard)
  } catch (error) {
    if (error instanceof TooMany) return { kind: 'large', why: `more than ${mostNetworks} networks` }
    // A check may say so at its place.
    const isShared = error instanceof Failure && error.slug === 'two-choices-of-one-path'
    if (isShared && compiled(program.text, standard).errors.includes('shared-path'))
      return { kind: 'refused', why: 'shared-path' }
    return {
      kind: 'differs',
      what: `crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      text: program.text,
    }
  }
}

function examined(program: Program, standard: Host): Outcome {
  // Enumerated before anything is verified: of what is too large nothing would be compared.
  const ir = lowered(program.text, standard)
  if (!ir) return { kind: 'refused', why: compiled(program.text, standard).errors[0] ?? '' }
  const supplied = Object.entries(program.set).filter(([name]) => ir.params.some((param) => param.name === name))
  const before = caseOf(program, ir, resolveParams(ir, Object.fromEntries(supplied)), standard)
  const longer = program.required([...before.enumeration.decisions.values()].flatMap(([decision]) => decision ?? []))
  // The same program with a `require` more: its networks are those of before.
  return examinedAs(longer ?? program, before)
}

function examinedAs(program: Program, before: Case): Outcome {
  const { standard, enumeration, params } = before
  const { errors, ir, isSound } = compiled(program.text, standard)
  if (!ir) return { kind: 'refused', why: errors[0] ?? '' }
  const each: Case = { ...before, ir, isSound, text: program.text, ...judged(program, enumeration) }
  if (isSound) return compared({ ...each, params: resolveParams(ir, params) })
  if (Object.keys(program.set).length === 0) return verified(program, each, errors)
  // A check has looked at the space with its usual params.
  if (program.text !== before.text) return { kind: 'refused', why: errors[0] ?? '' }
  return verified(program, { ...caseOf(program, ir, resolveParams(ir, {}), standard), isSound }, errors)
}

function caseOf(program: Program, ir: Case['ir'], params: Case['params'], standard: Host): Case {
  const enumeration = enumerate(ir, program.space, params, mostNetworks)
  const { text, space } = program
  return { text, isSound: true, standard, ir, space, params, enumeration, ...judged(program, enumeration) }
}

function judged({ conditions }: Program, { members }: Enumeration): Pick<Case, 'members' | 'others'> {
  const isMember = (member: (typeof members)[number]): boolean =>
    conditions.every((condition) => holdsIn(condition, member))
  return { members: members.filter(isMember), others: members.filter((each) => !isMember(each)) }
}

/** A space of which nothing is left, or what could not be analysed: then the analysis itself must say so. */
function verified(program: Program, each: Case, slugs: readonly string[]): Outcome {
  // A `require` that names what is no option is an error, although it would hold everywhere.
  const [slug = ''] = slugs
  if (each.members.length === 0 || slug === 'no-required-option') return { kind: 'refused', why: slug }
  // So is one that counts what only networks decide that cannot be built.
  const decided = new Set(each.enumeration.members.flatMap(({ selections }) => [...selections.keys()]))
  if (slug === 'nothing-to-aggregate' && [...each.enumeration.decisions.keys()].some((path) => !decided.has(path)))
    return { kind: 'refused', why: slug }
  const outcome = compared(each)
  if (outcome.kind !== 'agrees') return outcome
  // What is wrong may be so of the space that is rewritten alone.
  if (program.space !== 'space1') return { kind: 'refused', why: slugs[0] ?? '' }
  return {
    kind: 'differs',
    what: `check: ${slugs.join(', ')}, and there are ${each.members.length} architectures`,
    text: each.text,
  }
}

function compared(each: Case): Outcome {
  if (each.enumeration.members.length === 0) return { kind: 'agrees', architectures: 0 }
  for (const [name, compare] of comparisons) {
    try {
      const what = compare(each)
      if (what !== undefined) return { kind: 'differs', what: `${name}: ${what}`, text: each.text }
    } catch (error) {
      const limit = limitOf(error, each)
      if (limit !== undefined) return { kind: 'unanalysed', why: limit }
      const text =
        error instanceof Failure
          ? `${error.code} ${error.message}`
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error)
      return { kind: 'differs', what: `${name}: ${text}`, text: each.text }
    }
  }
  return { kind: 'agrees', architectures: each.members.length }
}

/** The limit of the analysis because of which it says nothing. */
function limitOf(error: unknown, { ir, space, params }: Case): string | undefined {
  if (!(error instanceof Failure)) return undefined
  if (limits.includes(error.slug)) return error.slug
  if (!(error instanceof ElaborationFailure)) return undefined
  try {
    structureOf(ir, space, { params }, noLimits)
    return undefined
  } catch (behind) {
    return behind instanceof Failure && limits.includes(behind.slug) ? behind.slug : undefined
  }
}

/** Failures that say that a space is not analysed, and are no answer about it. */
const limits: readonly string[] = [
  'require-unknown-decision',
  'too-entangled',
  'cell-of-several-stacks',
  'too-many-sets',
  'out-of-room',
  'graph-of-cell-varies',
]
