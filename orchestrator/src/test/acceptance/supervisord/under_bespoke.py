#!/usr/bin/env python3
"""Black-box checks of supervisord as a service of bespoke: what svcadm, supervisorctl and XML-RPC see and do is one thing.

    under_bespoke.py --bin BESPOKE/bin --services BESPOKE/services.d [--ctl /usr/bin/supervisorctl] [--only WORDS] [--keep]

Starts a svc.startd of its own in a fresh directory below /tmp, with the services that ship, site/db, a second supervisord and a
restarter in Python. Linux, Python standard library and the stock supervisorctl; about a minute. Exit status 0 when no check failed.
"""
import argparse, http.client, os, re, shutil, signal, subprocess, sys, tempfile, time, unixrpc, xmlrpc.client

ARGS = None
HERE = os.path.dirname(os.path.abspath(__file__))
WRITERS = 50
WAIT = 40


def want(condition, message):
    if not condition:
        raise AssertionError(message)


def until(condition, what, seconds=WAIT):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError('not within %d seconds: %s' % (seconds, what))


class Machine:
    """A root directory with its services and, while it runs, its daemon."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix='svunder-', dir='/tmp')
        self.root = self.directory + '/root'
        self.services = self.directory + '/services.d'
        shutil.copytree(ARGS.services, self.services, ignore=shutil.ignore_patterns('demo'))
        self.environment = dict(os.environ, BESPOKE_ROOT=self.root, NO_COLOR='1')
        self.environment.pop('SUPERVISOR_SERVER_URL', None)
        self.daemon = None
        shipped = self.read('services.d/site/supervisord.yaml').replace('enabled: true', 'enabled: false')
        self.write('services.d/site/supervisord.yaml', shipped)
        self.write('services.d/site/second.yaml', shipped.replace('service: site/supervisord', 'service: site/second')
                   .replace('supervisord_multi-user-server', 'second_multi-user-server'))
        self.write('services.d/site/db.yaml', 'service: site/db\ncommon_name: the database\nmethods:\n'
                   '  start: {exec: "/bin/sleep 1000001"}\nstartd: {duration: child}\n')
        self.write('services.d/site/restarter.yaml',
                   'service: site/example-restarter\nenabled: true\nmethods:\n'
                   '  start: {exec: "%s %s"}\nstartd: {duration: child}\n---\nservice: site/example\nenabled: true\n'
                   'restarter: svc:/site/example-restarter:default\nmethods:\n  start: {exec: ":true"}\n'
                   'property_groups:\n  run: {command: "/bin/sleep 1000002"}\n'
                   % (sys.executable, os.path.join(HERE, '../../../../../docs/examples/restarter.py')))
        self.configure('one.conf', 'one', self.programs())
        self.configure('two.conf', 'two', '[supervisord]\ncontract = shared\n[program:other]\ncommand = /bin/sleep 1000003\n'
                       'startsecs = 0\nnumprocs = 2\nprocess_name = o%(process_num)d\n')

    def programs(self):
        text = ('[program:app]\ncommand = /bin/sleep 1000004\nstartsecs = 0\nrequire_all = svc:/site/db:default\nrestart_on = restart\n'
                '[program:plain]\ncommand = /bin/sleep 1000005\nnumprocs = 4\nprocess_name = p%%(process_num)d\nstartsecs = 0\n'
                '[program:bad]\ncommand = /bin/sh -c "echo $$ >> %%(here)s/bad.log; exit 3"\nstartretries = 0\nautostart = false\n'
                '[eventlistener:listener]\ncommand = /bin/sh -c "echo READY; exec cat"\nevents = TICK_5\nstartsecs = 0\n'
                '[program:writer]\ncommand = /bin/sh -c "i=0; while :; do i=$((i+1)); echo $i; sleep 0.5; done"\n'
                'process_name = w%%(process_num)02d\nnumprocs = %d\nautostart = false\nstartsecs = 0\n'
                'stdout_logfile = %%(here)s/w%%(process_num)02d.log\n' % WRITERS)
        return text

    def configure(self, file, name, programs):
        self.write(file, '[supervisord]\nlogfile = %(here)s/NAME.log\npidfile = %(here)s/NAME.pid\nchildlogdir = %(here)s\n'
                   'nodaemon = true\nminprocs = 10\n[unix_http_server]\nfile = %(here)s/NAME.sock\n[supervisorctl]\n'
                   'serverurl = unix://%(here)s/NAME.sock\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory = '
                   'supervisor.rpcinterface:make_main_rpcinterface\n'.replace('NAME', name) + programs)

    def read(self, name):
        with open(os.path.join(self.directory, name)) as f:
            return f.read()

    def write(self, name, text):
        with open(os.path.join(self.directory, name), 'w') as f:
            f.write(text)

    def start(self):
        log = open(self.directory + '/daemon.log', 'a')
        self.daemon = subprocess.Popen([ARGS.bin + '/svc.startd', '--manifests', self.services], env=self.environment,
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def run(self, command, *words, status=0):
        answer = subprocess.run([ARGS.bin + '/' + command] + list(words), env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, timeout=2 * WAIT)
        want(status is None or answer.returncode == status, '%s %s: status %d: %s' % (command, words, answer.returncode, answer.stdout))
        return answer.stdout

    def ctl(self, *words, client=None, configuration='one.conf', text=None):
        answer = subprocess.run([client or ARGS.ctl, '-c', os.path.join(self.directory, configuration)] + list(words), input=text,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=2 * WAIT)
        return answer.stdout

    def rpc(self, name='one'):
        return unixrpc.supervisor('%s/%s.sock' % (self.directory, name))

    def pids(self, name='one'):
        return {i['group'] + ':' + i['name']: i['pid'] for i in self.rpc(name).getAllProcessInfo()}

    def answers(self, name='one'):
        try:
            return self.rpc(name).getState()['statecode'] == 1
        except (OSError, http.client.HTTPException, xmlrpc.client.Fault):
            return False

    def state(self, instance):
        return self.run('svcs', '-H', '-o', 'state', instance, status=None).strip()

    def is_in(self, instance, state):
        until(lambda: self.state(instance) == state, '%s is %s, not %s' % (instance, self.state(instance), state))

    def configuration(self, service, lines):
        self.write('changes', 'select %s\n%s\n' % (service, '\n'.join(lines)))
        self.run('svccfg', '-f', self.directory + '/changes')
        self.run('svcadm', 'refresh', service)

    def end(self):
        for service in ('site/supervisord', 'site/second', 'site/example-restarter', 'site/db'):
            self.run('svcadm', 'disable', '-s', service, status=None)
        if self.daemon and self.daemon.poll() is None:
            self.daemon.terminate()
            self.daemon.wait(WAIT)


def alive(argument):
    """The pids of the processes with this argument that are no shells."""
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/cmdline' % pid, 'rb') as f:
                if argument.encode() in f.read().split(b'\0'):
                    found.append(int(pid))
        except OSError:
            pass
    return found


def settings_are_properties(m):
    """the settings of site/supervisord are properties, and unset ones are left to the file"""
    where = m.directory
    settings = {'file': where + '/one.conf', 'identifier': 'under-test', 'childlogdir': where, 'logfile': where + '/by-property.log',
                'logfile_maxbytes': '1MB', 'logfile_backups': '3', 'loglevel': 'debug', 'pidfile': where + '/by-property.pid',
                'umask': '027', 'directory': where, 'minfds': '900', 'minprocs': '20', 'user': 'root'}
    m.configuration('site/supervisord', ['setprop config/%s = astring: %s' % setting for setting in settings.items()])
    m.run('svcadm', 'enable', '-s', 'site/supervisord')
    until(m.answers, 'supervisord answers')
    want(m.rpc().getIdentification() == 'under-test', 'identifier')
    with open('/proc/%d/cmdline' % m.rpc().getPID(), 'rb') as f:
        words = f.read().decode().split('\0')
    for option, name in {'-c': 'file', '-i': 'identifier', '-u': 'user', '-m': 'umask', '-d': 'directory', '-q': 'childlogdir',
                         '-l': 'logfile', '-y': 'logfile_maxbytes', '-z': 'logfile_backups', '-e': 'loglevel', '-j': 'pidfile',
                         '-a': 'minfds'}.items():
        want(words[words.index(option) + 1] == settings[name], '%s: %s' % (option, words))
    want('--minprocs=20' in words, words)
    want(os.path.exists(where + '/by-property.log') and os.path.exists(where + '/by-property.pid'), 'log and pid file')
    m.configuration('site/supervisord', ['delprop config/' + name for name in settings if name != 'file'])
    m.run('svcadm', 'restart', '-s', 'site/supervisord')
    until(lambda: m.answers() and m.rpc().getIdentification() == 'supervisor', 'the file decides again')
    until(lambda: m.state('site/supervisord/plain:p3') == 'online', 'all run')


def programs_wait_for_what_they_require(m):
    """a program that requires site/db waits for it, and both clients say so"""
    m.is_in('site/supervisord/app:app', 'offline')
    want('waits for' in m.ctl('status', 'app'), m.ctl('status', 'app'))
    ours = m.ctl('start', 'app', client=ARGS.bin + '/supervisorctl')
    want(ours == 'app: ERROR (waits for svc:/site/db:default, which is disabled)\n', ours)
    want(m.ctl('start', 'app') == 'app: ERROR (spawn error)\n', 'the stock client')
    want(not alive('1000004'), 'it runs')
    explained = m.run('svcs', '-x', 'site/supervisord/app:app', status=None)
    want('svc:/site/db:default' in explained and 'disabled' in explained, explained)
    m.run('svcadm', 'enable', '-s', 'site/db')
    m.is_in('site/supervisord/app:app', 'online')
    want('RUNNING' in m.ctl('status', 'app'), 'RUNNING')


def a_start_waits_while_the_dependency_starts(m):
    """supervisorctl start answers when the dependency has come and the program runs"""
    m.run('svcadm', 'disable', '-s', 'site/db')
    m.is_in('site/supervisord/app:app', 'offline')
    want(m.ctl('stop', 'app') == 'app: stopped\n', 'a stop of what waits')
    m.is_in('site/supervisord/app:app', 'disabled')
    m.run('svcadm', 'enable', 'site/db')
    want(m.ctl('start', 'app') == 'app: started\n', 'start')
    want(m.state('site/db') == 'online' and m.state('site/supervisord/app:app') == 'online', 'states')


def restarts_cross_the_border(m):
    """a program restarts with its dependency where restart_on says so"""
    before = alive('1000004')
    m.run('svcadm', 'restart', 'site/db')
    until(lambda: alive('1000004') not in (before, []), 'another process')
    m.is_in('site/supervisord/app:app', 'online')


def the_root_cause_is_named_across_the_border(m):
    """svcs -x of a program names the service beyond supervisord that is the root cause"""
    m.run('svcadm', 'mark', 'maintenance', 'site/db')
    m.is_in('site/supervisord/app:app', 'offline')
    explained = m.run('svcs', '-x', 'site/supervisord/app:app', status=None)
    want('svc:/site/db:default requires maintenance' in explained, explained)
    roots = m.run('svcs', '-xv', status=None)
    want(re.search(r'svc:/site/db:default[^\n]*\n(?:.*\n)*?.*svc:/site/supervisord/app:app', roots), roots)
    m.run('svcadm', 'clear', 'site/db')
    m.is_in('site/supervisord/app:app', 'online')


def both_sides_agree(m):
    """after 200 random actions by svcadm, XML-RPC and the stock shell all views agree"""
    agree = subprocess.run([sys.executable, HERE + '/agreement.py', '--svcs', ARGS.bin + '/svcs', '--svcadm', ARGS.bin + '/svcadm',
                            '--socket', m.directory + '/one.sock', '--shell', '%s -c %s/one.conf' % (ARGS.ctl, m.directory), '--skip', 'bad', '--skip', 'listener',
                            '--seed', str(ARGS.seed), '--skip', 'writer', '--actions', str(ARGS.actions)],
                           env=m.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    want(agree.returncode == 0, agree.stdout)


def what_fails_is_in_maintenance_until_it_is_cleared(m):
    """a program that is given up is in maintenance with the reason; svcadm clear, and supervisorctl start, try again"""
    def given_up():
        m.is_in('site/supervisord/bad:bad', 'maintenance')
        explained = m.run('svcs', '-x', 'site/supervisord/bad:bad', status=None)
        want('Exited too quickly' in explained, explained)
        want('FATAL' in m.ctl('status', 'bad'), 'FATAL')
        return len(m.read('bad.log').splitlines())
    m.ctl('start', 'bad')
    tries = given_up()
    m.run('svcadm', 'clear', 'site/supervisord/bad:bad')
    until(lambda: len(m.read('bad.log').splitlines()) > tries, 'it is tried again')
    tries = given_up()
    m.ctl('start', 'bad')
    want(given_up() > tries, 'supervisorctl has tried')
    m.run('svcadm', 'disable', 'site/supervisord/bad:bad')
    m.is_in('site/supervisord/bad:bad', 'disabled')


def listeners_start_by_themselves(m):
    """an event listener is no instance, and runs"""
    until(lambda: 'RUNNING' in m.ctl('status', 'listener'), 'the listener runs')
    want('listener' not in m.run('svcs', '-a'), 'no instance')


def fault_domains_are_separate(m):
    """a second supervisord with one shared contract lives and dies by itself"""
    m.configuration('site/second', ['setprop config/file = astring: %s/two.conf' % m.directory])
    m.run('svcadm', 'enable', '-s', 'site/second')
    m.is_in('site/second/other:o1', 'online')
    cgroups = {m.read('/proc/%d/cgroup' % pid) for pid in alive('1000003')}
    want(len(cgroups) == 1, 'one contract: %r' % cgroups)
    first = m.pids()
    own = {m.read('/proc/%d/cgroup' % pid) for name, pid in first.items() if name.startswith('plain') and pid}
    want(len(own) == len([p for n, p in first.items() if n.startswith('plain') and p]), 'a contract each: %r' % own)
    want(not own & cgroups, 'contracts are separate')
    second = m.rpc('two').getPID()
    os.kill(second, signal.SIGKILL)
    until(lambda: m.answers('two') and m.rpc('two').getPID() != second, 'the second is back')
    want(m.pids() == first, 'the first was not touched')
    m.run('svcadm', 'disable', '-s', 'site/second')
    until(lambda: not alive('1000003'), 'its programs are gone')
    want(m.pids() == first, 'the first was not touched')


def deaths_do_not_touch_programs(m):
    """kill -9 of supervisord, the daemon, and both in either order: same pids, no second set, output complete"""
    for number in range(WRITERS):
        m.rpc().startProcess('writer:w%02d' % number, False)
    until(lambda: sum(1 for n, p in m.pids().items() if n.startswith('writer') and p) == WRITERS, 'all write')
    pids = lambda: {name: pid for name, pid in m.pids().items() if not name.startswith('listener')}
    before = pids()
    for kills in ('s', 'd', 'sd', 'ds'):
        server = m.rpc().getPID()
        for kill in kills:
            if kill == 's':
                os.kill(server, signal.SIGKILL)
            else:
                os.kill(m.daemon.pid, signal.SIGKILL)
                m.daemon.wait()
        if 'd' in kills:
            m.start()
        if 's' in kills:
            until(lambda: m.answers() and m.rpc().getPID() != server, 'supervisord is back after ' + kills)
        until(lambda: pids() == before, 'the same pids after %s: %r' % (kills, set(pids().items()) ^ set(before.items())))
        until(lambda: m.state('site/supervisord/writer:w49') == 'online', 'the daemon knows it after ' + kills)
        states = m.run('svcs', '-H', '-o', 'state', 'site/supervisord/writer*').split()
        want(states == ['online'] * WRITERS, '%s: %r' % (kills, states))
    want(len(alive('1000005')) == sum(1 for n, p in before.items() if n.startswith('plain') and p), 'a second set')
    m.rpc().stopProcessGroup('writer')
    for number in range(WRITERS):
        lines = m.read('w%02d.log' % number).split()
        want(lines == [str(n + 1) for n in range(len(lines))] and len(lines) > 5, 'w%02d.log: %r' % (number, lines))


def anybody_can_write_a_restarter(m):
    """the example in Python runs, stops, restarts and loses its instance"""
    m.is_in('site/example', 'online')
    first = until(lambda: alive('1000002'), 'it runs')
    m.run('svcadm', 'restart', 'site/example')
    until(lambda: alive('1000002') not in (first, []), 'another process')
    m.is_in('site/example', 'online')
    os.kill(alive('1000002')[0], signal.SIGKILL)
    m.is_in('site/example', 'online')
    until(lambda: alive('1000002'), 'it runs again')
    m.run('svcadm', 'disable', '-s', 'site/example')
    want(not alive('1000002'), 'it runs')
    m.run('svcadm', 'enable', '-s', 'site/example')
    m.run('svcadm', 'mark', 'maintenance', 'site/example')
    m.is_in('site/example', 'maintenance')
    m.run('svcadm', 'clear', 'site/example')
    m.is_in('site/example', 'online')


def nothing_is_left_when_the_service_stops(m):
    """a disabled site/supervisord leaves no process"""
    m.run('svcadm', 'disable', '-s', 'site/supervisord')
    until(lambda: not alive('1000004') and not alive('1000005'), 'programs are gone')
    want(not m.answers(), 'the server answers')


CHECKS = [settings_are_properties, programs_wait_for_what_they_require, a_start_waits_while_the_dependency_starts,
          restarts_cross_the_border, the_root_cause_is_named_across_the_border,
          what_fails_is_in_maintenance_until_it_is_cleared, listeners_start_by_themselves, fault_domains_are_separate,
          deaths_do_not_touch_programs, both_sides_agree, anybody_can_write_a_restarter, nothing_is_left_when_the_service_stops]


def main():
    global ARGS
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--bin', required=True)
    parser.add_argument('--services', required=True)
    parser.add_argument('--ctl', default='/usr/bin/supervisorctl')
    parser.add_argument('--only', default='', help='words in the names of checks; the first is always made')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--actions', type=int, default=200)
    parser.add_argument('--keep', action='store_true')
    ARGS = parser.parse_args()
    ARGS.bin = os.path.abspath(ARGS.bin)
    begin = time.monotonic()
    machine = Machine()
    passed = failed = 0
    try:
        machine.start()
        until(lambda: machine.run('svcs', status=None).startswith('STATE'), 'svc.startd answers')
        for check in CHECKS:
            if check is not CHECKS[0] and not all(word in check.__name__ for word in ARGS.only.split()):
                continue
            start = time.monotonic()
            try:
                check(machine)
                passed += 1
                print('ok   %5.1f s  %s' % (time.monotonic() - start, check.__doc__), flush=True)
            except (AssertionError, OSError, ValueError, KeyError, IndexError, xmlrpc.client.Fault, subprocess.TimeoutExpired) as e:
                failed += 1
                print('FAIL %5.1f s  %s\n     %s: %s' % (time.monotonic() - start, check.__doc__, type(e).__name__, e), flush=True)
    finally:
        machine.end()
        if ARGS.keep or failed:
            print('kept: ' + machine.directory)
        else:
            shutil.rmtree(machine.directory, ignore_errors=True)
    print('%d seconds' % (time.monotonic() - begin))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
