#!/usr/bin/env python3
"""Every budget of the design, one line each: measured, what it is compared with in the same run, ratio, verdict.

    bench/budgets.sh [-r REPETITIONS] [ROW…]       rows: burst tracking oneshots chain kill boot svcs svcadm memory threads
                                                   idle storm bounce stop import enable adopt supervisord
Medians of REPETITIONS (5). Ours and the floor take turns, so that what else the machine does meets both.
"""
import os, random, shutil, signal, statistics, subprocess, sys, time
from lab import DIST, ENV, TOP, WORK, Daemon, build, cgroup2, floor, now, wait

REPETITIONS = 5
median = statistics.median
missed = []


def line(row, text, ok, unit=''):
    verdict = {True: 'ok', False: 'MISSED', None: 'info'}[ok]
    if ok is False:
        missed.append(row)
    print('%-12s %-6s %s' % (row, verdict, text), flush=True)


def daemons(n):
    return [('d', 0, [])] * n


def layered(n, mode, ms, layers=10, seed=42):
    """each service needs three of the layer below"""
    r, w = random.Random(seed), n // layers
    return [(mode, ms, sorted(r.sample(range((i // w - 1) * w, i // w * w), 3)) if i >= w else []) for i in range(n)]


def dependents(services, root):
    affected = {root}
    for i, (_, _, deps) in enumerate(services):
        if affected & set(deps):
            affected.add(i)
    return sorted(affected)


def repeated(measure, other):
    """rows of both, taken in turns"""
    ours, floors = [], []
    for _ in range(REPETITIONS):
        floors.append(other())
        ours.append(measure())
    return ours, floors


def started(services, contracts='auto'):
    d = Daemon(services, contracts)
    try:
        times = d.up()
        d.settle()
        return (*times, d.cpu())
    finally:
        d.close()


def burst(row='burst', contracts='auto', mode='burst+', budget=1.25):
    ours, floors = repeated(lambda: started(daemons(1000), contracts), lambda: floor(mode, 1000))
    t, f = median(o[1] for o in ours), median(x[0] for x in floors)
    cpu = median(o[3] for o in ours) * 1000
    line(row, '1,000 daemons, first to last start %.0f ms; floor %.0f ms; ratio %.2f (budget %.2f); exec to last %.0f ms; processor, JVM and '
         'all: %.0f ms, floor %.0f ms' % (t, f, t / f, budget, median(o[0] for o in ours), cpu, median(x[1] + x[3] for x in floors)), t <= budget * f)


def tracking():
    burst('tracking', 'tracking', 'burst', 1.6)


def oneshots():
    services = layered(1000, 'o', 50)
    ours, floors = repeated(lambda: started(services), lambda: floor('burst+', 1000))
    t = median(o[1] for o in ours)
    least = max(500, median(x[1] + x[3] for x in floors) / os.cpu_count())
    line('oneshots', '1,000 one-shots of 50 ms in 10 layers %.0f ms; floor max(critical path, processor time / cores) %.0f ms; ratio %.2f '
         '(budget 1.15)' % (t, least, t / least), t <= 1.15 * least)


def chain():
    ours = [started([('d', 0, [i - 1] if i else []) for i in range(200)]) for _ in range(REPETITIONS)]
    t = median(o[1] for o in ours) / 199
    line('chain', 'a chain of 200: %.2f ms a link (budget 1.5)' % t, t <= 1.5)


def kill():
    d = Daemon(daemons(100))
    try:
        d.up()
        d.rest()
        base = floor('kill+', 30)
        bare = floor('kill', 30)
        times = []
        for k in range(100):
            starts, _, _, _, pid = d.stamps.slot(k)
            t = now()
            os.kill(pid, signal.SIGKILL)
            wait(lambda: d.stamps.slot(k)[0] > starts, 30, 0.0003)
            times.append((d.stamps.slot(k)[2] - t) / 1e6)
            time.sleep(0.1)
        times.sort()
        line('kill', 'kill -9 to successor p50 %.1f ms, p99 %.1f ms (budget 2 and 8); floor that joins a new cgroup p50 %.1f ms, without '
             'cgroups %.1f ms; ratio %.2f' % (median(times), times[98], median(base), median(bare), median(times) / median(base)),
             median(times) <= 2 and times[98] <= 8)
    finally:
        d.close()


def boot():
    ours = [started(daemons(100)) for _ in range(REPETITIONS)]
    line('boot', 'svc.startd from exec to the first method, 100 services: %.0f ms (budget 400)' % median(o[2] for o in ours),
         median(o[2] for o in ours) <= 400)


def svcs():
    d = Daemon(daemons(1000))
    try:
        d.up()
        d.rest()
        jvm = median(d.command('svcs', TZ='UTC') for _ in range(3 * REPETITIONS))
        wait(lambda: d.command('svcs') and os.path.exists(d.root + '/run/listing/plain'), 30, 0.2)
        ready = median(d.command('svcs') for _ in range(3 * REPETITIONS))
        least = median(timed(['/bin/sh', '-c', 'exec /bin/cat ' + d.root + '/run/listing/plain']) for _ in range(3 * REPETITIONS))
        empty = median(timed([java(), '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-version']) for _ in range(3 * REPETITIONS))
        line('svcs', '1,000 services in the JVM %.1f ms (budget 60); java -version %.1f ms; ratio %.2f' % (jvm, empty, jvm / empty), jvm <= 60)
        line('svcs', '1,000 services from the table kept ready %.1f ms (budget 5); sh that becomes cat %.1f ms; ratio %.2f'
             % (ready, least, ready / least), ready <= 5)
    finally:
        d.close()


def java():
    """the one that the launchers take: its home is in lib/jdk unless JAVA_HOME is set"""
    return (os.environ.get('JAVA_HOME') or open(DIST + '/lib/jdk').read().strip()) + '/bin/java'


def timed(argv):
    t = now()
    subprocess.run(argv, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return (now() - t) / 1e6


def svcadm():
    d = Daemon(daemons(1000))
    try:
        d.up()
        d.rest()
        times = [d.command('svcadm', 'disable' if k % 2 == 0 else 'enable', 'b/s00000') for k in range(2 * REPETITIONS)]
        line('svcadm', 'svcadm disable or enable of one of 1,000 answered in %.1f ms (budget 60)' % median(times), median(times) <= 60)
    finally:
        d.close()


def memory():
    for n, budget in ((0, 42), (100, 45), (1000, 60), (10000, 125)):
        sizes = []
        for _ in range(REPETITIONS if n <= 100 else 1):
            d = Daemon(daemons(n), enabled=n < 10000)
            try:
                if n and n < 10000:
                    d.up()
                d.settle()
                time.sleep(22)            # the JVM and the daemon give back what they needed for the start
                sizes.append(d.pss())
            finally:
                d.close()
        line('memory', 'PSS with %d services%s %.1f MiB (budget %d)' % (n, ' (disabled)' if n == 10000 else '', median(sizes), budget),
             median(sizes) <= budget)


def threads():
    counts = []
    for n in (10, 1000):
        d = Daemon(daemons(n))
        try:
            d.up()
            d.settle()
            time.sleep(45)                # idle threads of pools end
            counts.append(d.threads())
        finally:
            d.close()
    line('threads', 'threads with 10 services %d, with 1,000 %d' % tuple(counts), counts[1] <= counts[0])


def idle():
    d = Daemon(daemons(100))
    try:
        d.up()
        d.settle()
        time.sleep(20)
        rates = []
        for _ in range(REPETITIONS):
            a = d.switches()
            time.sleep(5)
            rates.append((d.switches() - a) / 5)
        line('idle', 'wake-ups of all threads, 100 services at rest: %.1f a second (budget 2)' % median(rates), median(rates) <= 2)
    finally:
        d.close()


def storm():
    costs = []
    empty = []
    for _ in range(REPETITIONS):
        for n, into in ((0, empty), (100, costs)):
            d = Daemon([('f', 0, [])] * n)
            try:
                if n:
                    wait(lambda: d.settled() and all(s[0] >= 1 for s in d.stamps.slots()), 120, 0.05)
                d.settle()
                into.append(d.cpu())
            finally:
                d.close()
    c = median(costs) - median(empty)
    line('storm', '100 services that exit at once, until all rest in maintenance: %.2f s of processor time (budget 1); the daemon alone '
         'starts with %.2f s' % (c, median(empty)), c <= 1)


def bounce():
    services = layered(1000, 'd', 0)
    root = max(range(100), key=lambda i: len(dependents(services, i)))
    affected = dependents(services, root)
    d = Daemon(services)
    try:
        d.up()
        d.settle()
        base = median(sum(floor('burst+', len(affected))[0::2]) for _ in range(REPETITIONS))
        times = []
        for _ in range(REPETITIONS):
            before = [d.stamps.slot(i)[0] for i in affected]
            t = now()
            d.ask(op='act', action='restart', operands=['b/s%05d' % root])
            wait(lambda: all(d.stamps.slot(i)[0] > b for i, b in zip(affected, before)), 60, 0.003)
            times.append((max(d.stamps.slot(i)[2] for i in affected) - t) / 1e6)
            d.settle()
            time.sleep(1)
        line('bounce', 'restart of a root and its %d dependents %.0f ms; floor %.0f ms; ratio %.2f (budget 1.5)'
             % (len(affected) - 1, median(times), base, median(times) / base), median(times) <= 1.5 * base)
    finally:
        d.close()


def stop():
    services = layered(1000, 'd', 0)

    def measure():
        d = Daemon(services)
        try:
            d.up()
            d.settle()
            cpu = d.cpu()
            t = now()
            d.process.send_signal(signal.SIGTERM)
            wait(lambda: all(s[3] for s in d.stamps.slots()), 60, 0.003)
            slots = d.stamps.slots()
            wrong = sum(slots[k][3] < slots[i][3] for i, (_, _, deps) in enumerate(services) for k in deps)
            try:
                cpu = d.cpu() - cpu
            except OSError:               # it has ended already
                cpu = float('nan')
            return (max(s[3] for s in slots) - t) / 1e6, wrong, cpu
        finally:
            d.close()

    ours, floors = repeated(measure, lambda: floor('burst+', 1000))
    t, f = median(o[0] for o in ours), median(x[2] for x in floors)
    line('stop', 'stop of 1,000 in reverse order %.0f ms, %d out of order, %.2f s of processor time; floor %.0f ms; ratio %.2f (budget 2)'
         % (t, sum(o[1] for o in ours), median(o[2] for o in ours), f, t / f), t <= 2 * f and not any(o[1] for o in ours))


def imports():
    def first(n):
        d = Daemon(daemons(n), enabled=False)
        try:
            d.settle()
            return (now() - d.t0) / 1e6, d.cpu()
        finally:
            d.close()

    ours, empty = repeated(lambda: first(10000), lambda: first(0))
    t, cpu = (median(o[i] for o in ours) - median(e[i] for e in empty) for i in (0, 1))
    line('import', 'import and cycle check of 10,000 services %.0f ms and %.2f s of processor time above an empty start of %.0f ms '
         '(budget 1,500)' % (t, cpu, median(e[0] for e in empty)), t <= 1500)


def sync_ms(directory):
    path, times = directory + '/sync', []
    with open(path, 'wb') as f:
        for _ in range(40):
            f.write(b'x' * 200)
            f.flush()
            t = now()
            os.fdatasync(f.fileno())
            times.append((now() - t) / 1e6)
    os.unlink(path)
    return median(times)


def enable():
    d = Daemon(daemons(100))
    disk = '/var/tmp/bespoke-budgets-%d' % os.getpid()
    d.close()
    os.mkdir(disk)
    try:
        d = Daemon(daemons(100))
        d.close()
        d.root = disk + '/root'
        d.argv[d.argv.index('--root') + 1] = d.root
        d.stamps = type(d.stamps)(100)
        os.makedirs(d.dir + '/m')
        open(d.dir + '/m/b.yaml', 'w').write(''.join(
            'service: b/s%05d\nenabled: false\nmethods: {start: {exec: ":true"}}\nstartd: {duration: transient}\n---\n' % i for i in range(100)))
        d.start()
        d.settle()
        times = []
        for k in range(100):
            t = now()
            d.ask(op='act', action='enable' if k % 2 == 0 else 'disable', operands=['b/s%05d' % (k // 2)])
            times.append((now() - t) / 1e6)
        base = sync_ms(disk)
        line('enable', 'enable answered durable in %.2f ms over the socket; one fdatasync %.2f ms; ratio %.2f (budget 1.5)'
             % (median(times[20:]), base, median(times[20:]) / base), median(times[20:]) <= 1.5 * base)
    finally:
        d.close()
        shutil.rmtree(disk, ignore_errors=True)


def adopt():
    def measure(n):
        d = Daemon(daemons(n))
        try:
            if n:
                d.up()
            d.settle()
            before = [s[4] for s in d.stamps.slots()]
            d.process.kill()
            d.process.wait()
            d.start()
            d.settle()
            t = (now() - d.t0) / 1e6, d.cpu()
            assert before == [s[4] for s in d.stamps.slots()], 'a service was started anew'
            return t
        finally:
            d.close()

    ours, empty = repeated(lambda: measure(1000), lambda: measure(0))
    t, cpu = (median(o[i] for o in ours) - median(e[i] for e in empty) for i in (0, 1))
    line('adopt', '1,000 services adopted after kill -9 of the daemon: %.0f ms and %.2f s of processor time above an empty start of %.0f ms '
         '(budget 400)' % (t, cpu, median(e[0] for e in empty)), t <= 400)


def doubling():
    """twice the services: at most 2.2 times the time and memory"""
    def measure(n, enabled):
        d = Daemon(daemons(n), enabled=enabled)
        try:
            if enabled:
                d.up(600)
            d.settle(600)
            return (now() - d.t0) / 1e6, d.cpu() * 1000, d.pss()
        finally:
            d.close()

    for enabled, sizes in ((True, [100 << k for k in range(6)]), (False, [100 << k for k in range(8)])):
        kind = 'running daemons' if enabled else 'disabled services'
        worst, before = 0, None
        for n in sizes:
            found = measure(n, enabled)
            ratios = [a / b for a, b in zip(found, before)] if before else []
            worst = max([worst, *ratios])
            print('  %6d %s: settled after %.0f ms, %.0f ms of processor time, PSS %.1f MiB%s'
                  % (n, kind, *found, '; ratios ' + ' '.join('%.2f' % r for r in ratios) if ratios else ''), flush=True)
            before = found
        line('doubling', '%d to %d %s: each doubling at most %.2f times the time, processor time or memory (budget 2.2)'
             % (sizes[0], sizes[-1], kind, worst), worst <= 2.2)


def supervisord():
    theirs = ['--theirs', '/usr/bin/supervisord -n -c {config}'] if os.path.exists('/usr/bin/supervisord') else []
    out = subprocess.run([sys.executable, TOP + '/bench/supervisord.py', '--ours', DIST + '/bin/supervisord -n -c {config}', *theirs],
                         env=ENV, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode()
    for text in out.strip().splitlines():
        line('supervisord', text, None)


ROWS = dict(burst=burst, tracking=tracking, oneshots=oneshots, chain=chain, kill=kill, boot=boot, svcs=svcs, svcadm=svcadm, memory=memory,
            threads=threads, idle=idle, storm=storm, bounce=bounce, stop=stop, enable=enable, adopt=adopt, doubling=doubling,
            supervisord=supervisord)
ROWS['import'] = imports


def main():
    global REPETITIONS
    words = sys.argv[1:]
    if words[:1] == ['-r']:
        REPETITIONS, words = int(words[1]), words[2:]
    unknown = [w for w in words if w not in ROWS]
    if unknown:
        sys.exit('budgets.sh: no row %s; there are %s' % (', '.join(unknown), ' '.join(ROWS)))
    if not os.path.exists(DIST + '/bin/svc.startd'):
        sys.exit('budgets.sh: no distribution at %s; make one: ./mvnw package' % DIST)
    if cgroup2() is None:
        sys.exit('budgets.sh: no cgroup2 file system is mounted')
    build()
    load = open('/proc/loadavg').read().split()[0]
    print('%s, %d processors, Linux %s, load %s, medians of %d' % (time.strftime('%F %R'), os.cpu_count(), os.uname().release, load, REPETITIONS))
    try:
        for row in words or ROWS:
            try:
                ROWS[row]()
            except Exception as failure:  # the other rows still count
                line(row, 'not measured: %r' % failure, False)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    print('%d rows missed%s' % (len(set(missed)), ': ' + ' '.join(sorted(set(missed))) if missed else ''))


main()
