/**
 * The genotypes that DARTS, PC-DARTS, P-DARTS, DOTS and ISTA-NAS published: node by node the operations and the states that
 * they read, in the order in which they were printed. sc, dc: separable and dilated convolution, sk: skip, mp, ap: pools.
 */
const published: Readonly<Record<string, readonly [normal: string, reduce: string]>> = {
  DARTS_V1: ['sc3@1 sc3@0; sk@0 sc3@1; sk@0 sc3@1; sc3@0 sk@2', 'mp@0 mp@1; sk@2 mp@0; mp@0 sk@2; sk@2 ap@0'],
  DARTS_V2: ['sc3@0 sc3@1; sc3@0 sc3@1; sc3@1 sk@0; sk@0 dc3@2', 'mp@0 mp@1; sk@2 mp@1; mp@0 sk@2; sk@2 mp@1'],
  PC_DARTS_cifar: [
    'sc3@1 sk@0; sc3@0 dc3@1; sc5@0 sc3@1; ap@0 dc3@1',
    'sc5@1 mp@0; sc5@1 sc5@2; sc3@0 sc3@3; sc3@1 sc3@2',
  ],
  PC_DARTS_image: [
    'sk@1 sc3@0; sc3@0 sk@1; sc3@1 sc3@3; sc3@1 dc5@4',
    'sc3@0 sk@1; dc5@2 mp@1; sc3@2 sc3@1; sc5@0 sc3@3',
  ],
  PDARTS: ['sk@0 dc3@1; sk@0 sc3@1; sc3@1 sc3@3; sc3@0 dc5@4', 'ap@0 sc5@1; sc3@0 dc5@2; mp@0 dc3@1; dc3@1 dc5@3'],
  DOTS_C10: ['sk@0 sc3@1; sc3@0 sc3@1; sc3@0 sc3@1; sk@1 dc3@3', 'sc3@0 sc3@1; mp@0 mp@1; mp@0 dc5@3; mp@0 dc5@4'],
  DOTS_C100: ['sc3@0 sc3@1; sk@0 sc3@1; sc3@1 sc3@3; sc3@1 dc3@4', 'ap@0 ap@1; sc5@0 sc5@1; sc3@0 dc5@3; sc3@3 dc3@4'],
  DOTS_ImageNet: [
    'dc5@0 sk@1; sk@0 sc3@1; sc3@0 sc3@1; sc3@0 sc5@1',
    'sc5@0 sc3@1; sc3@0 sc5@1; mp@0 dc5@3; sc3@0 mp@1',
  ],
  ISTA_twostage: [
    'sk@0 dc3@1; sc5@0 dc3@2; dc3@1 sc3@0; sc3@2 sk@0',
    'ap@0 sc5@1; dc5@2 mp@1; dc5@3 sc3@1; dc5@4 sc5@1',
  ],
  ISTA_onestage: ['sk@0 dc3@1; sc3@1 dc5@2; ap@3 sc3@1; sc5@1 sc3@2', 'ap@0 mp@1; sk@0 mp@1; sc5@1 ap@0; mp@0 dc5@2'],
  ISTA_ImageNet: [
    'sc3@1 sc3@0; sc3@1 sk@2; sc3@1 sc3@0; sc3@1 dc5@4',
    'sk@0 sc3@1; dc5@2 sc3@0; sc3@0 sk@2; sc3@2 sk@3',
  ],
}

const names: Readonly<Record<string, string>> = {
  ...{ sc: 'sep_conv', dc: 'dil_conv', sk: 'skip_connect', mp: 'max_pool_3x3', ap: 'avg_pool_3x3' },
}

function pairs(cell: string): string {
  const edges = cell.split('; ').flatMap((node) => node.split(' '))
  return edges
    .map((edge) => {
      const [, word = '', kernel = '', source = ''] = /^([a-z]+)(\d?)@(\d)$/u.exec(edge) ?? []
      return `('${names[word] ?? ''}${kernel === '' ? '' : `_${kernel}x${kernel}`}', ${source})`
    })
    .join(', ')
}

/** As the code of DARTS prints them, by name. */
export const publishedGenotypes: ReadonlyMap<string, string> = new Map(
  Object.entries(published).map(([name, [normal, reduce]]) => [
    name,
    `Genotype(normal=[${pairs(normal)}], normal_concat=range(2, 6), reduce=[${pairs(reduce)}], reduce_concat=range(2, 6))`,
  ]),
)
