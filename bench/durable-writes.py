#!/usr/bin/env python3
"""How many synchronous writes (fsync, fdatasync, msync, sync_file_range, O_SYNC is not used) commands cost the daemon:
counts the system calls with strace while each runs.

    bench/durable-writes.py --bin cli/target/bespoke/bin [-n 1000]

Prints a line a command and exits with 1 when a budget is exceeded: one for a durable svcadm enable, a handful for N
property changes in one svccfg -f. Needs strace. Everything lives in a fresh directory, removed afterwards.
"""
import argparse, os, shutil, signal, subprocess, sys, tempfile, time

CALLS = 'fsync,fdatasync,msync,sync_file_range,syncfs,sync'


def counted(options, root, daemon, command):
    """Runs a command; returns the synchronous writes of the daemon meanwhile."""
    trace = root + '/trace'
    tracer = subprocess.Popen(['strace', '-f', '-e', 'trace=' + CALLS, '-o', trace, '-p', str(daemon.pid)],
                              stderr=subprocess.PIPE, text=True)
    for line in tracer.stderr:
        if 'attached' in line:
            break
    time.sleep(0.5)  # strace attaches the other threads one by one and does not say when it has them all
    subprocess.run([options.bin + '/' + command[0], '--root', root + '/r', *command[1:]], check=True, timeout=120)
    tracer.send_signal(signal.SIGINT)
    tracer.communicate(timeout=60)
    with open(trace) as f:
        return sum(1 for line in f if '(' in line and 'resumed' not in line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--bin', required=True)
    parser.add_argument('-n', type=int, default=1000)
    options = parser.parse_args()
    root = tempfile.mkdtemp(prefix='durable-writes-')
    os.mkdir(root + '/m')
    with open(root + '/m/t.yaml', 'w') as f:
        f.write('service: t/a\nenabled: false\nproperty_groups: {config: {p0: 0}}\n'
                'methods: {start: {exec: "sleep 10000 &"}, stop: {exec: ":kill"}}\n')
    with open(root + '/script', 'w') as f:
        f.write('select t/a\n')
        for i in range(options.n):
            f.write('setprop config/p%d = integer: %d\n' % (i, i + 1))
    daemon = subprocess.Popen([options.bin + '/svc.startd', '--root', root + '/r', '--manifests', root + '/m'],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    failed = False
    try:
        for line in daemon.stdout:
            if ' online, ' in line:
                break
        else:
            sys.exit('the daemon ended before it had settled')
        time.sleep(20)  # the backup after the start is not what is measured
        for what, budget, command in [
                ('svcadm enable', 1, ['svcadm', 'enable', 't/a']),
                ('svcadm disable -t', 0, ['svcadm', 'disable', '-t', 't/a']),
                ('one setprop', 1, ['svccfg', '-s', 't/a', 'setprop', 'config/p0 = 7']),
                ('%d setprop in one svccfg -f' % options.n, 6, ['svccfg', '-f', root + '/script'])]:
            count = counted(options, root, daemon, command)
            failed |= count > budget
            print('%-32s %3d synchronous writes, at most %d wanted%s'
                  % (what, count, budget, '  EXCEEDED' if count > budget else ''))
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate(timeout=60)
        shutil.rmtree(root)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
