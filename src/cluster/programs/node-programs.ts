import { onMachines, type Program } from '../shell/program.ts'
import { df } from './disk/df.ts'
import { diskHealth } from './disk/disk-health.ts'
import { du } from './disk/du.ts'
import { findmnt } from './disk/findmnt.ts'
import { lsblk } from './disk/lsblk.ts'
import { mount, umount } from './disk/mount.ts'
import { volumeTools } from './disk/volumes.ts'
import { dmesg } from './dmesg.ts'
import { attributes } from './files/attributes.ts'
import { shuf, uuidgen } from './files/by-chance.ts'
import { column } from './files/column.ts'
import { cp } from './files/cp.ts'
import { cut } from './files/cut.ts'
import { cmp, diff } from './files/diff.ts'
import { dumps } from './files/dump-bytes.ts'
import { file } from './files/file.ts'
import { find } from './files/find.ts'
import { grep } from './files/grep/grep.ts'
import { zgrep } from './files/grep/zgrep.ts'
import { head } from './files/head.ts'
import { install } from './files/install.ts'
import { jq } from './files/jq.ts'
import { ln } from './files/ln.ts'
import { ls } from './files/ls.ts'
import { dd, fallocate, sync, truncate } from './files/make-files.ts'
import { mkdir } from './files/mkdir.ts'
import { specialFiles } from './files/mknod.ts'
import { mktemp } from './files/mktemp.ts'
import { mv } from './files/mv.ts'
import { numfmt } from './files/numfmt.ts'
import { chown } from './files/owner.ts'
import { editors, less } from './files/pagers.ts'
import { pythons } from './files/python.ts'
import { realpath } from './files/realpath.ts'
import { rm } from './files/rm.ts'
import { sort } from './files/sort.ts'
import { stat } from './files/stat.ts'
import { tail } from './files/tail.ts'
import { tar } from './files/tar.ts'
import { textTools, tr } from './files/text-tools.ts'
import { touch } from './files/touch.ts'
import { uniq } from './files/uniq.ts'
import { wc } from './files/wc.ts'
import { xxd } from './files/xxd.ts'
import { hostnamectl } from './hostnamectl.ts'
import { journalctl } from './journalctl/journalctl.ts'
import { bash } from './manners/bash.ts'
import { env, history, printenv, yes } from './manners/environment.ts'
import { jobControl } from './manners/job-control.ts'
import { rewrittenWords } from './manners/rewritten-words.ts'
import { quietBuiltins, su, ulimit, umask, wrappers } from './manners/shell-manners.ts'
import { watch } from './manners/watch.ts'
import { xargs } from './manners/xargs.ts'
import { apt, aptMark } from './packages/apt.ts'
import { dpkg } from './packages/dpkg.ts'
import { rpm } from './packages/rpm.ts'
import { fuser } from './process/fuser.ts'
import { ionice } from './process/ionice.ts'
import { kill, pgrep, pkill } from './process/kill.ts'
import { lsns } from './process/lsns.ts'
import { lsof } from './process/lsof.ts'
import { nsenter } from './process/nsenter.ts'
import { pidof } from './process/pidof.ts'
import { prlimit } from './process/prlimit.ts'
import { ps } from './process/ps.ts'
import { pstree } from './process/pstree.ts'
import { renice } from './process/renice.ts'
import { strace } from './process/strace.ts'
import { top } from './process/top.ts'
import { cgtop } from './statistics/cgtop.ts'
import { free } from './statistics/free.ts'
import { iostat } from './statistics/iostat.ts'
import { iotop } from './statistics/iotop.ts'
import { last } from './statistics/last.ts'
import { loginctl } from './statistics/loginctl.ts'
import { mpstat } from './statistics/mpstat.ts'
import { pidstat } from './statistics/pidstat.ts'
import { sar } from './statistics/sar.ts'
import { uptime } from './statistics/uptime.ts'
import { vmstat } from './statistics/vmstat.ts'
import { presence } from './statistics/who.ts'
import { chronyc } from './system/chronyc.ts'
import { hwclock, timedatectl } from './system/clock.ts'
import { getconf, lsbRelease, tty } from './system/configuration.ts'
import { crontab, runParts } from './system/crontab.ts'
import { date } from './system/date.ts'
import { detectVirt, id, nproc, uname } from './system/identity.ts'
import { logger } from './system/logger.ts'
import { logrotate } from './system/logrotate.ts'
import { manual } from './system/manual.ts'
import { lsmod, modprobe } from './system/modules.ts'
import { passwords } from './system/passwords.ts'
import { aaStatus, selinux } from './system/security.ts'
import { runlevel, service } from './system/service.ts'
import { sshdProgram } from './system/sshd.ts'
import { swapon } from './system/swap.ts'
import { sysctl } from './system/sysctl.ts'
import { systemdTmpfiles } from './system/systemd-tmpfiles.ts'
import { users } from './system/users.ts'
import { visudo } from './system/visudo.ts'
import { analyze } from './systemctl/analyze.ts'
import { cgls } from './systemctl/cgls.ts'
import { power } from './systemctl/power.ts'
import { systemdRun } from './systemctl/run-transient.ts'
import { systemctl } from './systemctl/systemctl.ts'

const powerPrograms: Program = {
  names: ['reboot', 'shutdown', 'poweroff', 'halt'],
  isInstalled: onMachines,
  run: power,
}

/** The programs of a node: units and journals, processes, memory, disks, files, clock, kernel. */
export const nodePrograms: readonly Program[] = [
  aaStatus,
  bash,
  analyze,
  cgls,
  ...attributes,
  chown,
  chronyc,
  diskHealth,
  crontab,
  runParts,
  date,
  dd,
  detectVirt,
  diff,
  df,
  dmesg,
  du,
  editors,
  env,
  fallocate,
  file,
  find,
  findmnt,
  free,
  fuser,
  grep,
  history,
  hostnamectl,
  hwclock,
  id,
  iostat,
  iotop,
  jobControl,
  ...pythons,
  journalctl,
  kill,
  last,
  less,
  loginctl,
  logrotate,
  ls,
  lsblk,
  lsmod,
  lsns,
  lsof,
  modprobe,
  getconf,
  tty,
  lsbRelease,
  mount,
  mpstat,
  nproc,
  nsenter,
  pgrep,
  pidof,
  pkill,
  printenv,
  powerPrograms,
  ps,
  quietBuiltins,
  renice,
  ionice,
  selinux,
  ...rewrittenWords,
  shuf,
  sort,
  stat,
  su,
  swapon,
  sync,
  sysctl,
  systemdTmpfiles,
  systemctl,
  systemdRun,
  tail,
  tar,
  mktemp,
  jq,
  cmp,
  volumeTools,
  column,
  cp,
  mv,
  ln,
  install,
  mkdir,
  rm,
  textTools,
  touch,
  tr,
  timedatectl,
  top,
  truncate,
  ...specialFiles,
  numfmt,
  ulimit,
  umask,
  umount,
  visudo,
  uname,
  uniq,
  cut,
  wc,
  head,
  realpath,
  ...dumps,
  uptime,
  uuidgen,
  vmstat,
  watch,
  ...presence,
  wrappers,
  yes,
  xargs,
  zgrep,
  apt,
  aptMark,
  dpkg,
  logger,
  manual,
  pstree,
  rpm,
  strace,
  passwords,
  sshdProgram,
  pidstat,
  sar,
  prlimit,
  cgtop,
  service,
  runlevel,
  users,
  xxd,
]
