import type * as ast from '../../syntax/ast.js'

/** `argmax of from`: what is derived, and by what. */
export function derivationOf(rule: ast.Expression): { readonly by: ast.Expression; readonly target?: ast.Name } {
  if (rule.kind !== 'phrase') return { by: rule }
  const tail = rule.tails.find(({ word, value }) => word.text === 'of' && value?.kind === 'name-expression')
  if (tail?.value?.kind !== 'name-expression' || rule.tails.length > 1) return { by: rule }
  return { by: rule.head, target: tail.value.name }
}
