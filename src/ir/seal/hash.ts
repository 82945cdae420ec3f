import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.js'

/** `sha256:…` over the canonical form of a program without its `hash`. */
export function hashOf(program: Readonly<Record<string, unknown>>): string {
  const { hash: _hash, ...content } = program
  return `sha256:${createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex')}`
}
