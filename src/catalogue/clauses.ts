import type { DiagnosticSection } from './entry.js'

/** NAS4150 to NAS4179: clauses and settings of searches. */
export const clausesCatalogue = {
  'misplaced-setting': {
    code: 'NAS4150',
    severity: 'error',
    message: '{name} cannot stand in {block}',
    help: 'It stands {places}.',
    why: 'Every setting says in its declaration where it may stand. In another block nothing would read it, and the run would not be what was asked for.',
    fix: [
      ['  drop_path 0 to 0.2\n', ''],
      [', choice_init 0.1', ''],
      [', choice_lr 0.1', ''],
      [', choice_lr 1', ''],
      [', label_smoothing 0.1', ''],
      [', choice_init 1', ''],
    ],
  },
  'setting-without-place': {
    code: 'NAS4151',
    severity: 'error',
    message: 'the setting {name} does not say where it may stand',
    help: 'Add the places: `extern setting {name}(…) in search, train weights, retrain`.',
    why: 'The places of a setting are part of its declaration, so that it is refused where nothing reads it.',
    fix: [['extern setting patience(epochs: int)', 'extern setting patience(epochs: int) in search']],
  },
  'unfit-settings': {
    code: 'NAS4152',
    severity: 'error',
    message: 'the settings {name} do not fit {block}: {reason}',
    help: 'Move what does not fit out of the settings, or use others here.',
    why: 'Settings with a name are checked where they are used: what may stand in them depends on the block that takes them.',
    fix: [
      ['retrain  short', 'retrain '],
      ['scale slow long', 'scale slow short'],
      ['retrain long', 'retrain { epochs 1 }'],
    ],
  },
  'share-outside': {
    code: 'NAS4153',
    severity: 'error',
    message: 'a share of {share} of the training images is none',
    help: 'A share lies above 0% and is at most 100%: `on 50%`.',
    why: 'Weights and choices are trained, and architectures judged, on a share of the training images.',
    fix: [
      ['on 150%', 'on 50%'],
      ['none_of_it = 0', 'none_of_it = 20%'],
      ['on -1', 'on 10%'],
    ],
  },
  'shares-too-large': {
    code: 'NAS4154',
    severity: 'error',
    message: 'the shares of the training images for {shares} come to {sum}',
    help: 'Let them come to at most 100%, and leave some images to train on.',
    why: 'Weights and choices are trained, and architectures judged, on different images, so that their shares come to at most all of them.',
    fix: [
      ['validate on 20%', 'validate on 10%'],
      ['on 60%', 'on 50%'],
      ['validate on 100%', 'validate on 50%'],
      ['on 90%', 'on 80%'],
    ],
  },
  'predictor-replaced': {
    code: 'NAS4155',
    severity: 'error',
    message: '{clause} of {search} speaks of the predictor {name}, and here the predictor is {other}',
    help: 'Call the predictor {name}, or write {clause} anew.',
    why: 'A clause that is taken over means what it means where it is written. A search has one predictor, and another one in its place must have its name.',
    fix: [['predictor delay', 'predictor latency']],
  },
  'cost-without-variant': {
    code: 'NAS4156',
    severity: 'error',
    message: '{name} is the cost of one architecture, and an objective is of all that a step weighs',
    help: 'Write `{name}.expected`, the mean over architectures, or `{name}.effective`, that of the shapes as they are weighted.',
    why: 'Gradients reach the choices through what a cost becomes where they are weighted; that of one architecture does not change with them.',
    fix: [['0.1 * macs', '0.1 * macs.expected']],
  },
  'cost-as-param': {
    code: 'NAS4158',
    severity: 'error',
    message: 'a param is a value that the command line can set, and a cost is none',
    help: 'Write the cost where it is minimised or bounded; what it is weighted by can be a param.',
    why: 'Params have values before anything is built. What architectures cost is known only when a network is.',
    fix: [
      ['param budget = macs\n', ''],
      ['param weight: cost', 'param weight: real'],
    ],
  },
  'unknown-variant': {
    code: 'NAS4157',
    severity: 'error',
    message: 'a cost has no {name}',
    why: '`.expected` is the mean of a cost over architectures as the choices weigh them, `.effective` the cost of the shapes as they are weighted; a predictor also has `.reference`, the mean over what it was fitted to.',
    fix: [
      ['macs.expcted', 'macs.expected'],
      ['parameters.reference', 'parameters.effective'],
    ],
  },
} as const satisfies DiagnosticSection
