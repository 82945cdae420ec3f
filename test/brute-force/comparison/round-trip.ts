import { printArchitecture, resolveArchitecture } from '../../../src/architectures/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { keyOf, selectionsKey } from '../reference/member.js'
import type { Comparison } from './case.js'
import { compiled } from './compiled.js'
import { wholeArchitecture } from './membership.js'

/** An architecture that is printed behind its program is read back, and a check finds nothing wrong with it. */
export const roundTrip: Comparison = (each) => {
  const { text, standard } = each
  // A program is compiled once more for it: every third will do.
  if (text.length % 3 !== 0 || !each.isSound) return undefined
  const member = each.members[Math.floor(each.members.length / 2)]
  if (!member) return undefined
  const printed = printArchitecture(each.ir, wholeArchitecture(each, member), 'printed', each.params)
  const { messages, ir, isSound } = compiled(`${text}${printed}`, standard)
  const declaration = ir?.architectures.find(({ name }) => name === 'printed')
  if (!ir || !isSound || !declaration) {
    return `${printed.trim()} is refused: ${messages.join('; ')}`
  }
  const own = Object.fromEntries(
    Object.entries(each.params).filter(([name]) => ir.params.some((param) => param.name === name)),
  )
  const { decisions } = resolveArchitecture(ir, declaration, resolveParams(ir, own))
  const found = keyOf(Object.entries(decisions))
  const expected = keyOf(
    Object.entries(wholeArchitecture(each, member).decisions).filter(([path]) => path in decisions),
  )
  return found === expected ? undefined : `${printed.trim()} reads back as ${found} and not as ${selectionsKey(member)}`
}
