import { compiledText } from './programs.js'

/** A search of a small chain of layers that trains every architecture by itself, on the tiny data. */
export const trainedSearch = (
  derivation: string,
  { score = 'trained(epochs: 4)', space = chain, more = '' } = {},
): string => `
import { conv, global_pool, identity, linear } from std:nn
import std:search
${space}
search scratch of chain {
  minimise cross_entropy
  train weights { sgd(lr: cosine(0.05 to 0), momentum: 0.9) }
  validate on 25%
  score    ${score}
  derive   ${derivation}
  batch 16
  ${more}
}`

const network = (stages: string, constraint = ''): string => `
space chain {
  input image(8, 1); classes 3
  network { stem conv(2); ${stages}; head global_pool -> linear(classes) }
  ${constraint}
}`

const layer = 'layer one of { conv(channels, 1), conv(channels, 3), identity }'
const chain = network(`stage a { width 2; depth 3; ${layer} }`, 'require macs >= 500')

/** Spaces on which searchers are tried. */
export const oddSpaces: Readonly<Record<string, string>> = {
  'choices within choices and several stacks': network(
    `stage a { width 2; depth one of {1, 2}; layer one of { conv(channels, one of {1, 3}), identity } }; stage b { width one of {1, 2}; depth 1; layer conv(channels, one of {1, 3}) }`,
    'require macs <= 5k',
  ),
  'one architecture': network('stage a { width 2; depth 1; layer conv(channels, 3) }'),
  'few architectures': network('stage a { width 2; depth 1; layer one of { conv(channels, 1), conv(channels, 3) } }'),
}

export const compileTrained = (...given: Parameters<typeof trainedSearch>) => compiledText(trainedSearch(...given))
