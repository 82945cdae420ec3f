// Stands in for `cliui`, with which yargs lays out help texts, where yargs is packed: nasc asks yargs for none.
export default function cliui() {
  throw new Error('nasc writes its help texts itself')
}
