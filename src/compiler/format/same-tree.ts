import type { Node } from '../syntax/ast.js'

/** True if two trees are the same but for the places of their nodes. */
export function sameTree(a: Node, b: Node): boolean {
  return shapeOf(a) === shapeOf(b)
}

function shapeOf(node: Node): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'span' ? undefined : value))
}
