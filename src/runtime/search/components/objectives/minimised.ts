import type { EmittedObjective, ObjectiveEmission, ObjectivePass } from '../../../plan/objective.js'
import type { CostEmission } from '../../../plan/cost.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { openCost } from '../costs/index.js'
import {
  isBinary,
  isCostUse,
  isUnary,
  printCost,
  type BinaryOperator,
  type Formula,
  type UnaryFormula,
} from '../formula.js'
import { readArguments } from '../reader.js'
import { openSampler } from '../samplers/index.js'
import type { Sampler } from '../samplers/sampler.js'
import { printArgument, type ComponentUse } from '../use.js'
import { openObjective } from './index.js'
import type { Objective } from './objective.js'

/**
 * What a search minimises, its objectives and costs opened. The value of each is a figure by its name, where there are several;
 * the second of one name is `NAME[2]`.
 *
 * @throws Failure NAS7501 and NAS7540 where this version lacks one of them, and as its component where an argument is wrong
 */
export function openMinimised(formula: Formula, clause: string): Minimised {
  const leaves: Leaf[] = []
  const root = open(formula, clause, leaves)
  const emission: ObjectiveEmission = {
    key: printArgument(formula),
    emit: (pass) => emitFormula(root, pass, leaves),
  }
  const objectives = leaves.flatMap((leaf) => (leaf.kind === 'objective' ? [leaf] : []))
  const smoothing = objectives.flatMap(({ of }) => of.smoothing ?? [])[0]
  return {
    emission,
    ...(smoothing !== undefined && { smoothing }),
    teachers: objectives.flatMap(({ of }) => (of.teacher === undefined ? [] : [openSampler(of.teacher, clause)])),
  }
}

/** What a search minimises. */
export interface Minimised extends Pick<Objective, 'emission' | 'smoothing'> {
  /** Whose passes the objectives read. */
  readonly teachers: readonly Sampler[]
}

type Leaf =
  | {
      readonly kind: 'objective'
      readonly name: string
      readonly of: Objective
      /** The passes that it is for. */
      readonly passes: Sampler
    }
  | { readonly kind: 'cost'; readonly name: string; readonly of: CostEmission }

/** A formula with its leaves opened. */
type Opened =
  | Leaf
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Opened; readonly right: Opened }
  | { readonly kind: 'unary'; readonly operator: UnaryFormula['operator']; readonly operand: Opened }

function open(formula: Formula, clause: string, leaves: Leaf[]): Opened {
  if (typeof formula === 'number') return { kind: 'number', value: formula }
  if (isBinary(formula)) {
    const left = open(formula.left, clause, leaves)
    return { kind: 'binary', operator: formula.operator, left, right: open(formula.right, clause, leaves) }
  }
  if (isUnary(formula)) {
    return { kind: 'unary', operator: formula.operator, operand: open(formula.operand, clause, leaves) }
  }
  const name = isCostUse(formula) ? printCost(formula) : formula.component
  const same = leaves.filter((leaf) => leaf.name.replace(/\[\d+\]$/u, '') === name).length
  const own = same === 0 ? name : `${name}[${String(same + 1)}]`
  const leaf: Leaf = isCostUse(formula)
    ? { kind: 'cost', name: own, of: openCost(formula, clause) }
    : { kind: 'objective', name: own, of: openObjective(formula, clause), passes: passesOf(formula, clause) }
  leaves.push(leaf)
  return leaf
}

/** `for largest` */
function passesOf(objective: ComponentUse, clause: string): Sampler {
  const read = readArguments(objective, clause)
  return openSampler(read.has('for') ? read.component('for') : { component: 'all', arguments: {} }, clause)
}

/** Whether an objective speaks of a pass: it is for it, and does not read it. */
function countsIn(pass: string, leaf: Leaf & { readonly kind: 'objective' }, objectives: readonly Leaf[]): boolean {
  if (leaf.of.teacher?.component === pass) return false
  // Who is for the whole of a step names no pass of it.
  const isNamed = objectives.some(
    (each) => each.kind === 'objective' && each.passes.trains === 'paths' && each.passes.covers(pass, new Set([pass])),
  )
  return leaf.passes.covers(pass, isNamed ? new Set([pass]) : new Set())
}

/** Numbers are folded while planning. Nothing: an objective that does not speak of the pass, and what is computed of it. */
type Term = { readonly constant: number } | { readonly value: ValueId } | undefined
type EmittedTerm = Exclude<Term, undefined>

function emitFormula(root: Opened, pass: ObjectivePass, leaves: readonly Leaf[]): EmittedObjective {
  const { builder } = pass
  const tells = leaves.length > 1
  const figures: Record<string, ValueId> = {}
  const emit = (node: Opened): Term => {
    switch (node.kind) {
      case 'number':
        return { constant: node.value }
      case 'objective': {
        if (!countsIn(pass.pass, node, leaves)) return undefined
        const { value, figures: own } = node.of.emission.emit(pass)
        if (tells) figures[node.name] = value
        for (const [name, figure] of Object.entries(own)) figures[`${node.name}.${name}`] = figure
        return { value }
      }
      case 'cost': {
        const value = node.of.emit(pass)
        if (tells) figures[node.name] = value
        return { value }
      }
      case 'unary':
        return emitUnary(builder, node.operator, emit(node.operand))
      case 'binary':
        return emitBinary(builder, node.operator, emit(node.left), emit(node.right))
    }
  }
  return { value: valueOf(builder, emit(root) ?? { constant: 0 }), figures }
}

function emitUnary(builder: ProgramBuilder, operator: UnaryFormula['operator'], operand: Term): Term {
  if (operand === undefined) return undefined
  switch (operator) {
    case 'minus':
      return emitBinary(builder, '*', operand, { constant: -1 })
    case 'log':
      return 'constant' in operand
        ? { constant: Math.log(operand.constant) }
        : { value: builder.one('log', [operand.value]) }
  }
}

function emitBinary(builder: ProgramBuilder, operator: BinaryOperator, left: Term, right: Term): Term {
  if (left === undefined || right === undefined) return emitRest(builder, operator, left, right)
  if ('constant' in left && 'constant' in right) return { constant: fold(operator, left.constant, right.constant) }
  const [a, b] = [(): ValueId => valueOf(builder, left), (): ValueId => valueOf(builder, right)]
  switch (operator) {
    case '+':
      return { value: builder.one('add', [a(), b()]) }
    case '-':
      return { value: builder.one('subtract', [a(), b()]) }
    case '*':
      return { value: builder.one('multiply', [a(), b()]) }
    case '/':
      return 'constant' in right
        ? emitBinary(builder, '*', left, { constant: 1 / right.constant })
        : { value: builder.one('divide', [a(), b()]) }
    case '^':
      return 'constant' in right
        ? { value: builder.one('power', [a()], { exponent: right.constant }) }
        : { value: builder.one('exp', [builder.one('multiply', [builder.one('log', [a()]), b()])]) }
  }
}

/** What is left where one side speaks of other passes: of a sum the other side, of a product nothing. */
function emitRest(builder: ProgramBuilder, operator: BinaryOperator, left: Term, right: Term): Term {
  switch (operator) {
    case '+':
      return left ?? right
    case '-':
      return left ?? emitUnary(builder, 'minus', right)
    default:
      return undefined
  }
}

function fold(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '^':
      return a ** b
  }
}

function valueOf(builder: ProgramBuilder, term: EmittedTerm): ValueId {
  return 'value' in term ? term.value : builder.one('fill', [], { shape: [], value: term.constant })
}
