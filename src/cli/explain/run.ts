import type { RunProgram, RunSetting } from '../../runtime/index.js'
import { printValue } from '../../space/index.js'

/** Where a space is that of a run: how it was searched, and what came of it. */
export interface ExplainedRun {
  readonly name: string
  readonly search: string
  readonly scale?: string
  readonly data: string
  /** `8x8x1 in 3 classes`, as networks are fed with them. */
  readonly images: string
  /** Whether they are others than the space says, of which its constraints and costs speak. */
  readonly replacesImages: boolean
  /** Params that a network has that is trained from scratch, by name; absent: none is. */
  readonly retrained?: Readonly<Record<string, string>>
  /** Names of architectures, the best one first. */
  readonly derived: readonly string[]
}

export function explainRun(run: RunProgram): ExplainedRun {
  const { name, search, scale, data, searched, retrained, replacesImages, derived } = run
  return {
    ...{ name, search, data, replacesImages, images: imagesText(searched) },
    ...(scale !== undefined && { scale }),
    ...(retrained !== undefined && {
      retrained: Object.fromEntries(
        Object.entries(retrained.params).map(([param, value]) => [param, printValue(value)]),
      ),
    }),
    derived: derived.map((each) => each.name),
  }
}

function imagesText({ images: { input, classes } }: RunSetting): string {
  return `${input.height}x${input.width}x${input.channels} in ${classes} classes`
}

/** The same in sentences. */
export function runSentences({
  name,
  search,
  scale,
  data,
  images,
  replacesImages,
  retrained,
  derived,
}: ExplainedRun): readonly string[] {
  const params = Object.entries(retrained ?? {}).map(([param, value]) => `${param} = ${value}`)
  return [
    `Run ${name} of the search ${search}${scale === undefined ? '' : ` at the scale ${scale}`}, on ${data}: images of ${images}.`,
    ...(replacesImages ? ['Constraints and costs below speak of the images and classes that the space declares.'] : []),
    ...(retrained === undefined
      ? []
      : [`What it derives is trained from scratch${params.length === 0 ? '' : ` with ${params.join(', ')}`}.`]),
    derived.length === 0
      ? 'It has derived nothing yet.'
      : `It derived ${derived.join(', ')}: \`nasc cost\` and \`nasc graph\` show it.`,
  ]
}
