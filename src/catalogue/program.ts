import type { FailureSection } from './entry.js'

/** NAS73xx: networks that become tensor programs. */
export const programCatalogue = {
  'no-such-primitive': {
    code: 'NAS7301',
    message: 'The runtime has no primitive `{operation}`, which {path} is.',
    help: 'A space can be checked and counted with any `extern op`; to be run it is made of these: {primitives}.',
    why: 'The space uses an `extern op` that the runtime cannot compute. It can be checked, counted and drawn all the same.',
    fix: 'Build the operation of the primitives that the message lists.',
  },
  'no-such-pass': {
    code: 'NAS7302',
    message: 'There is no pass `{name}`.',
    help: 'The passes are {passes}.',
    why: 'There is no optimisation pass of this name.',
    fix: 'Use one of those listed.',
  },
  'padding-too-wide': {
    code: 'NAS7303',
    message: 'The average pool {path} pads its map by {padding}, and its window is {kernel}.',
    help: 'A window lies at least partly on the map, so pad by at most {most} here.',
    why: 'A window that lies beside the map as a whole has no mean.',
    fix: 'Take a padding smaller than the window.',
  },
} as const satisfies FailureSection
