"""One daemon under measurement: a directory of its own, probes for services, stamps, processor time, memory.

Standard library only; needs root, gcc and a distribution."""
import json, mmap, os, shutil, signal, socket, struct, subprocess, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
DIST = os.environ.get('BESPOKE_DIST', TOP + '/cli/target/bespoke')
WORK = tempfile.mkdtemp(prefix='bespoke-budgets-', dir='/dev/shm' if os.access('/dev/shm', os.W_OK) else None)
ENV = {k: v for k, v in os.environ.items() if k in ('JAVA_HOME', 'BESPOKE_JAVA_OPTS', 'HOME')}
ENV.update(PATH='/usr/sbin:/usr/bin:/sbin:/bin', BESPOKE_MAKE_ARCHIVES='never')
now = time.monotonic_ns


def build():
    for name in ('probe', 'floor'):
        subprocess.run(['gcc', '-O2', '-w', '-static', '-o', WORK + '/' + name, HERE + '/' + name + '.c'], check=True)
    for name, argument in (('svcs', '-?'), ('svc.startd', '--version')):
        subprocess.run([DIST + '/bin/' + name, argument], env=dict(ENV, BESPOKE_MAKE_ARCHIVES='now'), check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def cgroup2():
    for line in open('/proc/self/mountinfo'):
        if ' - cgroup2 ' in line:
            return line.split()[4]
    return None


class Stamps:
    """The shared file of the probes."""

    def __init__(self, n):
        self.path, self.n = '%s/stamps-%d' % (WORK, now()), n
        with open(self.path, 'wb') as f:
            f.truncate(64 * n + 8192)
        self.file = open(self.path, 'r+b')
        self.map = mmap.mmap(self.file.fileno(), 0)

    def slot(self, i):
        """(starts, first start, last start, stop, pid)"""
        return struct.unpack_from('<QQQQQ', self.map, 64 * i)

    def slots(self):
        return [self.slot(i) for i in range(self.n)]

    def close(self):
        self.map.close()
        self.file.close()
        os.unlink(self.path)


def wait(condition, seconds=60, step=0.002):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError('waited %d s in vain' % seconds)
        time.sleep(step)


def floor(*words):
    """Runs the floor; in cgroups when the first word ends in +."""
    mode, n = words[0], words[1]
    directory = '-'
    if mode.endswith('+'):
        directory = cgroup2() + '/bench-floor'
        os.makedirs(directory, exist_ok=True)
    stamps = Stamps(n if mode[0] == 'b' else 1)
    out = subprocess.run([WORK + '/floor', mode.rstrip('+'), directory, str(n), WORK + '/probe', stamps.path], check=True,
                         stdout=subprocess.PIPE).stdout.decode().split()
    stamps.close()
    if directory != '-':
        os.rmdir(directory)
    return [float(word) for word in out]


class Daemon:
    """services: list of (mode, ms, dependencies). Names are b/s00000 and so on.
    program: executed instead of the probe; under: a command that the daemon runs under."""

    def __init__(self, services, contracts='auto', enabled=True, program=None, under=()):
        self.dir = tempfile.mkdtemp(dir=WORK)
        self.root = self.dir + '/root'
        self.stamps = Stamps(max(1, len(services)))
        os.mkdir(self.dir + '/m')
        text = []
        for i, (mode, ms, deps) in enumerate(services):
            text.append('service: b/s%05d\nenabled: %s\n' % (i, 'true' if enabled else 'false'))
            if deps:
                text.append('dependencies: {below: {grouping: require_all, restart_on: restart, services: [%s]}}\n'
                            % ', '.join('b/s%05d' % d for d in deps))
            command = program or '%s/probe %s %d %s %d' % (WORK, self.stamps.path, i, mode, ms)
            text.append('methods: {start: {exec: "%s"}}\n' % command)
            text.append('startd: {duration: %s}\n---\n' % dict(o='transient', f='contract').get(mode, 'child'))
        if services:
            open(self.dir + '/m/b.yaml', 'w').write(''.join(text))
        self.argv = [*under, DIST + '/bin/svc.startd', '--root', self.root, '--manifests', self.dir + '/m', '--contracts', contracts]
        self.n = len(services)
        self.start()

    def start(self):
        self.t0 = now()
        self.usage0 = self.children_cpu()
        self.process = subprocess.Popen(self.argv, env=ENV, stdout=open(self.dir + '/out', 'ab'), stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL)
        self.pid = self.process.pid

    @staticmethod
    def children_cpu():
        t = os.times()
        return t.children_user + t.children_system

    def up(self, seconds=120):
        """ms from exec to the last start, and from the first start to the last"""
        wait(lambda: all(s[0] for s in self.stamps.slots()), seconds, 0.005)
        slots = self.stamps.slots()
        last, first = max(max(s[2], s[3]) for s in slots), min(s[1] for s in slots)
        return (last - self.t0) / 1e6, (last - first) / 1e6, (first - self.t0) / 1e6

    def ask(self, **request):
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(self.root + '/run/control.sock')
            s.sendall(json.dumps(dict(version=1, **request)).encode() + b'\n')
            data = b''
            while b'{"outcome"' not in data or not data.endswith(b'\n'):
                piece = s.recv(1 << 16)
                if not piece:
                    break
                data += piece
            return [json.loads(line) for line in data.splitlines()]
        finally:
            s.close()

    def daemon(self):
        """its pid, which is not that of the process when it runs under another"""
        try:
            return self.ask(op='ping')[0]['pong']['pid']
        except (OSError, ValueError, KeyError, IndexError):
            return self.pid

    def settled(self):
        try:
            return self.ask(op='ping')[0]['pong'].get('settled', False)
        except (OSError, ValueError, KeyError, IndexError):
            return False

    def settle(self, seconds=120):
        wait(self.settled, seconds, 0.01)

    def rest(self):
        """waits until what follows a start is over: two seconds in which it takes no processor time to speak of"""
        self.settle()
        before, since = self.cpu(), time.monotonic()
        while time.monotonic() - since < 2:
            time.sleep(0.2)
            if self.cpu() - before > 0.02:
                before, since = self.cpu(), time.monotonic()

    def cpu(self):
        """seconds of the daemon and of all of its children that have ended"""
        f = open('/proc/%d/stat' % self.pid).read().rsplit(')', 1)[1].split()
        return sum(int(f[i]) for i in (11, 12, 13, 14)) / os.sysconf('SC_CLK_TCK')

    def pss(self):
        for line in open('/proc/%d/smaps_rollup' % self.pid):
            if line.startswith('Pss:'):
                return int(line.split()[1]) / 1024

    def threads(self):
        return len(os.listdir('/proc/%d/task' % self.pid))

    def switches(self):
        total = 0
        for t in os.listdir('/proc/%d/task' % self.pid):
            try:
                for line in open('/proc/%d/task/%s/status' % (self.pid, t)):
                    if line.startswith('voluntary_ctxt'):
                        total += int(line.split()[1])
            except OSError:
                pass
        return total

    def command(self, *words, **variables):
        """ms that a command takes"""
        t = now()
        subprocess.run([DIST + '/bin/' + words[0], *words[1:]], env=dict(ENV, BESPOKE_ROOT=self.root, **variables), check=True,
                       stdout=subprocess.DEVNULL)
        return (now() - t) / 1e6

    def close(self):
        try:
            os.kill(self.daemon(), signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        finally:
            self.stamps.close()
            if not os.environ.get('KEEP'):
                shutil.rmtree(self.dir, ignore_errors=True)
