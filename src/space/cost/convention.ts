import { Failure } from '../../catalogue/failure.js'

/**
 * A way of counting. Papers count differently; a figure without its convention says little.
 */
export interface Convention {
  readonly name: ConventionName
  readonly doc: string
  /** Key of the costs that primitives declare for it beside `macs`; absent: only `macs` count. */
  readonly cost?: string
  /** Whether only kernels of convolutions and linear layers count as parameters. */
  readonly kernelsOnly: boolean
}

export const conventionNames = ['conv-fc', 'full', 'mobile-vision', 'ptflops'] as const
export type ConventionName = (typeof conventionNames)[number]

export const defaultConvention: ConventionName = 'conv-fc'

export const conventions: Readonly<Record<ConventionName, Convention>> = {
  'conv-fc': {
    name: 'conv-fc',
    doc: 'Multiply-accumulates of convolutions and linear layers. Parameters: every trained scalar.',
    kernelsOnly: false,
  },
  full: {
    name: 'full',
    doc: 'conv-fc, 2 per output element of a batch norm, 1 per element of a ReLU, 1 per input element of a pooling (the figures of PC-DARTS and DOTS for ImageNet).',
    cost: 'full',
    kernelsOnly: false,
  },
  'mobile-vision': {
    name: 'mobile-vision',
    doc: 'conv-fc and the input elements of every global pooling. Parameters: kernels of convolutions and linear layers, no biases, no batch norms (FBNet, FBNetV2).',
    cost: 'mobile-vision',
    kernelsOnly: true,
  },
  ptflops: {
    name: 'ptflops',
    doc: 'conv-fc, biases, 2 per element of a batch norm with trained weights, 1 per element of a ReLU, 1 per input element of a pooling (Pi-NAS).',
    cost: 'ptflops',
    kernelsOnly: false,
  },
}

/** The convention of this name; `mobile_vision` is how `mobile-vision` is written in a `.nas` file. */
export function conventionNamed(text: string): ConventionName | undefined {
  return conventionNames.find((name) => name === text || wordOfConvention(name) === text)
}

/** How a convention is written in a `.nas` file. */
export function wordOfConvention(name: ConventionName): string {
  return name.replaceAll('-', '_')
}

/** @throws Failure NAS8120 if there is no convention of this name. */
export function conventionOf(name: string): Convention {
  const found = conventionNamed(name)
  if (found) return conventions[found]
  throw new Failure('no-such-convention', { name, names: conventionNames.join(', ') })
}
