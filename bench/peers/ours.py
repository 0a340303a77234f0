"""bespoke in the harness that measures service supervisors side by side (run.sh copies this file to its adapters).

BESPOKE_DIST names the distribution (default: cli/target/bespoke), BESPOKE_CONTRACTS the back end (auto, cgroup, tracking)."""
import os
from collections import Counter

DIST = os.environ.get('BESPOKE_DIST', os.path.abspath('cli/target/bespoke'))
CONTRACTS = 'tracking' if __name__.endswith('tracking') else 'auto'
NAME = 'bespoke' if CONTRACTS != 'tracking' else 'bespoke-tracking'
DEPS, ONESHOT, MAXN, SETTLE = True, True, 5000, 3.0
NOTE = ('restart at once when it ran; failed attempts are spaced by 0.2 s, doubling, three strikes; what fails is no child but a contract service: a child service is throttled to one start a second, for ever; each service in a contract (%s)'
        % CONTRACTS)


def env(c):
    e = dict(c.env, BESPOKE_ROOT=c.dir + '/root', BESPOKE_MAKE_ARCHIVES='never')
    for name in ('JAVA_HOME', 'BESPOKE_JAVA_OPTS'):
        if name in os.environ:
            e[name] = os.environ[name]
    return e


def command(name):
    return DIST + '/bin/' + name


def available():
    return None if os.path.exists(command('svc.startd')) else 'no distribution at ' + DIST


def version():
    commit = os.popen('git -C %s rev-parse --short HEAD 2>/dev/null' % os.path.dirname(os.path.abspath(__file__))).read().strip()
    return os.environ.get('BESPOKE_VERSION', commit or 'unknown')


def gen(c, g):
    c.env = env(c)
    o = []
    for s in g:
        exec_ = ' '.join(c.cmd(s))
        o.append('service: bench/%s\nenabled: true\n' % s.name)
        if s.deps:
            o.append('dependencies:\n  below:\n    grouping: require_all\n    restart_on: restart\n    services: [%s]\n'
                     % ', '.join('bench/' + g[k].name for k in s.deps))
        o.append('methods:\n  start: {exec: "%s"}\n' % exec_)
        o.append('startd: {duration: %s}\n---\n' % dict(o='transient', f='contract').get(s.type, 'child'))
    c.write('manifests/bench.yaml', ''.join(o))
    if not g:
        os.remove(c.dir + '/manifests/bench.yaml')


def start(c):
    c.popen([command('svc.startd'), '--contracts', CONTRACTS, '--manifests', c.dir + '/manifests'])


def list(c):
    return [command('svcs')]


STATES = dict(online='up', offline='starting', maintenance='failed', disabled='down', degraded='up', uninitialized='starting')


def states(c):
    out = Counter()
    for line in c.out([command('svcs'), '-Ha', '-o', 'state,fmri']).splitlines():
        words = line.split()
        if len(words) == 2 and ':/bench/' in words[1]:
            out[STATES.get(words[0].rstrip('*'), 'starting')] += 1
    return out


def stop(c):
    c.run([command('svcadm'), 'milestone', 'none'])


def bounce(c, s, affected):
    c.run([command('svcadm'), 'restart', 'bench/' + s.name])


def pids(c):
    """the daemon: the processes of this run that run Java"""
    out = []
    for p in c.cg.procs():
        try:
            if os.path.basename(os.readlink('/proc/%d/exe' % p)) == 'java':
                out.append(p)
        except OSError:
            pass
    return out
