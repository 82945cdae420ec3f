import type { FailureSection } from './entry.js'

/** NAS7001 to NAS7029: backends, and the installation of native TensorFlow. */
export const backendCatalogue = {
  'kernels-missing': {
    code: 'NAS7001',
    message: 'The kernel module {path} is missing.',
    help: 'Build it: `npm run build`.',
    why: 'The compiled kernels of the embedded backend are not where they should be.',
  },
  'kernels-stale': {
    code: 'NAS7002',
    message: 'The kernel module {path} lacks kernels.',
    help: 'It is stale; build it again: `npm run build`.',
    why: 'The compiled kernels are older than the runtime.',
  },
  'out-of-memory': {
    code: 'NAS7003',
    message: '{purpose} needs {needed}, and {limit}.',
    help: 'Take a smaller batch, fewer cells or fewer channels, or a backend without this limit (`nasc doctor` lists them).',
    why: 'The program needs more memory than there is. What is needed is known before the first step.',
  },
  'backend-did-not-start': {
    code: 'NAS7004',
    message: 'The WebAssembly backend of TensorFlow.js did not start.',
    help: 'Reinstall the package with `npm ci`, or go on slowly with `--backend cpu`.',
    why: 'The files of the backend are missing or damaged, or this Node cannot run them.',
  },
  'tensorflow-not-installed': {
    code: 'NAS7005',
    message: 'Native TensorFlow is not installed.',
    help: 'Install it with `nasc backend install tensorflow`, or take the embedded backend with `--backend wasm`.',
    why: 'Native TensorFlow was asked for and is not installed.',
  },
  'tensorflow-does-not-load': {
    code: 'NAS7006',
    message: 'Native TensorFlow in {folder} does not load: {reason}.',
    help: 'Build it again with `nasc backend install tensorflow`, or take the embedded backend with `--backend wasm`.',
    why: 'Native TensorFlow is installed and does not load: of another Node, another C library, or damaged.',
  },
  'thread-failed': {
    code: 'NAS7008',
    message: 'A thread of the wasm backend has failed in the middle of a step, whose results are lost.',
    help: 'Go on from the last checkpoint with `nasc resume`; with `--threads 1` if it happens again. Results are the same.',
    why: 'A thread of the embedded backend failed in the middle of a step, whose results are lost.',
  },
  'install-needs-linux': {
    code: 'NAS7010',
    message: 'Native TensorFlow can be built on Linux only, and this is {platform}.',
    help: 'The embedded backend needs none of this: `--backend wasm`.',
    why: 'Native TensorFlow is built from a wheel for Linux.',
  },
  'install-needs-older-node': {
    code: 'NAS7011',
    message: 'tfjs-node 4.22.0 needs a Node that is not newer than 22, and this is {version}.',
    help: 'Run nasc with Node 20 or 22. The embedded backend needs none of this: `--backend wasm`.',
    why: 'The binding of TensorFlow does not compile for this Node.',
  },
  'install-needs-glibc': {
    code: 'NAS7012',
    message: 'TensorFlow is built against glibc, and this Linux has another C library (Alpine has musl).',
    help: 'Use a distribution with glibc, such as the image node:20-slim. The embedded backend needs none of this: `--backend wasm`.',
    why: 'The wheels of TensorFlow are built against glibc.',
  },
  'install-needs-compiler': {
    code: 'NAS7013',
    message: '`{tool}` is missing, which the addon is built with.',
    help: 'Install a C++ compiler and make: `apt install g++ make`, `dnf install gcc-c++ make`.',
    why: 'The binding is compiled on this machine, and there is no compiler or no make.',
  },
  'install-needs-python': {
    code: 'NAS7014',
    message: 'There is no Python 3 on the PATH; wheels are fetched and unpacked with it, and addons are built with it.',
    help: 'Install Python 3 with pip: `apt install python3 python3-pip`, `dnf install python3 python3-pip`.',
    why: 'Wheels are fetched and unpacked with Python and pip.',
  },
  'install-needs-space': {
    code: 'NAS7015',
    message: '{folder} is on a disk with {free} free, and the installation needs {needed}.',
    help: 'Free some space, or set XDG_DATA_HOME to a folder on another disk.',
    why: 'There is too little free space on the disk.',
  },
  'wheel-not-fetched': {
    code: 'NAS7016',
    message: 'pip could not fetch {wheel}: {reason}.',
    help: 'Look after the network, or fetch the wheel elsewhere (`pip download --no-deps tensorflow-cpu`) and name it: `--wheel FILE`.',
    why: 'The wheel of TensorFlow could not be fetched with pip.',
  },
  'not-a-tensorflow': {
    code: 'NAS7017',
    message: '{source} is no TensorFlow that can be built against: it lacks {missing}.',
    help: 'Take a wheel of tensorflow or tensorflow-cpu for Linux with `--wheel FILE`, or the folder of an installed one with `--from DIR`.',
    why: 'The wheel or folder lacks what the binding is built against.',
  },
  'npm-failed': {
    code: 'NAS7018',
    message: 'npm could not install a package that is needed: {reason}.',
    help: 'Look after the network. All of it: {log}',
    why: 'A package that the binding needs could not be installed with npm.',
    fix: 'Look after the network; the help names the log.',
  },
  'binding-does-not-compile': {
    code: 'NAS7019',
    message: 'The addon does not compile: {reason}.',
    help: 'All that the compiler said: {log}',
    why: 'The compiler refused the binding.',
    fix: 'The log that the help names says why.',
  },
  'self-test-failed': {
    code: 'NAS7020',
    message: 'Native TensorFlow was built, but its self-test failed: {reason}.',
    help: 'Nothing was changed. Try another TensorFlow with `--wheel FILE` or `--from DIR`.',
    why: 'The binding was built and does not compute what it should. Nothing was changed.',
  },
} as const satisfies FailureSection
