import { Failure } from '../../../ir/failure.js'

const otherwise = 'The embedded backend needs none of this: `--backend wasm`.'

/** What can go wrong when native TensorFlow is installed; one place, so that codes are given once. */
export const installFailures = {
  platform: (platform: string) =>
    new Failure('NAS7010', `native TensorFlow can be built on Linux only, and this is ${platform}`, otherwise),
  node: (version: string) =>
    new Failure(
      'NAS7011',
      `tfjs-node 4.22.0 needs a Node that is not newer than 22, and this is ${version}`,
      `Run nasc with Node 20 or 22. ${otherwise}`,
    ),
  libc: () =>
    new Failure(
      'NAS7012',
      'TensorFlow is built against glibc, and this Linux has another C library (Alpine has musl)',
      `Use a distribution with glibc, such as the image node:20-slim. ${otherwise}`,
    ),
  compiler: (missing: string) =>
    new Failure(
      'NAS7013',
      `\`${missing}\` is missing, which the addon is built with`,
      'Install a C++ compiler and make: `apt install g++ make`, `dnf install gcc-c++ make`.',
    ),
  python: () =>
    new Failure(
      'NAS7014',
      'there is no Python 3 on the PATH; wheels are fetched and unpacked with it, and addons are built with it',
      'Install Python 3 with pip: `apt install python3 python3-pip`, `dnf install python3 python3-pip`.',
    ),
  space: (folder: string, needed: number, free: number) =>
    new Failure(
      'NAS7015',
      `${folder} is on a disk with ${gigabytes(free)} free, and the installation needs ${gigabytes(needed)}`,
      'Free some space, or set XDG_DATA_HOME to a folder on another disk.',
    ),
  fetch: (wheel: string, why: string) =>
    new Failure(
      'NAS7016',
      `pip could not fetch ${wheel}: ${why}`,
      'Look after the network, or fetch the wheel elsewhere (`pip download --no-deps tensorflow-cpu`) and name it: `--wheel FILE`.',
    ),
  wheel: (source: string, missing: string) =>
    new Failure(
      'NAS7017',
      `${source} is no TensorFlow that can be built against: it lacks ${missing}`,
      'Take a wheel of tensorflow or tensorflow-cpu for Linux with `--wheel FILE`, or the folder of an installed one with `--from DIR`.',
    ),
  npm: (why: string, log: string) =>
    new Failure(
      'NAS7018',
      `npm could not install a package that is needed: ${why}`,
      `Look after the network. All of it: ${log}`,
    ),
  build: (why: string, log: string) =>
    new Failure('NAS7019', `the addon does not compile: ${why}`, `All that the compiler said: ${log}`),
  selfTest: (why: string) =>
    new Failure(
      'NAS7020',
      `native TensorFlow was built, but its self-test failed: ${why}`,
      'Nothing was changed. Try another TensorFlow with `--wheel FILE` or `--from DIR`.',
    ),
} as const

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
