import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from './expression.js'
import { operationsOf } from './operations-in.js'
import { signatureOf } from './signature.js'
import { describe, missingIn, operationWithout, type Type } from '../types/type.js'

/** `block(expand: 1)`, where `block` is a set of operations: each of them with that argument, so each must have it. */
export function inferCallOfSet(checker: Checker, call: ast.CallExpression, type: Type): Type {
  const members = [...new Set(operationsOf(checker, call.callee) ?? [])]
  const supplied = new Map<string, ast.Argument>()
  for (const argument of call.arguments) {
    const { label, value } = argument
    if (label === undefined) {
      checker.report.add('unnamed-argument', locationOf(checker, argument), { found: describe(type) })
      inferExpression(checker, value)
      continue
    }
    const first = supplied.get(label.text)
    if (first !== undefined) {
      const labels = [{ ...locationOf(checker, first), text: 'given here first' }]
      checker.report.add('argument-twice', locationOf(checker, argument), { name: label.text }, { labels })
    }
    supplied.set(label.text, argument)
    if (!label.missing) checkMembers(checker, argument, label, members)
  }
  const missing = missingIn(type).filter(({ parameter }) => !supplied.has(parameter))
  return type.kind === 'set' && type.of.kind === 'operation' ? { kind: 'set', of: operationWithout(missing) } : type
}

function checkMembers(
  checker: Checker,
  { value }: ast.Argument,
  label: ast.Name,
  members: readonly Parameters<typeof signatureOf>[1][],
): void {
  const location = locationOf(checker, label)
  for (const member of members) {
    const parameters = signatureOf(checker, member)
    const parameter = parameters.find(({ name }) => name === label.text)
    if (parameter === undefined) {
      const names = parameters.map(({ name }) => name)
      const known = names.length === 0 ? 'has no parameters' : `has ${names.join(', ')}`
      checker.report.add(
        'member-without',
        location,
        { operation: member.name, name: label.text },
        {
          labels: [{ ...member.location, text: `${member.name} is declared here` }],
          notes: [`${member.name} ${known}`],
          ...suggest(label.text, names, location),
        },
      )
      continue
    }
    if (parameter.type === undefined) continue
    const text = `${label.text} of ${member.name} is declared here: ${parameter.type}`
    if (!expectType(checker, value, { type: parameter.type, label: { ...parameter.location, text } })) return
  }
  inferExpression(checker, value)
}
