import type { FailureTable } from '../ir/failure-table.js'

/** Every failure of the runtime. */
export const runtimeFailures = {
  NAS7001: {
    slug: 'kernels-missing',
    why: 'The compiled kernels of the embedded backend are not where they should be.',
    mend: 'Build them: `npm run build`.',
  },
  NAS7002: {
    slug: 'kernels-stale',
    why: 'The compiled kernels are older than the runtime.',
    mend: 'Build them: `npm run build`.',
  },
  NAS7003: {
    slug: 'out-of-memory',
    why: 'The program needs more memory than there is. What is needed is known before the first step.',
    mend: 'Take a smaller batch, fewer cells or fewer channels.',
  },
  NAS7004: {
    slug: 'backend-did-not-start',
    why: 'The WebAssembly backend of TensorFlow.js did not start.',
    mend: 'Reinstall the package, or go on slowly with `--backend cpu`.',
  },
  NAS7005: {
    slug: 'tensorflow-not-installed',
    why: 'Native TensorFlow was asked for and is not installed.',
    mend: '`nasc backend install tensorflow`, or take `--backend wasm`.',
  },
  NAS7006: {
    slug: 'tensorflow-does-not-load',
    why: 'Native TensorFlow is installed and does not load: of another Node, another C library, or damaged.',
    mend: 'Install it again, or take `--backend wasm`.',
  },
  NAS7008: {
    slug: 'thread-failed',
    why: 'A thread of the embedded backend failed in the middle of a step, whose results are lost.',
    mend: 'Resume from the last checkpoint; with `--threads 1` if it happens again.',
  },
  NAS7010: {
    slug: 'install-needs-linux',
    why: 'Native TensorFlow is built from a wheel for Linux.',
    mend: 'Use the embedded backend on other systems.',
  },
  NAS7011: {
    slug: 'install-needs-older-node',
    why: 'The binding of TensorFlow does not compile for this Node.',
    mend: 'Run nasc with Node 20 or 22.',
  },
  NAS7012: {
    slug: 'install-needs-glibc',
    why: 'The wheels of TensorFlow are built against glibc.',
    mend: 'Use a distribution with glibc.',
  },
  NAS7013: {
    slug: 'install-needs-compiler',
    why: 'The binding is compiled on this machine, and there is no compiler or no make.',
    mend: 'Install both with the package manager of your system.',
  },
  NAS7014: {
    slug: 'install-needs-python',
    why: 'Wheels are fetched and unpacked with Python and pip.',
    mend: 'Install Python 3 with pip.',
  },
  NAS7015: {
    slug: 'install-needs-space',
    why: 'There is too little free space on the disk.',
    mend: 'Free some, or set XDG_DATA_HOME to another disk.',
  },
  NAS7016: {
    slug: 'wheel-not-fetched',
    why: 'pip could not fetch the wheel of TensorFlow.',
    mend: 'Look after the network, or name a wheel with `--wheel FILE`.',
  },
  NAS7017: {
    slug: 'not-a-tensorflow',
    why: 'The wheel or folder lacks what the binding is built against.',
    mend: 'Name a wheel of tensorflow or tensorflow-cpu for Linux.',
  },
  NAS7018: {
    slug: 'npm-failed',
    why: 'npm could not install a package that the binding needs.',
    mend: 'Look after the network; the message names the log.',
  },
  NAS7019: {
    slug: 'binding-does-not-compile',
    why: 'The compiler refused the binding.',
    mend: 'The log that the message names says why.',
  },
  NAS7020: {
    slug: 'self-test-failed',
    why: 'The binding was built and does not compute what it should. Nothing was changed.',
    mend: 'Try another TensorFlow.',
  },
  NAS7101: {
    slug: 'data-file-missing',
    why: 'A file of the data set is missing.',
    mend: 'Put it beside the others, or name another folder with `--data`.',
  },
  NAS7102: {
    slug: 'data-file-unreadable',
    why: 'A file of the data set cannot be read.',
    mend: 'Check that it is a file and that you may read it.',
  },
  NAS7103: {
    slug: 'damaged-gzip',
    why: 'A compressed file is cut short or damaged.',
    mend: 'Get it again.',
  },
  NAS7104: {
    slug: 'not-idx',
    why: 'A file does not begin as IDX files do.',
    mend: 'Check that it is what its name says.',
  },
  NAS7105: {
    slug: 'wrong-length',
    why: 'A file is longer or shorter than its header or format says.',
    mend: 'Get it again.',
  },
  NAS7106: {
    slug: 'wrong-dimensions',
    why: 'A file of images has the dimensions of labels, or the other way round.',
    mend: 'Check that the files were not exchanged.',
  },
  NAS7107: {
    slug: 'counts-differ',
    why: 'There are not as many labels as images.',
    mend: 'Get both files from one source.',
  },
  NAS7108: {
    slug: 'label-out-of-range',
    why: 'A label is not among the classes.',
    mend: 'The file is damaged or of another data set.',
  },
  NAS7109: {
    slug: 'no-images',
    why: 'A file of the data set holds no image.',
    mend: 'Name a folder with a full data set.',
  },
  NAS7110: {
    slug: 'sizes-differ',
    why: 'Training and test images differ in size.',
    mend: 'Both must come from one data set.',
  },
  NAS7111: {
    slug: 'no-data-recognised',
    why: 'The folder holds no data set in a format that is read.',
    mend: 'The message lists the formats.',
  },
  NAS7112: {
    slug: 'unknown-data',
    why: 'There is neither a data set of this name nor such a folder.',
    mend: 'Give a known name or a folder.',
  },
  NAS7113: {
    slug: 'data-not-found',
    why: 'The files of a known data set are at none of the places where they are looked for.',
    mend: 'The message says how to get them.',
  },
  NAS7114: {
    slug: 'data-changed',
    why: 'The data are not those that the run was made with, so its result could not be continued.',
    mend: 'Give the run the data that it began with.',
  },
  NAS7115: {
    slug: 'too-few-examples',
    why: 'More images were asked for than the data have.',
    mend: 'Ask for fewer.',
  },
  NAS7116: {
    slug: 'empty-share',
    why: 'A share of the images is no whole image.',
    mend: 'Raise `examples` or the share.',
  },
  NAS7201: {
    slug: 'folder-not-empty',
    why: 'The folder for the run holds a run already, or something else. Nothing was overwritten.',
    mend: 'Resume that run, or name a new folder with `--out`.',
  },
  NAS7202: {
    slug: 'not-a-run',
    why: 'The folder is no run directory.',
    mend: 'Name the folder that `nasc run` printed.',
  },
  NAS7203: {
    slug: 'damaged-run-file',
    why: 'A file of the run was changed or damaged.',
    mend: 'Put it back as it was, or start a new run.',
  },
  NAS7204: {
    slug: 'run-of-other-format',
    why: 'The run was made by another version of nasc.',
    mend: 'Continue it with that version; run.json names it.',
  },
  NAS7205: {
    slug: 'run-of-other-space',
    why: 'The run belongs to another program, or the program has changed since.',
    mend: 'Start a new run.',
  },
  NAS7206: {
    slug: 'run-in-use',
    why: 'Another process is at work on this run.',
    mend: 'Wait for it, or stop it.',
  },
  NAS7207: {
    slug: 'damaged-journal',
    why: 'A line of the journal is no event. Only the last line can be cut short by a kill.',
    mend: 'Put the file back as it was, or delete the line.',
  },
  NAS7208: {
    slug: 'run-file-missing',
    why: 'A file of the run was deleted.',
    mend: 'Put it back, or start a new run.',
  },
  NAS7209: {
    slug: 'no-intact-checkpoint',
    why: 'Every checkpoint of the run is damaged.',
    mend: 'Put an intact copy in place, or let the run begin anew.',
  },
  NAS7210: {
    slug: 'disk-full',
    why: 'The disk, or your quota on it, is full.',
    mend: 'Make room, then resume: what was saved before is intact.',
  },
  NAS7211: {
    slug: 'permission-denied',
    why: 'The folder or file may not be written.',
    mend: 'Name another folder with `--out`.',
  },
  NAS7212: {
    slug: 'file-system',
    why: 'The file system refused to read or write.',
    mend: 'Check the path and the disk.',
  },
  NAS7213: {
    slug: 'damaged-checkpoint',
    why: 'The checkpoint does not have the checksum that it was saved with.',
    mend: 'Use another one; `nasc resume` takes the newest intact one.',
  },
  NAS7214: {
    slug: 'nothing-to-report',
    why: 'The run has not begun yet.',
    mend: 'Continue it, then report it.',
  },
  NAS7301: {
    slug: 'no-such-primitive',
    why: 'The space uses an `extern op` that the runtime cannot compute. It can be checked, counted and drawn all the same.',
    mend: 'Build the operation of the primitives that the message lists.',
  },
  NAS7302: {
    slug: 'no-such-pass',
    why: 'There is no optimisation pass of this name.',
    mend: 'Use one of those listed.',
  },
  NAS7303: {
    slug: 'padding-too-wide',
    why: 'The runtime pads an average pool by at most half of its window.',
    mend: 'Take a smaller padding, or `pad` before the pool.',
  },
  NAS7304: {
    slug: 'several-subsampled',
    why: 'The size of a map depends on several choices that are bound by `subsample`, and it can be scaled by one.',
    mend: 'Bind the others in another way.',
  },
  NAS7501: {
    slug: 'component-not-available',
    why: 'The search asks for a component that this version of the runtime does not have.',
    mend: 'Use one of those that the message lists.',
  },
  NAS7502: {
    slug: 'wrong-argument',
    why: 'An argument of a component is missing or of another kind.',
    mend: 'Give what the message asks for.',
  },
  NAS7503: {
    slug: 'temperatures-differ',
    why: 'All relaxations of a search share one temperature.',
    mend: 'Give all of them the same one.',
  },
  NAS7504: {
    slug: 'nothing-trained',
    why: 'The derivation reads weights that nothing trains.',
    mend: 'Relax the choice by something that has variables, such as `softmax`.',
  },
  NAS7505: {
    slug: 'all-excepted',
    why: '`except` leaves no option.',
    mend: 'Except fewer options.',
  },
  NAS7506: {
    slug: 'argmax-of-set',
    why: '`argmax` takes one option, and the choice takes a set.',
    mend: 'Derive it by `top(count)`.',
  },
  NAS7507: {
    slug: 'top-does-not-fit',
    why: '`top` keeps a number of inputs that the nodes do not take.',
    mend: 'Give `top` the number that the space says.',
  },
  NAS7508: {
    slug: 'top-without-operations',
    why: '`top` measures inputs by the weights of their operations, and there are none to choose between.',
    mend: 'Use it where every edge has a choice of operations.',
  },
  NAS7509: {
    slug: 'no-rule',
    why: 'No rule of `derive` decides one of the choices.',
    mend: 'Add a rule for it.',
  },
  NAS7510: {
    slug: 'setting-without-meaning',
    why: 'The runtime knows no such setting or block in this clause.',
    mend: 'Use one of those listed.',
  },
  NAS7511: {
    slug: 'setting-missing',
    why: 'A setting that the search needs is not given.',
    mend: 'The message says which, and how it is written.',
  },
  NAS7512: {
    slug: 'not-a-component',
    why: 'A component of std:search, or a number, must stand here.',
    mend: 'Write one of those that std:search declares.',
  },
  NAS7513: {
    slug: 'unknown-search',
    why: 'The file has no search, or none of this name.',
    mend: 'Give the name of one that it has with `--search`.',
  },
  NAS7514: {
    slug: 'unknown-scale',
    why: 'The search has no scale of this name.',
    mend: 'Give one that it has with `--scale`.',
  },
  NAS7515: {
    slug: 'wrong-shares',
    why: 'Shares of the training images lie above 0 % and come to at most 100 % together.',
    mend: 'Change the shares in the `train` clauses.',
  },
  NAS7516: {
    slug: 'not-a-plain-value',
    why: 'A param or setting takes numbers, truth values and strings.',
    mend: 'Set it to one.',
  },
  NAS7517: {
    slug: 'except-no-operation',
    why: '`except` names operations.',
    mend: 'Write `except none`, or another operation of the space.',
  },
  NAS7518: {
    slug: 'not-relaxed',
    why: 'A choice of the space is not relaxed, or a `relax` speaks of none.',
    mend: 'Relax every choice that is trained: `relax all by …`.',
  },
  NAS7520: {
    slug: 'diverged',
    why: 'The loss is no longer a number.',
    mend: 'Lower the learning rate or clip the gradient; the last checkpoint is intact.',
  },
  NAS7521: {
    slug: 'nothing-to-evaluate',
    why: 'The run has not derived or retrained what is to be evaluated.',
    mend: 'Go on with it first: `nasc resume`.',
  },
  NAS7523: {
    slug: 'other-evaluation',
    why: 'The run has weights of another architecture, or was made on images of another size.',
    mend: 'Ask for the inherited weights, or name fitting data.',
  },
} as const satisfies FailureTable
