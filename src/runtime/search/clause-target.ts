import type { Decision } from '../../space/values/decision.js'

/**
 * How closely the words of a clause (`relax X by …`, `argmax of X`) fit a decision: 3 its path, 2 a path around it
 * (`normal`, `mb2.kernel` for the kernel of every layer), 1 its kind (`through`, `width`), 0 `all`; undefined: they do not.
 */
export function targetSpecificity(what: string, decision: Decision): number | undefined {
  if (what === decision.path) return 3
  const plain = decision.path.replace(/\.layer\[\d+\]/gu, '')
  if (what === plain || decision.path.startsWith(`${what}.`)) return 2
  if (what === decision.kind) return 1
  return what === 'all' ? 0 : undefined
}
