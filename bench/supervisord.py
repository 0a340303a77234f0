#!/usr/bin/env python3
"""Two supervisord side by side, in one run: start, crash to running again, idle processor time, memory.

    bench/supervisord.py --ours 'BIN/supervisord -n -c {config}' [--theirs '/usr/bin/supervisord -n -c {config}'] [-n 300]

Python standard library only. Everything lives in a fresh directory below /run, or /tmp.
"""
import argparse, http.client, os, shlex, shutil, signal, statistics, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../orchestrator/src/test/acceptance/supervisord'))
import unixrpc


CRASHES = 30


def cpu_seconds(pid):
    fields = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def pss_mib(pid):
    for line in open('/proc/%d/smaps_rollup' % pid):
        if line.startswith('Pss:'):
            return int(line.split()[1]) / 1024


def lines(directory, words):
    try:
        with open(directory + '/l', 'rb') as f:
            return f.read().count(words)
    except FileNotFoundError:
        return 0


def measure(name, command, count, startsecs):
    # where pid files and sockets are; /tmp of a machine that is long in use may make files slowly
    directory = tempfile.mkdtemp(prefix='svbench-', dir='/run' if os.access('/run', os.W_OK) else '/tmp')
    sock = directory + '/s'
    with open(directory + '/c.conf', 'w') as f:
        f.write('[supervisord]\nnodaemon=true\nlogfile=%(here)s/l\npidfile=%(here)s/p\nchildlogdir=%(here)s\nminfds=10000\n'
                '[unix_http_server]\nfile=%(here)s/s\n[rpcinterface:supervisor]\n'
                'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n')
        for i in range(count):
            program = '/bin/sleep 10000'
            if i < CRASHES:  # tells by itself that it runs: asking the server would wake it
                program = '/bin/sh -c "echo $$ >> %%(here)s/p%d.pids; exec sleep 10000"' % i
            f.write('[program:p%d]\ncommand=COMMAND\nstdout_logfile=NONE\nstderr_logfile=NONE\nautorestart=true\nstartsecs=STARTSECS\n'.replace('STARTSECS', str(startsecs)).replace('COMMAND', program.replace('%', '%%')) % i)
    argv = [a.replace('{config}', directory + '/c.conf') for a in shlex.split(command)]
    start = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=directory)
    try:
        server = unixrpc.supervisor(sock)
        while True:
            try:
                server.getState()
                break
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)
        answers = time.monotonic() - start
        # by the log, since to ask for 300 programs again and again would be most of the work
        while lines(directory, b'spawned: ') < count:
            time.sleep(0.005)
        spawned = time.monotonic() - start
        while lines(directory, b'entered RUNNING') < count:
            time.sleep(0.005)
        running = time.monotonic() - start
        if any(i['statename'] != 'RUNNING' for i in server.getAllProcessInfo()):
            raise SystemExit('%s: not all programs run' % name)
        before = cpu_seconds(process.pid)
        time.sleep(10)
        idle = cpu_seconds(process.pid) - before
        memory = pss_mib(process.pid)
        crashes = []
        before = cpu_seconds(process.pid)
        for i in range(min(CRASHES, count)):
            pids = directory + '/p%d.pids' % i
            size = os.path.getsize(pids)
            os.kill(int(open(pids).read().split()[-1]), signal.SIGKILL)
            t = time.monotonic()
            while os.path.getsize(pids) == size:
                time.sleep(0.0002)
            crashes.append(time.monotonic() - t)
            time.sleep(0.05)
        crash_cpu = (cpu_seconds(process.pid) - before) / len(crashes)
        crashes.sort()
        t = time.monotonic()
        process.terminate()
        process.wait()
        figures = {
            'answers, s': answers, 'all spawned, s': spawned, 'all RUNNING, s': running, 'idle CPU in 10 s, s': idle,
            'PSS, MiB': memory, 'crash to successor p50, ms': statistics.median(crashes) * 1000,
            'crash to successor max, ms': crashes[-1] * 1000, 'CPU a crash, ms': crash_cpu * 1000,
            'SIGTERM to exit, s': time.monotonic() - t,
        }
        print('%-8s %d programs: %s' % (name, count, '; '.join('%s %.2f' % f for f in figures.items())), flush=True)
        return figures
    finally:
        if process.poll() is None:
            process.kill()
        shutil.rmtree(directory, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--ours', required=True)
    parser.add_argument('--theirs', default='/usr/bin/supervisord -n -c {config}')
    parser.add_argument('-n', type=int, default=300)
    parser.add_argument('--rounds', type=int, default=1)
    parser.add_argument('--startsecs', type=int, default=0, help='0: RUNNING as soon as it is started, no delay is asked for')
    arguments = parser.parse_args()
    ours, theirs = [], []
    for _ in range(arguments.rounds):
        ours.append(measure('ours', arguments.ours, arguments.n, arguments.startsecs))
        if arguments.theirs:
            theirs.append(measure('theirs', arguments.theirs, arguments.n, arguments.startsecs))
    if theirs:
        print('ours / theirs, medians of %d: %s' % (arguments.rounds, '; '.join(
            '%s %s' % (name, ratio(ours, theirs, name)) for name in ours[0])))


def ratio(ours, theirs, name):
    below = statistics.median(f[name] for f in theirs)
    return '%.2f' % (statistics.median(f[name] for f in ours) / below) if below else '-'


main()
