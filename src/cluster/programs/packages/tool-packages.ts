/** Packages of tools that a server has beside those of its system: name and version on Ubuntu 22.04 and on CentOS 7, commands, what it is. */
const table = `
sysstat|12.5.2-2ubuntu0.2|sysstat|10.1.5-20.el7_9|iostat mpstat pidstat sar|system performance tools
iotop|0.6-24-g733f3f8-1.1ubuntu0.1|iotop|0.6-4.el7|iotop|simple top-like I/O monitor
lsof|4.93.2+dfsg-1.1build2|lsof|4.87-6.el7|lsof|utility to list open files
psmisc|23.4-2build3|psmisc|22.20-17.el7|fuser killall pstree|utilities that use the proc file system
tcpdump|4.99.1-3ubuntu0.2|tcpdump|4.9.2-4.el7_7.1|tcpdump|command-line network traffic analyzer
netcat-openbsd|1.218-4ubuntu1|nmap-ncat|6.40-19.el7|nc netcat|TCP/IP swiss army knife
bind9-dnsutils|1:9.18.28-0ubuntu0.22.04.1|bind-utils|9.11.4-26.P2.el7_9.16|dig nslookup|Clients provided with BIND 9
bind9-host|1:9.18.28-0ubuntu0.22.04.1|||host|DNS Lookup Utility
jq|1.6-2.1ubuntu3|jq|1.6-2.el7|jq|lightweight and flexible command-line JSON processor
traceroute|1:2.1.0-2|traceroute|2.0.22-2.el7|traceroute|Traces the route taken by packets over an IPv4/IPv6 network
ethtool|1:5.16-1ubuntu0.1|ethtool|4.8-10.el7|ethtool|display or change Ethernet device settings
htop|3.0.5-7build2|htop|2.2.0-3.el7|htop|interactive processes viewer
wget|1.21.2-2ubuntu1|wget|1.14-18.el7_6.1|wget|retrieves files from the web
vim|2:8.2.3995-1ubuntu2.17|vim-enhanced|7.4.629-8.el7_9|vim|Vi IMproved - enhanced vi editor
nano|6.2-1|nano|2.3.1-10.el7|nano|small, friendly text editor
tree|2.0.2-1|tree|1.6.0-10.el7|tree|displays an indented directory tree
less|590-1ubuntu0.22.04.3|less|458-9.el7|less|pager program similar to more
findutils|4.8.0-1ubuntu3|findutils|4.5.11-6.el7|find xargs|utilities for finding files
grep|3.7-1build1|grep|2.20-3.el7|grep egrep fgrep|GNU grep, egrep and fgrep
sed|4.8-1ubuntu2|sed|4.2.2-7.el7|sed|GNU stream editor for filtering/transforming text
mawk|1.3.4.20200120-3|gawk|4.0.2-4.el7_3.1|awk|Pattern scanning and text processing language
tar|1.34+dfsg-1ubuntu0.1.22.04.2|tar|1.26-35.el7|tar|GNU version of the tar archiving utility
gzip|1.10-4ubuntu4.1|gzip|1.5-11.el7_9|gzip gunzip zcat zgrep zless|GNU compression utilities
debianutils|5.5-1ubuntu2|which|2.20-7.el7|which|Displays where a program lies
file|1:5.41-3ubuntu0.1|file|5.11-37.el7|file|Recognize the type of data in a file using "magic" numbers
diffutils|1:3.8-0ubuntu2|diffutils|3.3-6.el7_9|diff cmp|File comparison utilities
hostname|3.23ubuntu2|hostname|3.13-3.el7_7.1|hostname|utility to set/show the host name or domain name
passwd|1:4.8.1-2ubuntu2.2|shadow-utils|4.6-5.el7|useradd userdel usermod groupadd groupdel chage lastlog|change and administer password and group data
iputils-ping|3:20211215-1|iputils|20160308-10.el7|ping|Tools to test the reachability of network hosts
openssh-client|1:8.9p1-3ubuntu0.7|openssh-clients|7.4p1-23.el7_9|ssh scp|secure shell (SSH) client, for secure access to remote machines
mtr-tiny|0.95-1|mtr|0.85-7.el7|mtr|Full screen traceroute tool
conntrack|1:1.4.6-2build2|conntrack-tools|1.4.4-7.el7|conntrack|Program to modify the conntrack tables
ipvsadm|1:1.31-1build2|ipvsadm|1.27-8.el7|ipvsadm|Linux Virtual Server support programs
nftables|1.0.2-1ubuntu3|nftables|0.8-14.el7|nft|Program to control packet filtering rules by Netfilter project
smartmontools|7.2-1ubuntu2|smartmontools|7.0-2.el7|smartctl|control and monitor storage systems using S.M.A.R.T.
nfs-common|1:2.6.1-1ubuntu1.2|nfs-utils|1.3.0-0.68.el7.2|showmount|NFS support files common to client and server
man-db|2.10.2-1|man-db|2.6.3-11.el7|man apropos whatis|tools for reading manual pages
ncurses-bin|6.3-2ubuntu0.1|ncurses|5.9-14.20130511.el7_4|clear reset tput|terminal-related programs and man pages
xxd|2:8.2.3995-1ubuntu2.17|vim-common|7.4.629-8.el7_9|xxd|tool to make (or reverse) a hex dump
binutils|2.38-4ubuntu2.6|binutils|2.27-44.base.el7_9.1|strings|GNU assembler, linker and binary utilities
time|1.9-0.1build2|time|1.7-45.el7|time|GNU time program for measuring CPU resource usage
`

/** The same as rows; an empty name: not there. */
export const toolRows: readonly (readonly string[])[] = table
  .trim()
  .split('\n')
  .map(line => line.split('|'))

/** The commands of packages of the system, by its name on either distribution. */
export const systemCommands: Readonly<Record<string, string>> = {
  coreutils:
    'arch base64 basename cat chgrp chmod chown chroot comm cp cut date dd df dir dirname du echo env expand expr false fold groups head id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste printenv printf pwd readlink realpath rm rmdir seq sha1sum sha256sum shuf sleep sort split stat stdbuf stty sync tac tail tee timeout touch tr true truncate tty uname unexpand uniq users wc who whoami yes',
  procps: 'free pgrep pkill pidof sysctl uptime vmstat w watch',
  'procps-ng': 'free pgrep pkill pidof sysctl uptime vmstat w watch',
  'util-linux':
    'agetty chrt dmesg fallocate fdisk findmnt flock getopt hwclock ionice last lastb logger losetup lscpu lsns mkswap more nsenter prlimit renice rev runuser setsid su swapoff swapon taskset umount uuidgen',
  systemd:
    'hostnamectl loginctl systemd-analyze systemd-cgls systemd-cgtop systemd-detect-virt systemd-run systemd-tmpfiles timedatectl udevadm',
  iproute: 'ip ss tc bridge nstat',
  iproute2: 'ip ss tc bridge nstat',
  'net-tools': 'arp ifconfig netstat route',
  kmod: 'depmod kmod lsmod modinfo modprobe rmmod',
  e2fsprogs: 'chattr lsattr e2fsck',
  iptables: 'iptables iptables-save iptables-restore',
  lvm2: 'lvdisplay lvs lvscan pvdisplay pvs pvscan vgdisplay vgs vgscan',
  bash: 'bash',
  sudo: 'visudo',
}
