import { childrenOf } from '../../space/expressions/children.js'
import { pathSegments } from '../../space/decisions/decision-path.js'
import { baseName } from '../../space/expressions/labels.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Provenance } from '../lower/lowering.js'
import { isStandard } from '../modules/host.js'

/** Where a failure at a path is told: the innermost place of the author's own text, and that inside of the library. */
export function locateFailure(
  ir: Ir,
  space: IrSpace,
  provenance: Provenance,
  path: string,
): { readonly outer: SourceLocation | undefined; readonly inner: SourceLocation | undefined } {
  const locations = locate(ir, space, provenance, path)
  const innermost = locations.at(-1)
  const outer = locations.findLast(({ file }) => !isStandard(file)) ?? innermost ?? provenance.get(space)
  return { outer, inner: innermost === outer ? undefined : innermost }
}

/**
 * The places in the text that a path of the network leads through, outermost first: `cells[3].n2.s0.sep_conv(3).conv`
 * is the stack, the node, the option `sep_conv(3)`, the `conv` in the body of `sep_conv`. Parts that are not found in the
 * text (merges, copies) are passed over.
 */
function locate(ir: Ir, space: IrSpace, provenance: Provenance, path: string): readonly SourceLocation[] {
  const locations: SourceLocation[] = []
  const visit = (part: object): void => {
    const location = provenance.get(part)
    if (location !== undefined) locations.push(location)
  }
  const [head = '', ...rest] = pathSegments(path)
  const name = nameOf(head)

  const follow = (expression: Expression, segments: readonly string[]): void => {
    let within = expression
    for (const segment of segments) {
      const found = findStep(ir, within, nameOf(segment), numberOf(segment))
      if (found === undefined) continue
      visit(found)
      const body = found.kind === 'operation' ? ir.operations.find(({ id }) => id === found.operation)?.body : undefined
      if (body === undefined) return
      within = body
    }
  }

  for (const item of space.network) {
    switch (item.kind) {
      case 'stem':
        if (name !== 'stem') break
        visit(item)
        follow(item.parts[Math.max(0, numberOf(head) - 1)] ?? item.parts[0] ?? { kind: 'set', items: [] }, rest)
        return locations
      case 'head':
        if (name !== 'head') break
        visit(item)
        follow(item.body, rest)
        return locations
      case 'stage':
        if (name !== item.name) break
        visit(item)
        follow(item.layer, rest)
        return locations
      case 'stack':
        if (name !== item.name) break
        visit(item)
        followCells(ir, space, [item.cell, ...item.exceptions.map(({ cell }) => cell)], rest, visit, follow)
        return locations
    }
  }
  if (space.cells.some((cell) => cell.name === name)) followCells(ir, space, [name], rest, visit, follow)
  if (locations.length === 0) visit(space)
  return locations
}

function followCells(
  ir: Ir,
  space: IrSpace,
  names: readonly string[],
  segments: readonly string[],
  visit: (part: object) => void,
  follow: (expression: Expression, segments: readonly string[]) => void,
): void {
  const [first, ...rest] = segments
  if (first === undefined) return
  for (const use of space.cells.filter(({ name }) => names.includes(name))) {
    const cell = ir.cells.find(({ id }) => id === use.cell)
    if (cell === undefined) continue
    if (first === 'prepare') {
      const prepare = cell.prepare.find(({ inputs }) => inputs.includes(rest[0] ?? ''))
      if (prepare === undefined) continue
      visit(prepare.through)
      follow(prepare.through, rest.slice(1))
      return
    }
    if (first === 'output') {
      visit(cell.output)
      return
    }
    const node = cell.nodes.find(
      ({ name, family }) => name === first || (family !== undefined && first.replace(/\d+$/, '') === name),
    )
    if (node === undefined) continue
    visit(node)
    follow(node.through, rest)
    return
  }
}

/** The nth operation of a name in a text, also inside choices and constants. */
function findStep(ir: Ir, expression: Expression, name: string, number: number): Expression | undefined {
  let left = Math.max(1, number)
  const seen = new Set<string>()
  const find = (each: Expression): Expression | undefined => {
    if (each.kind === 'operation' && baseName(each.operation) === name) {
      left -= 1
      if (left === 0) return each
    }
    if (each.kind === 'constant' && !seen.has(each.id)) {
      seen.add(each.id)
      const value = ir.constants.find(({ id }) => id === each.id)?.value
      return value === undefined ? undefined : find(value)
    }
    for (const child of childrenOf(each)) {
      const found = find(child)
      if (found !== undefined) return found
    }
    return undefined
  }
  return find(expression)
}

/** `sep_conv` of `sep_conv(3)`, `conv` of `conv[2]`. */
function nameOf(segment: string): string {
  return segment.replace(/[([].*$/s, '')
}

function numberOf(segment: string): number {
  return Number(/^[^([]*\[(\d+)\]/.exec(segment)?.[1] ?? 1)
}
