/**
 * Names of operations in genotypes, and what they are called in spaces where that is not the same. `sep_conv_3x3` is
 * `sep_conv(3)` without being told.
 */
const synonyms: readonly (readonly [published: string, ours: string])[] = [
  ['skip_connect', 'skip'],
  ['skip_connect', 'identity'],
  ['nor_conv', 'relu_conv'],
  ['avg_pool', 'mean_pool'],
]

/** `sep_conv_3x3` -> `sep_conv(3)`; `extra` names come first. */
export function optionNames(published: string, extra: ReadonlyMap<string, string>): readonly string[] {
  const own = extra.get(published)
  const [, base = published, kernel] = /^(\w+?)_(\d+)x\2$/u.exec(published) ?? []
  const suffix = kernel === undefined ? '' : `(${kernel})`
  const bases = [base, ...synonyms.flatMap(([name, ours]) => (name === base ? [ours] : []))]
  return [...(own === undefined ? [] : [own]), ...bases.map((name) => `${name}${suffix}`), published]
}

/** `sep_conv(3)` -> `sep_conv_3x3`; undefined where the option has no such name. */
export function publishedName(option: string, extra: ReadonlyMap<string, string>): string | undefined {
  const own = [...extra].find(([, ours]) => ours === option)?.[0]
  if (own !== undefined) return own
  const [, base, kernel] = /^(\w+)(?:\((\d+)\))?$/u.exec(option) ?? []
  if (base === undefined) return undefined
  const name = synonyms.find(([, ours]) => ours === base)?.[0] ?? base
  return kernel === undefined ? name : `${name}_${kernel}x${kernel}`
}
