import { formatCount, formatPercent } from '../../support/format-quantity.js'
import type { InitialOrigin, NetworkFacts, TrainedOrigin } from './facts.js'
import type { Verification } from './verify/compare.js'

export interface CardContent {
  readonly facts: NetworkFacts
  readonly format: string
  /** How it is used, as Markdown. */
  readonly use: string
  readonly verification: Verification
}

/** The model card: what the network is, what it was trained on and how well, how it was checked, what it is not. */
export function modelCard({ facts, format, use, verification }: CardContent): string {
  const { origin, input } = facts
  const rows: readonly (readonly [string, string])[] = [
    ['architecture', `${facts.name} of ${facts.space}, ${facts.source}`],
    ['program', facts.irHash],
    ['images', `${times(input.height, input.width)}, ${formatCount(input.channels)} channels`],
    ['classes', formatCount(facts.classes)],
    ['parameters', formatCount(facts.parameters)],
    ['multiply-accumulates', `${formatCount(facts.macs)} for one image (${facts.convention})`],
    ['batch norms', facts.foldsNorms ? 'folded into the convolutions before them' : 'layers of their own'],
    ...(origin.weights === 'initial' ? initialRows(origin) : trainedRows(origin)),
    ['checked', checked(verification)],
    ['written by', `nasc ${facts.version}`],
  ]
  return [
    `# ${facts.name} as ${format}\n`,
    '|     |     |\n| --- | --- |\n' + rows.map(([what, is]) => `| ${what} | ${is} |\n`).join(''),
    `## Use\n\n${use}`,
    `## Limits\n\n${limits(facts)
      .map((each) => `- ${each}\n`)
      .join('')}`,
    `## Architecture\n\n\`\`\`nas\n${facts.text.trimEnd()}\n\`\`\`\n`,
  ].join('\n')
}

function times(...sizes: readonly number[]): string {
  return sizes.join(' x ')
}

function initialRows({ seed }: InitialOrigin): readonly (readonly [string, string])[] {
  return [['weights', `first values of seed ${String(seed)}: nothing was trained`]]
}

function trainedRows(origin: TrainedOrigin): readonly (readonly [string, string])[] {
  const { data, budget, accuracy } = origin
  const scale = origin.scale === undefined ? '' : ` at scale ${origin.scale}`
  const how =
    origin.weights === 'retrained' ? 'trained from scratch' : 'those of the supernet, batch norms measured anew'
  return [
    ['weights', how],
    ['run', `${origin.run}: search ${origin.search}${scale}, seed ${String(origin.seed)}`],
    ...(budget === undefined ? [] : [['budget', budgetWords(budget)] as const]),
    ['data', data.name],
    ...Object.entries(data.checksums).map(([file, sum]) => [`checksum of ${file}`, sum] as const),
    ['normalisation', normalisationWords(data.normalisation)],
    [
      'accuracy of the run',
      accuracy === undefined
        ? 'not measured by the run'
        : `${formatPercent(accuracy.accuracy)} of ${formatCount(accuracy.samples)} test images`,
    ],
  ]
}

function budgetWords({ epochs, steps, batch, images }: NonNullable<TrainedOrigin['budget']>): string {
  const shares = Object.entries(images ?? {}).map(([what, count]) => `${formatCount(count)} images for ${what}`)
  const size = batch === undefined ? '' : ` of ${formatCount(batch)} images`
  return [`${formatCount(epochs)} epochs of ${formatCount(steps)} steps${size}`, ...shares].join(', ')
}

function normalisationWords({ mean, deviation }: TrainedOrigin['data']['normalisation']): string {
  return `pixels / 255, minus ${mean.join(', ')}, divided by ${deviation.join(', ')}`
}

function checked(verification: Verification): string {
  if (verification.kind === 'not run') {
    return `not run: ${verification.program} was not there (${verification.install})`
  }
  const { program, images, maxDifference, largestLogit, accuracy } = verification
  const same = accuracy === undefined ? '' : `, ${formatPercent(accuracy)} of them classified correctly here and there`
  return `${program} on ${formatCount(images)} images: logits up to ${largestLogit.toPrecision(3)} differ by at most ${maxDifference.toPrecision(2)}${same}`
}

function limits({ origin, input, foldsNorms }: NetworkFacts): readonly string[] {
  return [
    `Images have ${times(input.height, input.width)} pixels and are normalised as above before they are fed; other sizes are refused.`,
    'It gives logits: a softmax over them gives probabilities, which nothing has calibrated.',
    ...(foldsNorms ? ['Batch norms are gone: it can be run, and not be trained on as it was.'] : []),
    ...(origin.weights === 'initial' ? ['It has learned nothing yet.'] : []),
    ...(origin.weights === 'inherited'
      ? [
          'Weights of a supernet are shared with other architectures: trained from scratch, the network is usually better.',
        ]
      : []),
    ...(origin.weights === 'initial'
      ? []
      : ['It knows the classes of the data above, and nothing of images unlike those.']),
  ]
}
