import { change, changes, destroys, destructive, doubts, read, type Tools, unknown } from '../tool.ts'
import { judgeDate, judgeDd, judgeFind, judgeMount, judgeMv, judgeTar, startedByFind } from './judge-files.ts'

const finds = changes('writes files')

/** Programs for files, directories, disks and mounts. */
export const files: Tools = {
  'ls dir vdir stat readlink realpath basename dirname namei getfacl lsattr getcap locate which whereis type':
    read('looks at files'),
  file: read('tells what files are', { options: { '-C --compile': changes('writes a file') } }),
  tree: read('lists a directory', {
    valued: '-o -L -P -I',
    options: { '-o --output -R': changes('writes its output to a file') },
  }),
  'df du': read('shows how space is used'),
  lsof: read('shows open files', {
    valued: '-p -c -d -F -T -x -D',
    attached: '-i -u -g -s -r',
    plainOperands: true,
    options: { '-D': doubts('may write a cache') },
  }),
  'lsblk findmnt blkid fuser mountpoint': read('shows disks and open files', {
    options: {
      '-k --kill': changes('kills the processes that use a file'),
      '-w --cache-file -g --garbage-collect': changes('writes a cache'),
    },
  }),
  find: read('searches for files', {
    wordOptions: true,
    valued:
      '-name -iname -path -ipath -wholename -regex -iregex -lname -type -xtype -size -mtime -mmin -atime -amin -ctime -cmin -newer -anewer -cnewer -user -group -uid -gid -perm -maxdepth -mindepth -links -inum -samefile -fstype -printf -used -context -regextype -newermt',
    options: {
      '-delete': destroys('deletes what it finds'),
      '-fprint -fprint0 -fprintf -fls': finds,
    },
    judge: judgeFind,
    starts: startedByFind,
  }),
  'fd fdfind': read('searches for files', {
    options: { '-x --exec -X --exec-batch': doubts('starts another program') },
  }),
  'cp install': change('copies files'),
  mv: change('moves files', { judge: judgeMv, valued: '-t --target-directory -S --suffix' }),
  'ln link symlink': change('makes a link'),
  'rm rmdir unlink': destructive('deletes files'),
  truncate: destructive('cuts a file'),
  'mkfs mkfs.ext4 mkfs.ext3 mkfs.xfs mkfs.btrfs mkfs.vfat mke2fs mkswap wipefs blkdiscard':
    destructive('wipes a disk'),
  'touch mkdir mkfifo mknod mktemp': change('creates a file'),
  'chmod chown chgrp chattr setfacl setcap chcon restorecon': change('changes permissions or attributes'),
  'fallocate fsfreeze fstrim resize2fs xfs_growfs': change('changes a filesystem'),
  'dumpe2fs xfs_info': read('looks at a filesystem'),
  hdparm: change('changes how a disk works', {
    options: { '-I -i -t -T -g -C -H -V': { effect: 'read', because: 'looks at a disk' } },
  }),
  nvme: unknown('works on a disk', {
    judge: ({ operands }) =>
      /^(?:list|list-subsys|smart-log|id-ctrl|id-ns|error-log|version)$/.test(operands[0]?.text ?? '')
        ? { effect: 'read', because: 'looks at a disk' }
        : undefined,
  }),
  'pvcreate vgcreate lvcreate lvextend vgextend lvresize': change('changes volumes'),
  'pvremove vgremove lvremove lvreduce': destructive('removes volumes'),
  mount: change('mounts a filesystem', { judge: judgeMount, valued: '-t --types -o --options -L -U -O -N' }),
  umount: change('unmounts a filesystem', {
    options: { '-f --force -l --lazy': destroys('unmounts what is in use') },
  }),
  swapon: change('turns swap on', {
    flags: '--bytes --noheadings --raw -v --verbose',
    options: { '--show -s --summary': { effect: 'read', because: 'lists swap' } },
    judge: ({ operands, options }) =>
      operands.length === 0 && options.length === 0 ? { effect: 'read', because: 'lists swap' } : undefined,
  }),
  swapoff: change('turns swap off'),
  dd: destructive('copies blocks over a file or disk', { judge: judgeDd }),
  'tar bsdtar': change('writes an archive or unpacks one', { judge: judgeTar, optionsFirst: true }),
  'gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lz4': change('replaces the file', {
    flags:
      '-d --decompress --uncompress -k --keep -f --force -v --verbose -q --quiet -n -N -1 -2 -3 -4 -5 -6 -7 -8 -9',
    options: {
      '-c --stdout --to-stdout -l --list -t --test': { effect: 'read', because: 'prints or tests' },
    },
  }),
  unzip: change('unpacks an archive', {
    flags: '-q',
    options: { '-l -t -v -p -Z': { effect: 'read', because: 'lists an archive' } },
  }),
  'zip rsync scp cpio ar 7z': change('copies files'),
  date: read('shows the time', {
    judge: judgeDate,
    valued: '-d --date -f --file -r --reference -s --set',
    attached: '-I',
    options: { '-s --set': changes('sets the clock') },
  }),
  'cal ncal': read('shows a calendar'),
  sync: change('writes buffers to disk'),
}
