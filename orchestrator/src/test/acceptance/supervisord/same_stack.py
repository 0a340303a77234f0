#!/usr/bin/env python3
"""The same six programs under Debian's supervisord and, imported, under bespoke: both have to do the same.

    same_stack.py --bin BESPOKE/bin [--supervisord /usr/bin/supervisord] [--keep]

Compared are the states, how often each program started, what happens after a crash, a kill, an expected exit, too many failures, the
signal that stops each, and the order of starts and stops. Linux and the Python standard library; about fifteen seconds. Exit status 0
when nothing differs.
"""
import argparse, json, os, re, shutil, signal, subprocess, sys, tempfile, time

WAIT = 60
PROGRAM = r'''#!/bin/sh
# One program of the stack: says in a file what happens to it.
name=$1 trace=$2 how=$3
echo "start $name $$" >> "$trace"
for signal in TERM INT QUIT; do
  trap "echo 'stop $name $signal' >> '$trace'; exit 0" $signal
done
case $how in
  crash) [ "$(grep -c "^start $name " "$trace")" -gt 1 ] || { sleep 1.5; exit 3; } ;;
  done) sleep 1.5; exit 2 ;;
  fatal) exit 1 ;;
esac
while :; do sleep 0.1; done
'''
CONFIGURATION = '''
[supervisord]
logfile = %(here)s/supervisord.log
pidfile = %(here)s/supervisord.pid
childlogdir = %(here)s
nodaemon = true
[unix_http_server]
file = %(here)s/s.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl = unix://%(here)s/s.sock
[include]
files = conf.d/*.conf
[program:db]
command = %(here)s/program.sh db %(here)s/trace stay
priority = 10
[program:web]
command = %(here)s/program.sh web %(here)s/trace stay
priority = 20
stopsignal = INT
[program:crash]
command = %(here)s/program.sh crash %(here)s/trace crash
[group:work]
programs = web,crash
'''
INCLUDED = '''
[program:done]
command = %(here)s/../program.sh done %(here)s/../trace done
exitcodes = 2
[program:fatal]
command = %(here)s/../program.sh fatal %(here)s/../trace fatal
startretries = 2
[program:manual]
command = %(here)s/../program.sh manual %(here)s/../trace stay
autostart = false
stopsignal = QUIT
'''
SAME = {'RUNNING': 'online', 'EXITED': 'disabled', 'STOPPED': 'disabled', 'FATAL': 'maintenance'}
SETTLED = {'db': 'online', 'web': 'online', 'crash': 'online', 'done': 'disabled', 'fatal': 'maintenance', 'manual': 'disabled'}
STARTED = {'db': 1, 'web': 1, 'crash': 2, 'done': 1, 'fatal': 3}


def until(condition, what, seconds=WAIT):
    """Asks until the answer is true; `what` may be a function that says what is there instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError('not within %d seconds: %s' % (seconds, what() if callable(what) else what))


class Stack:
    """The programs under one of the two; a subclass for each."""
    name = ''

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix='svsame-', dir='/tmp')
        for file, text in (('program.sh', PROGRAM), ('supervisord.conf', CONFIGURATION), ('conf.d/more.conf', INCLUDED)):
            path = os.path.join(self.directory, file)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w') as f:
                f.write(text)
        os.chmod(self.directory + '/program.sh', 0o755)
        self.environment = dict(os.environ, BESPOKE_ROOT=self.directory + '/root', NO_COLOR='1')
        self.process = None

    def run(self, *command):
        return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=WAIT).stdout

    def popen(self, *command):
        log = open(self.directory + '/server.log', 'w')
        self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        start_new_session=True, cwd=self.directory)

    def trace(self):
        try:
            with open(self.directory + '/trace') as f:
                return f.read().splitlines()
        except FileNotFoundError:
            return []

    def starts(self):
        counts = {}
        for line in self.trace():
            if line.startswith('start '):
                counts[line.split()[1]] = counts.get(line.split()[1], 0) + 1
        return counts

    def pid(self, program):
        return int([line for line in self.trace() if line.startswith('start %s ' % program)][-1].split()[2])

    def born(self, program):
        """When its process was made: what the processes write themselves may cross."""
        pid = self.pid(program)
        with open('/proc/%d/stat' % pid) as stat:
            return int(stat.read().rsplit(')', 1)[1].split()[19]), pid

    def observe(self):
        """Everything that is compared, in the order in which it happens."""
        seen = {}
        self.start()
        until(lambda: self.states() == SETTLED and self.starts() == STARTED,
              lambda: '%s settles: %s, %s' % (self.name, self.states(), self.starts()))
        seen['settled'] = self.states()
        seen['starts'] = self.starts()
        seen['db starts before web'] = self.born('db') < self.born('web')
        os.kill(self.pid('web'), signal.SIGKILL)
        until(lambda: self.starts().get('web') == 2 and self.states()['web'] == 'online', 'web runs again')
        seen['a killed program'] = self.states()['web']
        self.ask('start', 'manual')
        until(lambda: self.states()['manual'] == 'online', 'manual runs')
        self.ask('stop', 'manual')
        until(lambda: 'stop manual QUIT' in self.trace(), 'manual stops')
        seen['stopped by hand'] = self.states()['manual']
        self.stop()
        until(lambda: 'stop db TERM' in self.trace(), 'everything stops')
        seen['stops'] = sorted(line for line in self.trace() if line.startswith('stop '))
        stops = [line.split()[1] for line in self.trace() if line.startswith('stop ')]
        seen['web stops before db'] = stops.index('web') < stops.index('db')
        seen['starts in all'] = self.starts()
        return seen

    def stop(self):
        self.process.terminate()
        self.process.wait(WAIT)

    def end(self, keep):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for line in self.trace():  # of ours alone: their number and their command line
            if line.startswith('start '):
                pid = line.split()[2]
                try:
                    with open('/proc/%s/cmdline' % pid) as f:
                        ours = self.directory in f.read()
                    if ours:
                        os.kill(int(pid), signal.SIGKILL)
                except OSError:
                    pass
        if not keep:
            shutil.rmtree(self.directory, ignore_errors=True)


class Supervisor(Stack):
    name = 'supervisord'

    def start(self):
        self.popen(ARGS.supervisord, '-n', '-c', self.directory + '/supervisord.conf')

    def control(self, *words):
        return self.run('supervisorctl', '-c', self.directory + '/supervisord.conf', *words)

    def states(self):
        found = re.findall(r'^(?:\w+:)?(\w+)\s+([A-Z]+)\s', self.control('status'), re.M)
        return {name: SAME.get(state, state) for name, state in found}

    def ask(self, action, program):
        self.control(action, program)


class Bespoke(Stack):
    name = 'bespoke'

    def start(self):
        self.popen(ARGS.bin + '/svc.startd')
        until(lambda: os.path.exists(self.directory + '/root/run/control.sock'), 'the daemon listens')
        said = self.run(ARGS.bin + '/svccfg', 'import', self.directory + '/supervisord.conf')
        if 'cannot' in said:
            raise AssertionError(said)

    def states(self):
        listed = self.run(ARGS.bin + '/svcs', '-a', '-H', '-o', 'state,fmri')
        found = re.findall(r'^(\S+)\s+svc:/site/(\w+):', listed, re.M)
        return {name: state for state, name in found}

    def ask(self, action, program):
        self.run(ARGS.bin + '/svcadm', {'start': 'enable', 'stop': 'disable'}[action], '-s', 'site/' + program)


def main():
    stacks = [Supervisor(), Bespoke()]
    seen, failed = {}, 0
    try:
        for stack in stacks:
            seen[stack.name] = stack.observe()
    finally:
        for stack in stacks:
            stack.end(ARGS.keep)
    for what in seen['supervisord']:
        one, other = seen['supervisord'][what], seen['bespoke'][what]
        failed += one != other
        print('%s %s: %s' % ('ok  ' if one == other else 'FAIL', what, json.dumps(one, sort_keys=True)
                             + ('' if one == other else ' under supervisord, %s under bespoke' % json.dumps(other, sort_keys=True))))
    print('%d passed, %d failed' % (len(seen['supervisord']) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--bin', required=True)
    parser.add_argument('--supervisord', default='/usr/bin/supervisord')
    parser.add_argument('--keep', action='store_true')
    ARGS = parser.parse_args()
    sys.exit(main())
