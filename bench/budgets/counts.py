#!/usr/bin/env python3
"""What the program does, counted: system calls, processes, bytes, fsyncs. The counts do not depend on what else the machine does, so
that a build can fail on them (.ci/run). Needs strace(1) and a distribution; no gcc.

    bench/counts.sh [COUNT…]      counts: listing commands boot restart enable idle threads

A limit stands beside each count with what was measured when it was set (2026-11). One that is broken names the calls that grew.
"""
import collections, os, re, shutil, signal, subprocess, sys, time
from lab import DIST, ENV, WORK, Daemon, wait

WAITING = {'futex', 'epoll_wait', 'epoll_pwait', 'sched_yield', 'restart_syscall', 'clock_nanosleep', 'poll', 'ppoll', 'rt_sigreturn',
           'madvise', 'mmap', 'munmap', 'mprotect', 'rt_sigprocmask', 'gettid', 'rseq', 'set_robust_list', 'clone3', 'exit', 'prctl',
           'sched_getaffinity', 'getcpu', 'membarrier'}      # what the JVM does by itself
FAILED = []


def check(name, value, limit, detail=''):
    ok = value <= limit
    print('%-50s %7g  limit %g%s' % (name, value, limit, '' if ok else '  TOO MANY' + (': ' + detail if detail else '')), flush=True)
    if not ok:
        FAILED.append(name)


class Trace:
    """strace of a process and its children, attached or started."""

    def __init__(self, pid, calls='all'):
        self.path = '%s/trace-%d' % (WORK, time.monotonic_ns())
        self.process = subprocess.Popen(['strace', '-f', '-qq', '-y', '-s', '0', '-e', 'trace=' + calls, '-e', 'signal=none', '-o', self.path,
                                         '-p', str(pid)], stderr=subprocess.DEVNULL)
        status = '/proc/%d/task/%d/status' % (pid, pid)
        wait(lambda: not re.search(r'TracerPid:\t0\n', open(status).read()), 30)
        time.sleep(0.5)                   # the other threads

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        return parse(self.path)


def parse(path):
    """(pid, call, text) of every call that began; descriptors with their paths"""
    calls = []
    for text in open(path, errors='replace'):
        m = re.match(r'(\d+) +(\w+)\((.*)', text)
        if m:
            calls.append((int(m.group(1)), m.group(2), m.group(3)))
    return calls


def of(calls, *names):
    return [c for c in calls if c[1] in names]


def most(calls, n=1):
    return ', '.join('%s %.1f' % (k, v / n) for k, v in collections.Counter(c[1] for c in calls).most_common(8))


def written(calls, path):
    """bytes, by the size argument"""
    total = 0
    for _, name, text in of(calls, 'write', 'pwrite64'):
        if path in text.split(',', 1)[0]:
            m = re.search(r', (\d+)(?:, \d+)?(?:\)| <unfinished)', text)
            total += int(m.group(1)) if m else 0
    return total


def sleepers(n, contracts='auto', duration='child'):
    return Daemon([('d', 0, [])] * n, contracts, program='/bin/sleep 100000')


def started(n):
    d = sleepers(n)
    d.settle()
    time.sleep(1)
    return d


def listing():
    """svcs without a JVM: no fork, two execs, hardly any calls; the same for ten times as many services"""
    for n in (20, 200):
        d = started(n)
        try:
            wait(lambda: d.command('svcs') and os.path.exists(d.root + '/run/listing/plain'), 60, 0.3)
            path = WORK + '/svcs'
            subprocess.run(['strace', '-f', '-qq', '-o', path, DIST + '/bin/svcs'], env=dict(ENV, BESPOKE_ROOT=d.root), check=True,
                           stdout=subprocess.DEVNULL)
            calls = parse(path)
            check('svcs, %d services: executed programs' % n, len(of(calls, 'execve')), 2)
            check('svcs, %d services: processes made' % n, len(of(calls, 'fork', 'vfork', 'clone', 'clone3')), 0)
            check('svcs, %d services: system calls' % n, len(calls), 1000, most(calls))
        finally:
            d.close()


def commands():
    """what makes a command slow to start: classes that are not in the archive, jars that are opened for them, the JDK's cryptography"""
    d = started(20)
    try:
        for words in ('svcs', '-H'), ('svcadm', 'enable', 'b/s00003'), ('svcprop', 'b/s00003'), ('svccfg', '-s', 'b/s00003', 'listprop'):
            classes, path = WORK + '/classes', WORK + '/command'
            log = '-Xlog:class+load:file=' + classes
            subprocess.run(['strace', '-f', '-qq', '-e', 'trace=openat', '-o', path, DIST + '/bin/' + words[0], *words[1:]], check=True,
                           env=dict(ENV, BESPOKE_ROOT=d.root, BESPOKE_JAVA_OPTS=log), stdout=subprocess.DEVNULL)
            outside = [line.split()[1] for line in open(classes) if 'source: ' in line and 'shared objects file' not in line]
            opened = [c[2] for c in parse(path) if '.jar"' in c[2] or 'java.security"' in c[2]]
            check(words[0] + ': classes outside the archive', len(outside), 0, ' '.join(outside[:4]))
            check(words[0] + ': jars and security settings opened', len(opened), 0, ' '.join(opened[:4]))
    finally:
        d.close()


def boot():
    """starts and stops: what a hundred services cost above what ten cost"""
    counts = []
    for n in (10, 110):
        path = WORK + '/boot'
        d = Daemon([('d', 0, [])] * n, program='/bin/sleep 100000', under=['strace', '-f', '-qq', '-y', '-s', '0', '-o', path])
        try:
            d.settle()
        finally:
            d.close()
        counts.append(parse(path))
    few, many = counts
    per = lambda *names: (len(of(many, *names)) - len(of(few, *names))) / 100
    check('start and stop of a service: executed programs', per('execve'), 1.02)
    check('start and stop of a service: processes made', per('vfork', 'clone3', 'clone', 'fork'), 1.1)
    check('start and stop of a service: files opened', per('openat'), 17, most(many, 110))
    check('start and stop of 110 services: fsync, fdatasync', len(of(many, 'fsync', 'fdatasync')), len(of(few, 'fsync', 'fdatasync')) + 12)
    check('start and stop of a service: bytes of journal', (written(many, '/journal/') - written(few, '/journal/')) / 100, 1500)
    check('start and stop of a service: bytes of volatile state', (written(many, '/volatile/') - written(few, '/volatile/')) / 100, 900)


def restart():
    """kill -9 to successor"""
    d = started(30)
    try:
        victims = [p for p in children(d.pid)][:20]
        trace = Trace(d.pid)
        for pid in victims:
            before = len(children(d.pid))
            os.kill(pid, signal.SIGKILL)
            wait(lambda: pid not in children(d.pid) and len(children(d.pid)) == before, 30, 0.01)
            time.sleep(0.05)
        calls = trace.end()
        ours = [c for c in calls if c[0] in tasks(d.pid) and c[1] not in WAITING]
        n = len(victims)
        check('restart: executed programs', len(of(calls, 'execve')) / n, 1.05)
        check('restart: system calls of the daemon', len(ours) / n, 55, most(ours, n))
        syncs = [c for c in of(calls, 'fsync', 'fdatasync') if '/repository/backup' not in c[2]]      # of the import, a little later
        check('restart: fsync, fdatasync', len(syncs), 0)
        check('restart: bytes of journal', written(calls, '/journal/') / n, 2000)
        check('restart: bytes of volatile state', written(calls, '/volatile/') / n, 1000)
    finally:
        d.close()


def children(pid):
    out = []
    for t in tasks(pid):
        try:
            out += map(int, open('/proc/%d/task/%d/children' % (pid, t)).read().split())
        except OSError:
            pass
    return [p for p in out if comm(p) == 'sleep']


def comm(pid):
    try:
        return open('/proc/%d/comm' % pid).read().strip()
    except OSError:
        return ''


def tasks(pid):
    return {int(t) for t in os.listdir('/proc/%d/task' % pid)}


def enable():
    """svcadm disable of one: what makes it durable"""
    d = started(20)
    try:
        d.ask(op='act', action='disable', operands=['b/s00019'])
        d.settle()
        trace = Trace(d.pid, 'fsync,fdatasync')
        for k in range(10):
            d.ask(op='act', action='disable', operands=['b/s%05d' % k])
        d.settle()
        calls = trace.end()
        check('disable: fsync, fdatasync', len(of(calls, 'fsync', 'fdatasync')) / 10, 1)
    finally:
        d.close()


def idle():
    d = started(100)
    try:
        time.sleep(15)
        trace = Trace(d.pid)
        time.sleep(10)
        calls = trace.end()
        ours = [c for c in calls if c[1] not in WAITING]
        check('idle with 100 services: system calls a second', len(ours) / 10, 2, most(ours))
    finally:
        d.close()


def threads():
    counts = []
    for n in (10, 200):
        d = started(n)
        try:
            # threads of pools end when they had nothing to do for a while
            names = lambda: sorted(open('/proc/%d/task/%d/comm' % (d.pid, t)).read().strip() for t in tasks(d.pid))
            wait(lambda: not any(name.startswith('starter') for name in names()), 60, 0.5)
            counts.append(len(names()))
        finally:
            d.close()
    check('threads with 200 services', counts[1], counts[0] + 2)


COUNTS = dict(listing=listing, commands=commands, boot=boot, restart=restart, enable=enable, idle=idle, threads=threads)


def main():
    words = sys.argv[1:] or list(COUNTS)
    unknown = [w for w in words if w not in COUNTS]
    if unknown:
        sys.exit('counts.sh: no count %s; there are %s' % (', '.join(unknown), ' '.join(COUNTS)))
    probe = subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '/bin/true'], stderr=subprocess.DEVNULL) if shutil.which('strace') else None
    if probe is None or probe.returncode:
        print('counts.sh: strace is missing or not permitted here; nothing was counted')
        return
    try:
        for word in words:
            COUNTS[word]()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    if FAILED:
        sys.exit('counts.sh: too many: ' + '; '.join(FAILED))


main()
