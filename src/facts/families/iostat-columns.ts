const reads = 'r/s rkB/s rrqm/s %rrqm r_await rareq-sz'
const writes = 'w/s wkB/s wrqm/s %wrqm w_await wareq-sz'
const discards = 'd/s dkB/s drqm/s %drqm d_await dareq-sz'

/** The columns of `iostat -x` in sysstat 12.5, 12.0, 11.6, 10 and 9. */
const layouts: readonly (readonly string[])[] = [
  `Device ${reads} ${writes} ${discards} f/s f_await aqu-sz %util`,
  `Device ${reads} ${writes} ${discards} aqu-sz %util`,
  'Device r/s w/s rkB/s wkB/s rrqm/s wrqm/s %rrqm %wrqm r_await w_await aqu-sz rareq-sz wareq-sz svctm %util',
  'Device rrqm/s wrqm/s r/s w/s rkB/s wkB/s avgrq-sz avgqu-sz await r_await w_await svctm %util',
  'Device rrqm/s wrqm/s r/s w/s rsec/s wsec/s avgrq-sz avgqu-sz await svctm %util',
].map(titles => titles.split(' '))

/** The titles of an extended row that a filter left without its header, told by how many cells it has. */
export const extendedTitles = (cells: readonly string[]): readonly string[] =>
  layouts.find(titles => titles.length === cells.length) ?? []
