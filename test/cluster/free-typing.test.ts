import { describe, expect, it } from 'vitest'
import { openShell, openWorld } from './kit.ts'

describe('what an engineer types freely', () => {
  it('changes nothing by a dry run, and says so', async () => {
    const shell = openShell()
    const drained = await shell.run(
      'kubectl drain worker-1 --ignore-daemonsets --delete-emptydir-data --force --dry-run=client',
    )
    expect(drained.stdout).toMatch(/^node\/worker-1 cordoned \(dry run\)\nevicting pod /)
    expect(drained.stdout).toMatch(/\nnode\/worker-1 drained \(dry run\)\n$/)
    expect(drained.stdout).not.toContain('evicted')
    const said = await shell.run(
      'kubectl delete pod db-0 -n shop --dry-run=server; kubectl scale deploy web -n shop --replicas=0 --dry-run=client',
    )
    expect(said.stdout).toBe('pod "db-0" deleted (server dry run)\ndeployment.apps/web scaled (dry run)\n')
    const after = await shell.run(
      'kubectl get node worker-1; kubectl get pod db-0 -n shop; kubectl get deploy web -n shop',
    )
    expect(after.stdout).toMatch(/worker-1 +Ready +<none>/)
    expect(after.stdout).toMatch(/db-0 +1\/1 +Running/)
    expect(after.stdout).toMatch(/web +3\/3/)
  })

  it('waits until something is so, or says that it is not', async () => {
    const shell = openShell()
    expect(await shell.run('kubectl wait --for=condition=Ready node --all --timeout=5s')).toMatchObject({
      stdout: 'node/cp-1 condition met\nnode/worker-1 condition met\nnode/worker-2 condition met\n',
      exit: 0,
    })
    expect(
      await shell.run("kubectl wait pod/db-0 -n shop --for=jsonpath='{.status.phase}'=Failed --timeout=2s"),
    ).toMatchObject({
      stderr: 'error: timed out waiting for the condition on pods/db-0\n',
      exit: 1,
    })
    await shell.run('kubectl rollout restart deploy -n shop')
    const rolled = await shell.run('kubectl rollout status deploy -n shop')
    expect(rolled.stdout).toContain('deployment "web" successfully rolled out')
    expect(rolled.stdout).toContain('deployment "worker" successfully rolled out')
  })

  it('asks for sockets by their state', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    const { stdout } = await shell.run('ss -Htan state connected; ss -Htan state listening state established')
    const states = stdout.split('\n').flatMap(line => line.split(' ')[0] || [])
    expect(new Set(states)).toEqual(new Set(['ESTAB', 'LISTEN']))
    expect((await shell.run('ss -tan state established')).stdout).toMatch(
      /^Recv-Q Send-Q +Local Address:Port .*\n0 +0 +10\.0\.4\.21:/,
    )
  })

  it('acts as the user that was named', async () => {
    const shell = openShell()
    expect(
      (await shell.run('sudo -u nobody id -un; sudo id -un; sudo -u nobody sh -c "whoami; pwd"')).stdout,
    ).toBe('nobody\nroot\nnobody\n/root\n')
    expect(await shell.run('sudo -u nosuch id')).toMatchObject({ exit: 1 })
    await shell.run('sudo -iu nobody')
    expect((await shell.run('whoami')).stdout).toBe('nobody\n')
    await shell.run('exit')
    expect((await shell.run('whoami')).stdout).toBe('root\n')
  })

  it('copies files between machines', async () => {
    const shell = openShell()
    await shell.run('mkdir -p /tmp/a/b; echo one > /tmp/a/b/c')
    expect(await shell.run('scp -r /tmp/a root@worker-1:/tmp/; ssh worker-1 cat /tmp/a/b/c')).toMatchObject({
      stdout: 'one\n',
      stderr: '',
    })
    expect((await shell.run('scp worker-1:/etc/hostname here; cat here')).stdout).toBe('worker-1\n')
    expect(await shell.run('scp worker-1:/none .')).toMatchObject({
      stderr: 'scp: /none: No such file or directory\n',
      exit: 1,
    })
  })

  it('keeps a copy before it changes something, and brings it back', async () => {
    const shell = openShell()
    const line =
      'tar czf /root/etc.tgz -C / etc/hosts && rm /etc/hosts && tar tzf /root/etc.tgz && tar xzf /root/etc.tgz -C / && grep -c localhost /etc/hosts'
    expect((await shell.run(line)).stdout).toMatch(/^etc\/hosts\n\d+\n$/)
  })

  it('copies files into containers and out of them', async () => {
    const shell = openShell()
    await shell.run('echo one > /tmp/one; kubectl cp /tmp/one shop/db-0:/tmp/two')
    expect((await shell.run('kubectl exec -n shop db-0 -- cat /tmp/two')).stdout).toBe('one\n')
    expect((await shell.run('kubectl cp -n shop db-0:/tmp/two three && cat three')).stdout).toBe('one\n')
    expect(await shell.run('kubectl cp shop/db-0:/none /tmp/none')).toMatchObject({ exit: 1 })
    expect(await shell.run('kubectl cp shop/nosuch:/etc/hosts /tmp/none')).toMatchObject({
      stderr: 'Error from server (NotFound): pods "nosuch" not found\n',
      exit: 1,
    })
  })

  it('runs a command in Planet behind two dashes, and finds the containers of k3s', async () => {
    const planet = openShell(openWorld('gravity'))
    const line = 'sudo gravity enter -- --notty /usr/bin/kubectl -- get nodes --no-headers | wc -l'
    expect((await planet.run(line)).stdout.trim()).toBe('3')
    const k3s = openShell(openWorld('k3s'))
    expect((await k3s.run('ssh k3s-control-1 k3s ctr c ls | wc -l')).stdout.trim()).not.toBe('1')
  })

  it('finds on one file system alone where that is asked', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    const run = async (line: string) => (await shell.run(line)).stdout
    await shell.run('fallocate -l 300M /var/tmp/big; fallocate -l 300M /root/big')
    expect(await run('find / -xdev -type f -name big')).toBe('/root/big\n')
    expect(await run('find /var -xdev -name big -size +100M')).toBe('/var/tmp/big\n')
    expect(await run("find /var -xdev -name big -printf '%f\\n'")).toBe('big\n')
    expect(await run("find /var/tmp -xdev -type f -size +100M -printf '%p\\n'")).toBe('/var/tmp/big\n')
    expect((await run('find / -type f -name big')).split('\n').sort()).toEqual([
      '',
      '/root/big',
      '/var/tmp/big',
    ])
  })

  it('runs the programs of services as far as they answer, by path too', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    expect(await shell.run('kubelet --version; /usr/sbin/logrotate -f /etc/logrotate.conf')).toMatchObject({
      stdout: 'Kubernetes v1.28.9\n',
      stderr: '',
      exit: 0,
    })
  })

  it('asks etcd by its variables, and by a bare address', async () => {
    const shell = openShell()
    await shell.run('ssh cp-1')
    const pki = '/etc/kubernetes/pki/etcd'
    await shell.run(
      `export ETCDCTL_CACERT=${pki}/ca.crt ETCDCTL_CERT=${pki}/server.crt ETCDCTL_KEY=${pki}/server.key`,
    )
    expect((await shell.run('etcdctl endpoint health 2>&1')).stdout).toMatch(/^127\.0\.0\.1:2379 is healthy/)
    expect((await shell.run('etcdctl endpoint status | wc -l')).stdout.trim()).toBe('1')
    expect(
      (await shell.run('env -u ETCDCTL_CACERT -u ETCDCTL_CERT -u ETCDCTL_KEY etcdctl member list')).exit,
    ).toBe(1)
  })

  it('tells a member without a majority from one that does not answer', async () => {
    const shell = openShell(openWorld('gravity'))
    for (const node of ['node-2', 'node-3']) await shell.run(`ssh ${node} gravity exec systemctl stop etcd`)
    const { stdout, exit } = await shell.run('gravity exec etcdctl cluster-health')
    expect(stdout.match(/is unhealthy: got unhealthy result from/g)).toHaveLength(1)
    expect(stdout.match(/is unreachable/g)).toHaveLength(2)
    expect(stdout).toMatch(/cluster is unavailable\n$/)
    expect(exit).toBe(5)
  })

  it.each(['mks', 'k3s', 'gravity'] as const)('finds every workload of %s complete at first', async name => {
    const { stdout } = await openShell(openWorld(name)).run(
      'kubectl get deploy,sts -A --no-headers | awk \'{split($3, n, "/"); if (n[1] != n[2]) print $2}\'',
    )
    expect(stdout).toBe('')
  })

  it('sees on the wire what connections there are', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    expect((await shell.run('ss -Htn state established dport = :6443')).stdout).toContain('10.0.4.11:6443')
    const seen = await shell.run('tcpdump -ni any -c 3 port 6443')
    expect(seen.stdout.trim().split('\n')).toHaveLength(3)
    expect(seen.stderr).toContain('\n3 packets captured\n')
    await shell.run('systemctl stop kubelet')
    expect((await shell.run('ss -Htnp state established dport = :6443 | grep kubelet')).stdout).toBe('')
  })

  it('compares files as diff does', async () => {
    const shell = openShell()
    await shell.run('seq 12 > a; sed -e s/3/three/ -e 9d a > b; echo 13 >> b')
    expect(await shell.run('diff a b')).toMatchObject({
      stdout: '3c3\n< 3\n---\n> three\n9d8\n< 9\n12a12\n> 13\n',
      exit: 1,
    })
    expect((await shell.run('diff -u a b | tail -n +3')).stdout).toBe(
      '@@ -1,12 +1,12 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n 7\n 8\n-9\n 10\n 11\n 12\n+13\n',
    )
    expect(await shell.run('diff a a; diff -q a b; diff a none')).toMatchObject({
      stdout: 'Files a and b differ\n',
      stderr: 'diff: none: No such file or directory\n',
      exit: 2,
    })
  })

  it('goes on in the next line where a command is not whole', () => {
    const { needsMore } = openShell()
    const begun = [
      'cat <<EOF',
      'cat <<EOF\nx',
      'if true; then',
      'for i in 1 2; do',
      'echo "a',
      'ls |',
      'ls \\',
      'f() {',
      'a &&',
    ]
    expect(begun.filter(text => !needsMore(text))).toEqual([])
    const whole = [
      'ls',
      'cat <<EOF\nx\nEOF',
      'if true; then ls; fi',
      'fi',
      'ls )',
      '&& ls',
      "echo '|'",
      'echo a # |x',
    ]
    expect(whole.filter(text => needsMore(text))).toEqual([])
  })

  it('prints objects by Go templates, paths and files of columns', async () => {
    const shell = openShell()
    const ready =
      '{{range .items}}{{.metadata.name}}{{"\\t"}}{{range .status.conditions}}{{if eq .type "Ready"}}{{.status}}{{else if ne .status "False"}}odd{{end}}{{end}}{{"\\n"}}{{end}}'
    expect((await shell.run(`kubectl get nodes -o go-template='${ready}'`)).stdout).toBe(
      'cp-1\tTrue\nworker-1\tTrue\nworker-2\tTrue\n',
    )
    const listed =
      '{{range $i, $d := .items}}{{if $i}}, {{end}}{{printf "%s=%v" .metadata.name $d.spec.replicas}}{{- end}}'
    expect((await shell.run(`kubectl get deploy -n shop --template '${listed}'`)).stdout).toBe(
      'cache=1, web=3, worker=2',
    )
    expect(await shell.run("kubectl get node cp-1 -o go-template='{{.a.b}}'")).toMatchObject({ exit: 1 })
    expect((await shell.run("kubectl get node cp-1 -o jsonpath-as-json='{.metadata.name}'")).stdout).toBe(
      '[\n    "cp-1"\n]\n',
    )
    expect(
      (await shell.run("kubectl config view --minify -o jsonpath='{.contexts[*].name}'")).stdout,
    ).toMatch(/^\S+$/)
    await shell.run(
      "printf 'NODE VERSION\\n.metadata.name .status.nodeInfo.kubeletVersion\\n' > /tmp/columns",
    )
    expect((await shell.run('kubectl get node cp-1 -o custom-columns-file=/tmp/columns')).stdout).toBe(
      'NODE   VERSION\ncp-1   v1.28.9\n',
    )
  })

  it('takes octal escapes for tr, and tells the types of events apart', async () => {
    const shell = openShell()
    expect((await shell.run("printf 'a0b\\0c' | tr '\\0' ' '")).stdout).toBe('a0b c')
    expect((await shell.run('kubectl events -A --types=Warning')).stdout).not.toMatch(/ Normal /)
  })

  it('goes by the clock of the machine, not by the one that runs it', async () => {
    const shell = openShell()
    const year = (await shell.run('date +%Y-%m-%d')).stdout
    expect((await shell.run('touch /tmp/x; stat -c %y /tmp/x | cut -d" " -f1')).stdout).toBe(year)
    expect((await shell.run("jq -rn 'now|todate[:10]'")).stdout).toBe(year)
    expect((await shell.run('jq -n \'"now on \\(now|todate[:10])"\'')).stdout).toBe(
      `"now on ${year.trim()}"\n`,
    )
    expect(
      (await shell.run('echo \'{"now": "now"}\' > now; jq -c --arg x now \'{now: .now, a: $x}\' now; rm now'))
        .stdout,
    ).toBe('{"now":"now","a":"now"}\n')
    await shell.run(
      "touch -d '2 days ago' /tmp/old; touch -d 2026-02-01T10:00:00Z /tmp/utc; touch -r /tmp/old /tmp/same; touch -t 202601020304.05 /tmp/at",
    )
    expect((await shell.run('find /tmp -type f -mtime +0 -printf "%f %TY%Tm%Td\\n" | sort')).stdout).toMatch(
      /^at 20260102\nold (20\d{6})\nsame \1\nutc 20260201\n$/,
    )
    expect(await shell.run('touch -d never /tmp/y; touch /none/a')).toMatchObject({
      stderr:
        "touch: invalid date format ‘never’\ntouch: cannot touch '/none/a': No such file or directory\n",
      exit: 1,
    })
    expect(
      (await shell.run('T=$(mktemp -d); F=$(mktemp -p $T x-XXXX.log); stat -c "%a %F" $T $F')).stdout,
    ).toBe('700 directory\n600 regular empty file\n')
  })

  it('finds by links, times and modes, and acts on what it found', async () => {
    const shell = openShell()
    await shell.run('mkdir -p /tmp/d/e; touch /tmp/d/e/f; ln -s e /tmp/d/l; chmod 666 /tmp/d/e/f; cd /tmp')
    const run = async (line: string) => await shell.run(line)
    expect((await run('find d -type l -printf "%p %l %y\\n"')).stdout).toBe('d/l e l\n')
    expect((await run('find d -perm /022 -type f -ls')).stdout).toMatch(
      / -rw-rw-rw- +1 root +root +0 .* d\/e\/f\n$/,
    )
    expect((await run("find d -newermt '1 hour ago' \\( -name f -o -name e \\) | sort")).stdout).toBe(
      'd/e\nd/e/f\n',
    )
    expect((await run('find d -path d/e -prune -o -mmin -5 -print')).stdout).toBe('d\nd/l\n')
    expect((await run('find d -mmin -5 -type f -exec stat -c %a {} +')).stdout).toBe('666\n')
    expect(await run('find d -mmin -5 -delete; ls d')).toMatchObject({ exit: 2 })
    expect(
      (await run('mkdir keep; touch keep/a; ln -s keep link; rm link; rm -rf nothing; ls -d keep/a link'))
        .stdout,
    ).toBe('keep/a\n')
    expect(await run('find /none -mmin -1')).toMatchObject({
      stderr: "find: '/none': No such file or directory\n",
      exit: 1,
    })
  })

  it('finds the program of a process, and the logs of containers as files', async () => {
    const shell = openShell()
    await shell.run('ssh worker-1')
    expect(
      (
        await shell.run(
          'P=$(pgrep -o kubelet); readlink -f /proc/$P/exe; ls -l /proc/$P/exe; cat /proc/$P/cgroup',
        )
      ).stdout,
    ).toMatch(
      /^\/usr\/bin\/kubelet\nlrwxrwxrwx .* -> \/usr\/bin\/kubelet\n0::\/system.slice\/kubelet.service\n$/,
    )
    const last = (await shell.run('crictl logs --tail=1 $(crictl ps -q --name coredns | head -1) 2>&1'))
      .stdout
    expect((await shell.run('tail -qn1 /var/log/pods/kube-system_coredns-*/coredns/1.log')).stdout).toMatch(
      new RegExp(`^20\\d\\d-\\S+Z std(err|out) F ${last.trim().replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}\n$`),
    )
    expect((await shell.run('readlink /var/log/containers/coredns-*.log | head -1')).stdout).toMatch(
      /^\/var\/log\/pods\/kube-system_coredns-.*\/coredns\/[01]\.log\n$/,
    )
    expect(
      (await shell.run("awk '/ens160/ {print ($2 > 0)}' /proc/net/dev; cat /proc/net/route")).stdout,
    ).toMatch(/^1\nIface[\s\S]*^ens160\t00000000\t0104000A\t0003\t/m)
  })

  it('shows what an overlay has entered by hand', async () => {
    const shell = openShell(openWorld('gravity'))
    const { stdout } = await shell.run('ip n show dev flannel.1; bridge fdb show dev flannel.1')
    expect(stdout).toMatch(/^10\.244\.1\.0 lladdr 66:1e:0a:f4:01:00 PERMANENT $/m)
    expect(stdout).toMatch(/^66:1e:0a:f4:01:00 dst \S+ self permanent$/m)
    expect((await shell.run('kubectl get pods -A')).stdout).not.toContain('ago)')
  })

  it('goes back to the folder before, and takes options behind a host', async () => {
    const shell = openShell()
    await shell.run('cd /etc; cd /var')
    expect((await shell.run('cd -')).stdout).toBe('/etc\n')
    expect((await shell.run('ssh worker-1 -l root hostname')).stdout).toBe('worker-1\n')
  })

  it('looks back at what was typed', async () => {
    const shell = openShell()
    await shell.run('kubectl get nodes')
    expect((await shell.run('history | tail -2')).stdout).toBe(
      '    1  kubectl get nodes\n    2  history | tail -2\n',
    )
  })

  it('is told that a tool is not installed as bash says it', async () => {
    expect(await openShell().run('ruby -v')).toMatchObject({
      stderr: 'bash: ruby: command not found\n',
      exit: 127,
    })
  })
})
