import type { FailureSection } from './entry.js'

/** NAS75xx and NAS76xx: what samplers draw for a step, and which networks a step runs. */
export const samplersCatalogue = {
  'no-order': {
    code: 'NAS7550',
    message:
      '`{clause}` takes the largest or the smallest option everywhere, and those of `{decision}` are no numbers: {options}.',
    help: 'Sample otherwise, or choose between numbers there.',
    why: 'Only numbers have a largest and a smallest one.',
    fix: 'Sample by another rule, or make the choice one between numbers.',
  },
  'nothing-to-draw': {
    code: 'NAS7551',
    message: 'No architecture of {space} lies within all constraints{range}.',
    help: 'See what there is with `nasc count --by macs`.',
    why: 'A sampler was asked for architectures of a cost that no architecture of the space has.',
    fix: 'Widen the range, or loosen the constraints.',
  },
  'phase-opens-nothing': {
    code: 'NAS7552',
    message: 'A phase opens none of the options of `{decision}`: {options}.',
    help: 'Name at least one of them.',
    why: 'A phase of progressive shrinking says which options of a kind of choice are drawn from then on.',
    fix: 'Name options that every choice of this kind has.',
  },
  'nothing-open-within': {
    code: 'NAS7561',
    message:
      '{clause}: none of {draws} {draws|network|networks} drawn from the options that are open meets the constraints of the space.',
    help: 'Open more options in earlier phases, or train within wider constraints.',
    why: 'Progressive shrinking begins with the largest network and opens smaller options phase by phase. Every network that it trains must meet the constraints of the space; it draws again where one does not, up to this number of times.',
    fix: 'A budget that the largest networks exceed belongs to `derive`: leave it out of the space that is trained, or begin with a phase that opens enough.',
  },
  'pass-not-run': {
    code: 'NAS7543',
    message: 'An objective reads the pass `{pass}` of a step, which no pass of this name came before.',
    help: 'Distil from one network, such as `distill(from: largest)`.',
    why: 'What an objective reads of another network of the step must be one network, known by the name of its sampler.',
  },
  'paths-alone': {
    code: 'NAS7635',
    message: '{run}: trained paths of its supernet (`sample {sampler}`), never the network with every choice open.',
    help: 'Ask for an architecture with its weights: `nasc eval {run} --weights inherited`.',
    why: 'Where a search samples paths, no weights of options are learned, and the network with all of them was never trained.',
    fix: 'Ask for an architecture with the weights of the supernet.',
  },
  'no-disjoint-paths': {
    code: 'NAS7690',
    message:
      '`{clause}`: two paths cannot share nothing at `{decision}`, which has the options {options}: they need {needed} of them.',
    help: 'Give the choice more options, or sample by `uniform`.',
    why: 'The two paths of a step take different options of every choice that both meet, so every choice needs enough for two.',
  },
  'no-second-path': {
    code: 'NAS7691',
    message:
      'A path of the step has no other beside it within the constraints that shares none of its options: {taken}.',
    help: 'Train within wider constraints: a budget that few networks keep to belongs to `derive`.',
    why: 'The two paths of a step share no option, and both keep to the constraints of the space. For this first path, which was drawn within them, there is no such second one.',
    fix: 'Widen the constraints of the space that is trained.',
  },
  'not-strictly-fair': {
    code: 'NAS7644',
    message: '`{clause}` cannot train each option of `{decision}` exactly once in a step: {reason}.',
    help: 'Sample by `uniform`, under which every option is as likely as any other, or let all choices have as many options.',
    why: 'A step has as many paths as choices have options, and each option of every choice is in one of them: all choices must have as many, and every path must come to all of them.',
    fix: 'Give all choices as many options, or sample by `uniform`.',
  },
} as const satisfies FailureSection
